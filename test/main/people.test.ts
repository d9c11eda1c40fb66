import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { root, type Ended } from '../support/command-line.ts'
import { text } from 'node:stream/consumers'
import { Company, type Running } from './company.ts'

const PASSWORD = 'correct horse battery'
const config = (more: string): string =>
  `export default { folder: 'warehouse', server: { port: 0 }, schedule: false, ${more} sources: [{ name: 'crm', kind: 'files', folder: '.', feeds: [
     { entity: 'customers', from: 'customers.csv', columns: { customer_id: 'id', name: 'name', kind: "'direct'" } }] }] }`

let company: Company
let serving: Running | undefined
before(async () => {
  company = await Company.open(config(''))
  await company.write('id,name\nC1,Werke Nord\n', 'customers.csv')
})
after(async () => {
  await serving?.end('SIGKILL')
  await company.remove()
})

/** A command that is told something on standard input. */
async function told(input: string, ...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['main.ts', '--config', join(company.folder, 'trueworth.config.ts'), ...args], {
    cwd: root,
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  child.stdin.end(input)
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, stdout, stderr }
}

test('without users the server is for this machine, says so, and listens nowhere else', async () => {
  serving = await company.start(['serve'], /http:\/\/127\.0\.0\.1:\d+\n/)
  assert.match(serving.said, /Trueworth, on this machine only:/)
  assert.equal((await fetch(`${serving.url}/pipelines`)).status, 200)
  await serving.end()
  const { code, stderr } = await company.command('serve', '--host', '0.0.0.0')
  assert.equal(code, 2)
  assert.match(
    stderr,
    /no users yet; listen on 127\.0\.0\.1, or add one: npm run trueworth -- user add you@example\.com/,
  )
})

test('sign-in that is configured before there is a user is refused, with what to do', async () => {
  await company.write(config('signIn: {},'))
  const { code, stderr } = await company.command('serve')
  assert.equal(code, 2)
  assert.match(stderr, /signIn is configured, and there are no users yet who could sign in; take it out, or add one/)
  await company.write(
    config(
      `signIn: { newUsers: ['boss'], oidc: [{ id: 'x', name: { en: 'X', zh: '甲' }, issuer: 'https://x.example', clientId: 'c' }] },`,
    ),
  )
  assert.match(
    (await company.command('serve')).stderr,
    /signIn\.newUsers: there is no role 'boss'; valid are head, sales, executive, analyst, admin/,
  )
  await company.write(config(''))
})

test('users are added, listed, changed and removed; a password comes from standard input, never from an argument', async () => {
  const added = await told(
    `${PASSWORD}\n`,
    'user',
    'add',
    'Mei@Example.com',
    '--name',
    '李梅',
    '--role',
    'admin,head',
    '--attribute',
    'region=华东',
  )
  assert.equal(added.code, 0, added.stderr)
  assert.match(added.stderr, /mei@example\.com may sign in: admin, head/)
  assert.equal(
    (await company.command('user', 'add', 'sso@example.com', '--name', 'Sso', '--role', 'sales', '--no-password')).code,
    0,
  )
  const list = async () =>
    JSON.parse((await company.command('user', 'list', '--json')).stdout) as Record<string, unknown>[]
  assert.deepEqual(
    (await list()).map(({ email, name, roles, attributes, locked, proofs }) => [
      email,
      name,
      roles,
      attributes,
      locked,
      proofs,
    ]),
    [
      ['mei@example.com', '李梅', ['admin', 'head'], { region: ['华东'] }, false, ['credential']],
      ['sso@example.com', 'Sso', ['sales'], {}, false, []],
    ],
  )
  assert.match(
    (await company.command('user', 'list')).stdout,
    /mei@example\.com +李梅 +admin, head +region = 华东 +password/,
  )
  assert.equal((await company.command('user', 'change', 'sso@example.com', '--role', 'analyst', '--lock')).code, 0)
  assert.deepEqual((await list()).map(({ roles, locked }) => [roles, locked])[1], [['analyst'], true])
  const refused = await company.command('user', 'password', 'mei@example.com')
  assert.equal(refused.code, 64)
  assert.match(refused.stderr, /A password has 12 to 128 characters/)
  assert.equal((await company.command('user', 'remove', 'sso@example.com')).code, 0)
  assert.equal((await list()).length, 1)
})

test('with users the server asks who one is; commands on this machine go on as before, tokens from elsewhere too', async () => {
  const outside = await company.command('serve', '--host', '0.0.0.0')
  assert.equal(outside.code, 2)
  assert.match(outside.stderr, /nothing says where people open it; set signIn: \{ url: 'https:\/\/…' \}/)
  serving = await company.start(['serve'], /http:\/\/127\.0\.0\.1:\d+\n/)
  assert.match(serving.said, /Trueworth, for users who sign in:/)
  assert.equal((await fetch(`${serving.url}/api/catalog`)).status, 401)
  const run = await company.command('run')
  assert.equal(run.code, 0, run.stderr)
  const answer = await company.command('query', 'customers', '--format', 'csv')
  assert.match(answer.stdout, /^customers\r?\n1\r?\n$/)
  const { stdout } = await company.command('token', 'make', 'mei@example.com', '--name', 'job', '--days', '7')
  const headers = { authorization: `Bearer ${stdout.trim()}` }
  assert.equal((await fetch(`${serving.url}/api/query?metrics=customers`, { headers })).status, 200)
  const [{ id = '' } = {}] = JSON.parse(
    (await company.command('token', 'list', 'mei@example.com', '--json')).stdout,
  ) as { id?: string }[]
  assert.equal((await company.command('token', 'revoke', 'mei@example.com', id)).code, 0)
  assert.equal((await fetch(`${serving.url}/api/catalog`, { headers })).status, 401)
  const log = (await company.command('audit', '--limit', '20')).stdout
  for (const words of [
    /李梅 +mei@example\.com +saw +\/api\/query\?metrics=customers/,
    /token revoked +job tw_/,
    /Local +ordered +\{\}/,
  ])
    assert.match(log, words)
  const mei = JSON.parse((await company.command('audit', '--user', 'mei@example.com', '--json')).stdout) as {
    viewer: string
  }[]
  assert.deepEqual([...new Set(mei.map(({ viewer }) => viewer))], ['李梅'])
})

test('what is secret is readable by its owner alone, and a key that was changed opens nothing', async () => {
  const place = (name: string): string => join(company.folder, 'warehouse', name)
  if (process.platform !== 'win32')
    for (const name of ['state.sqlite', 'server.json', 'sign-in.secret'])
      assert.equal((await stat(place(name))).mode & 0o077, 0, name)
  const note = JSON.parse(await readFile(place('server.json'), 'utf8')) as { key: string }
  await writeFile(place('server.json'), JSON.stringify({ ...note, key: `${note.key}x` }))
  const refused = await company.command('query', 'customers')
  assert.equal(refused.code, 77, refused.stderr)
  assert.match(refused.stderr, /Nobody is signed in/)
  await serving?.end()
  serving = undefined
})

test('under https the cookie goes over https alone, and the server may listen everywhere', async () => {
  await company.write(config("signIn: { url: 'https://trueworth.example' },"))
  const running = await company.start(['serve', '--host', '0.0.0.0'], /https?:\/\/\S+\n/)
  try {
    assert.match(running.said, /for users who sign in:\n {2}https:\/\/trueworth\.example\n/)
    const { url } = JSON.parse(await readFile(join(company.folder, 'warehouse', 'server.json'), 'utf8')) as {
      url: string
    }
    assert.match(url, /^http:\/\/127\.0\.0\.1:/)
    const body = new URLSearchParams({ email: 'mei@example.com', password: PASSWORD })
    const answer = await fetch(`${url}/sign-in`, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: { host: 'trueworth.example' },
    })
    assert.equal(answer.status, 303)
    assert.match(
      answer.headers.getSetCookie().join(),
      /^__Secure-trueworth\.session_token=.*HttpOnly; Secure; SameSite=Lax/,
    )
  } finally {
    await running.end()
  }
})

import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { Bucket, refuse } from '../support/bucket.ts'
import { root } from '../support/command-line.ts'
import { SftpServer } from '../support/sftp-server.ts'
import { Company } from './company.ts'
import { filesBelow, forms, noneOf } from './planted.ts'

describe('sources on other machines, through the command line', () => {
  const [bucket, server] = [new Bucket(), new SftpServer()]
  const lines = server.privateKey.split('\n').filter((line) => line.length > 16 && !line.startsWith('-----'))
  const secrets = [bucket.secretAccessKey, server.password, server.privateKey, ...lines]
  // What is cut to a length may not leave half of a secret either.
  const halves = [bucket.secretAccessKey, server.password].map((secret) => secret.slice(0, 9))
  const assertNone = noneOf([...secrets.flatMap(forms), ...halves])
  let company: Company
  before(async () => {
    await Promise.all([bucket.listen(), server.listen()])
    company = await Company.open(config())
    await writeSecrets()
  })
  after(async () => {
    await company.remove()
    bucket.close()
    server.close()
  })
  beforeEach(async () => {
    bucket.trouble = () => false
    server.words = undefined
    bucket.put('erp/customers.csv', 'id,name,kind\n1,Harbour,direct\n2,Mill,direct\n')
    server.put('2026/requests-1.csv', 'id,customer,at\nT-1,1,2026-05-04\n')
    await company.write(config())
  })

  const writeSecrets = (changed: Record<string, string> = {}): Promise<void> => {
    const all = {
      KEY_ID: bucket.accessKeyId,
      SECRET: bucket.secretAccessKey,
      PASSWORD: server.password,
      PRIVATE_KEY: server.privateKey,
      ...changed,
    }
    const text = Object.entries(all).map(([name, value]) => `${name}='${value}'\n`)
    return writeFile(join(company.folder, 'secrets.env'), text.join(''), { mode: 0o600 })
  }

  function config(s3Changes: { bucket?: string } = {}, sftpChanges: { hostKey?: string; path?: string } = {}): string {
    const { accessKeyId: _, secretAccessKey: __, ...s3 } = { ...bucket.remote, prefix: 'erp', ...s3Changes }
    const { password: ___, ...sftp } = { ...server.remote, ...sftpChanges }
    const remote = (open: object, secret: string): string => `remote: ${JSON.stringify(open).slice(0, -1)}, ${secret} }`
    return `
      import { defineConfig, env } from '${pathToFileURL(join(root, 'config.ts')).href}'
      export default defineConfig({
        folder: 'warehouse', server: { port: 0 }, asOf: '2026-06-30', schedule: false,
        sources: [
          { name: 'erp', kind: 'files', ${remote(s3, `accessKeyId: env('KEY_ID'), secretAccessKey: env('SECRET')`)},
            feeds: [{ entity: 'customers', from: '*.csv', columns: { customer_id: 'id', name: 'name', kind: 'kind' } }] },
          { name: 'desk', kind: 'files', ${remote(sftp, `password: env('PASSWORD')`)},
            feeds: [{ entity: 'requests', from: '**/requests-*.csv', columns: { request_id: 'id', customer_id: 'customer', opened_at: 'at' } }] },
          { name: 'keyed', kind: 'files', ${remote(sftp, `privateKey: env('PRIVATE_KEY')`)},
            feeds: [{ entity: 'employees', from: '**/people.csv', ifPresent: true, columns: { employee_id: 'id', name: 'name' } }] },
        ],
      })`
  }

  test('check fits, run loads, and the next run fetches and loads what came since', async () => {
    const checked = await company.command('check')
    assert.equal(checked.code, 0, checked.stdout + checked.stderr)
    assert.equal((await company.command('run')).code, 0)
    server.put('2026/requests-2.csv', 'id,customer,at\nT-2,2,2026-05-06\n')
    bucket.put('erp/customers.csv', 'id,name,kind\n1,Harbour Ltd,direct\n2,Mill,direct\n', '2026-06-01T00:00:00Z')
    server.asked = []
    assert.equal((await company.command('run')).code, 0)
    assert.deepEqual(server.asked, ['2026/requests-2.csv'])
    const answer = await company.command('query', 'requests', '--by', 'customer')
    assert.match(answer.stdout, /Harbour Ltd\s+.*1[\s\S]*Mill\s+.*1/)
    const cache = join(company.folder, 'warehouse', 'cache')
    const copies = (await filesBelow(cache)).map((path) => relative(cache, path)).toSorted()
    assert.deepEqual(copies, ['desk/2026/requests-1.csv', 'desk/2026/requests-2.csv', 'erp/customers.csv'])
  })

  test('check says what is wrong: the key, the password, the bucket, the folder, the key of the host', async () => {
    await writeSecrets({ SECRET: 'not-the-secret', PASSWORD: 'not-the-password' })
    const wrong = await company.command('check')
    await writeSecrets()
    assert.equal(wrong.code, 3)
    assert.match(wrong.stdout, /does not accept the key: SignatureDoesNotMatch/)
    assert.match(wrong.stdout, /does not let 'reader' in/)
    await company.write(config({ bucket: 'imports' }, { path: '/nowhere' }))
    const elsewhere = await company.command('check')
    assert.equal(elsewhere.code, 3)
    assert.match(elsewhere.stdout, /there is no bucket 'imports' at/)
    assert.match(elsewhere.stdout, /\/nowhere is not there/)
    await company.write(config({}, { hostKey: `SHA256:${'x'.repeat(43)}` }))
    const another = await company.command('check')
    assert.match(another.stdout, /has the host key SHA256:\S+ \(ssh-rsa\), not the one in `hostKey`/)
  })

  test('a configuration that is wrong says what is valid', async () => {
    const cases: readonly [RegExp | string, string, RegExp][] = [
      [/"hostKey":"SHA256:[^"]*"/g, '"hostKey":"MD5:aa"', /hostKey: must be what `ssh-keygen -lf` prints/],
      ['"prefix":"erp"', '"prefix":"/erp"', /prefix: must not begin with \//],
      ["password: env('PASSWORD')", "passphrase: env('PASSWORD')", /needs one of `password` and `privateKey`/],
      ["name: 'erp', kind: 'files',", "name: 'erp', kind: 'files', folder: '.',", /needs one of `folder` and `remote`/],
    ]
    for (const [from, to, message] of cases) {
      await company.write(config().replaceAll(from, to))
      const { code, stderr } = await company.command('check')
      assert.equal(code, 2)
      assert.match(stderr, message)
      assertNone(stderr, 'check')
    }
  })

  test('planted secrets stand nowhere, though both servers say back all that they were told', async () => {
    await company.command('run', '--full', '--verbose')
    bucket.trouble = ({ request, response }) => {
      const secret = bucket.secretAccessKey
      // The secret at the beginning, and once more where words are cut to a length; or the request as it was signed.
      const twice = `${secret} ${'and '.repeat(37)}${secret}`
      refuse(response, 403, 'AccessDenied', bucket.asked.length % 2 === 0 ? twice : request.headers.authorization)
      return true
    }
    server.words = `no: ${server.password} ${lines.join(' ')}`
    for (const words of [['check'], ['check', '--json'], ['run', '--full', '--verbose'], ['run', '--full']]) {
      const { code, stdout, stderr } = await company.command(...words)
      assert.notEqual(code, 0)
      assert.match(stdout + stderr, /no: \*\*\* \*\*\*/)
      assert.match(stdout + stderr, /AccessDenied: (\*\*\* and|AWS4-HMAC-SHA256 )/)
      assert.doesNotMatch(stdout + stderr, /Signature=[0-9a-f]/)
      assertNone(stdout + stderr, words.join(' '))
    }
    const running = await company.start(['serve'], /http:\/\/127/)
    try {
      for (const path of ['/pipelines', '/pipelines?lang=zh', '/api/pipelines']) {
        const page = await (await fetch(new URL(path, running.url))).text()
        assert.match(page, /AccessDenied/)
        assertNone(page, path)
      }
    } finally {
      await running.end()
    }
    assertNone(running.said, 'the log of the server')
    const kept = await filesBelow(join(company.folder, 'warehouse'))
    assert.ok(kept.some((path) => path.includes('cache')) && kept.some((path) => path.endsWith('.sqlite')))
    for (const path of kept) assertNone((await readFile(path)).toString('latin1'), path)
  })
})

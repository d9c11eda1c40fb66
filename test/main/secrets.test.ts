import assert from 'node:assert/strict'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { root } from '../support/command-line.ts'
import { Company } from './company.ts'
import { filesBelow, forms, noneOf } from './planted.ts'

/** Words that stand nowhere else. Those with marks are written otherwise in addresses, in JSON and in base64. */
const PLANTED = {
  PG: 'pg-planted/p@ss"1',
  MY: 'my-planted-pass',
  MS: 'ms-planted-pass',
  BEARER: 'bearer-planted-token',
  BASIC: 'basic-planted:pass"é',
  HEADER: 'header-planted-key',
  QUERY: 'query-planted/key&',
  OAUTH: 'oauth-planted-secret',
}

const assertNone = noneOf([
  ...Object.values(PLANTED).flatMap(forms),
  ...forms(`reader:${PLANTED.BASIC}`),
  ...forms('granted-planted-token'),
])

function config(url: string): string {
  const feed = `feeds: [{ entity: 'requests', from: 'tickets', rejectShare: 1, columns: { request_id: 'id', customer_id: 'id', opened_at: 'at' } }]`
  const http = (name: string, auth: string): string =>
    `{ name: '${name}', kind: 'http', url: '${url}/${name}', auth: { ${auth} }, ${feed} }`
  const database = (kind: string, secret: string): string =>
    `{ name: '${kind}', kind: '${kind}', url: '${kind}://reader:' + encodeURIComponent(env('${secret}')) + '@127.0.0.1:1/db', ${feed} }`
  return `
    import { defineConfig, env } from '${pathToFileURL(join(root, 'config.ts')).href}'
    export default defineConfig({
      folder: 'warehouse', server: { port: 0 }, asOf: '2026-06-30', schedule: false,
      sources: [
        { name: 'office', kind: 'files', folder: '.', feeds: [{ entity: 'customers', from: 'customers.csv', rejectShare: 1, columns: { customer_id: 'id', name: 'name', kind: 'kind' } }] },
        ${http('bearer', `kind: 'bearer', token: env('BEARER')`)},
        ${http('basic', `kind: 'basic', user: 'reader', password: env('BASIC')`)},
        ${http('header', `kind: 'header', name: 'x-api-key', value: env('HEADER')`)},
        ${http('query', `kind: 'query', parameter: 'key', value: env('QUERY')`)},
        ${http('oauth', `kind: 'oauth2', tokenUrl: '${url}/token', clientId: 'us', clientSecret: env('OAUTH')`)},
        ${database('postgres', 'PG')}, ${database('mysql', 'MY')}, ${database('sqlserver', 'MS')},
      ],
    })`
}

describe('secrets', () => {
  let company: Company
  let server: Server
  let refuse = false
  let url = ''
  before(async () => {
    // A careless other side: it says back all that it was told.
    server = createServer((request, response) => {
      if (request.url === '/token')
        return void response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"access_token":"granted-planted-token","token_type":"Bearer"}')
      if (refuse) return void response.writeHead(403).end(`${request.url} ${JSON.stringify(request.headers)}`)
      return void response
        .writeHead(200, { 'content-type': 'application/json' })
        .end('[{"id":"1","at":"2026-01-01"},{"id":"2","at":"soon"}]')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
    company = await Company.open(config(url))
    await writeFile(join(company.folder, 'customers.csv'), 'id,name,kind\n1,Harbour,direct\n2,Mill,other\n')
    await writeFile(
      join(company.folder, 'secrets.env'),
      Object.entries(PLANTED)
        .map(([name, value]) => `${name}='${value}'\n`)
        .join(''),
    )
  })
  after(async () => {
    server.closeAllConnections()
    server.close()
    await company.remove()
  })

  test('a secrets file that others may read is refused, with what to do', async () => {
    await chmod(join(company.folder, 'secrets.env'), 0o644)
    const { code, stderr } = await company.command('check')
    assert.equal(code, 2)
    assert.match(stderr, /others may read the secrets file .*run: chmod 600/)
    await chmod(join(company.folder, 'secrets.env'), 0o600)
  })

  test('planted secrets stand nowhere: not in what commands say, nor in pages, answers, logs, nor any file', async () => {
    // The databases, which do not answer, are asked once by check; a run would try them again for a minute.
    const only = ['--only', 'office,bearer,basic,header,query,oauth']
    for (const words of [['check'], ['run', ...only], ['run', '--full', '--verbose', '--json', ...only], ['rebuild']]) {
      const { stdout, stderr } = await company.command(...words)
      assertNone(stdout + stderr, words.join(' '))
    }
    refuse = true
    for (const words of [
      ['check', '--json'],
      ['run', '--full', ...only],
    ]) {
      const { code, stdout, stderr } = await company.command(...words)
      assert.notEqual(code, 0)
      assert.match(stdout + stderr, /answered 403: '[^']*\*\*\*/)
      assertNone(stdout + stderr, words.join(' '))
    }
    const running = await company.start(['serve'], /http:\/\/127/)
    try {
      const run = await fetch(new URL('/api/runs', running.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ full: true, only: ['bearer', 'query'] }),
      })
      assertNone(await run.text(), 'POST /api/runs')
      for (const path of [
        '/pipelines',
        '/pipelines?lang=zh',
        '/customers',
        '/api/pipelines',
        '/api/catalog',
        '/openapi.json',
      ])
        assertNone(await (await fetch(new URL(path, running.url))).text(), path)
    } finally {
      await running.end()
    }
    assertNone(running.said, 'the log of the server')
    const kept = await filesBelow(join(company.folder, 'warehouse'))
    assert.ok(kept.some((path) => path.endsWith('.json')) && kept.some((path) => path.endsWith('.sqlite')))
    for (const path of kept) assertNone((await readFile(path)).toString('latin1'), path)
  })

  test('without a secrets file the environment gives them, and what is missing is named', async () => {
    const other = await Company.open(config(url))
    try {
      await mkdir(join(other.folder, 'warehouse'), { recursive: true })
      const { code, stderr } = await other.command('check')
      assert.equal(code, 2)
      assert.match(stderr, /environment variable BEARER is not set/)
    } finally {
      await other.remove()
    }
  })
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { RunOrderBody } from '../../api/routes/runs.ts'
import { RequestError, SourceError } from '../../errors.ts'
import { openCompany, type Company } from './company.ts'
import type { Document } from './described.ts'

const ordered: RunOrderBody[] = []
let company: Company
before(async () => {
  company = await openCompany({
    startRun: async (options, _viewer, tell) => {
      ordered.push(options)
      tell({ step: 'extract', rows: 3 })
      if (options.only?.includes('broken')) throw new SourceError('crm: 503', { source: 'crm', retry: true })
      if (options.only?.includes('odd')) throw new Error('secret')
      return { published: 2 }
    },
  })
  await company.state.tables
    .insertInto('runs')
    .values([run('r1', '2025-03-18'), run('r2', '2025-03-19')])
    .execute()
  await company.state.tables
    .insertInto('run_steps')
    .values([
      {
        run_id: 'r1',
        step: 'extract',
        source: 'crm',
        entity: 'requests',
        origin: 'requests.csv',
        started_at: '2025-03-18',
        status: 'failed',
        error: 'was down',
      },
      {
        run_id: 'r2',
        step: 'extract',
        source: 'crm',
        entity: 'requests',
        origin: 'requests.csv',
        started_at: '2025-03-19',
        status: 'succeeded',
      },
      {
        run_id: 'r1',
        step: 'extract',
        source: 'erp',
        entity: 'orders',
        origin: 'orders.csv',
        started_at: '2025-03-18',
        status: 'succeeded',
      },
      {
        run_id: 'r2',
        step: 'extract',
        source: 'erp',
        entity: 'orders',
        origin: 'orders.csv',
        started_at: '2025-03-19',
        status: 'failed',
        error: 'no file',
      },
    ])
    .execute()
  await company.warehouse.write(async (session) => {
    await session.run(`INSERT INTO meta.batches (batch_id, source, entity, origin, rows, rejected) VALUES
      ('b1', 'crm', 'requests', 'requests.csv', 10, 1), ('b2', 'crm', 'requests', 'requests.csv', 5, 0)`)
    await session.run(
      `INSERT INTO meta.rejects (batch_id, source, entity, origin, line, column_name, value, reason, remedy, original, rejected_at, fault, details) VALUES ('b1', 'crm', 'requests', 'requests.csv', 7, 'opened_at', '31/31', 'no day', 'fix it', '{}', '2025-03-18', 'not_day', '{"layouts":[]}')`,
    )
    await session.run(
      `INSERT INTO meta.audits (run_id, model, audit, severity, rows_at_fault, passed) VALUES ('r2', 'marts.a', 'unique', 'error', 0, TRUE), ('r2', 'marts.b', 'balance', 'warn', 4, FALSE)`,
    )
  })
})
after(async () => company.close())

function run(run_id: string, started_at: string) {
  return {
    run_id,
    run_trigger: 'schedule',
    status: 'succeeded',
    started_at,
    ended_at: started_at,
    rows: 15,
    rejects: 1,
  }
}

test('every parameter of a query is described', async () => {
  const { paths } = (await (await company.app.request('/openapi.json')).json()) as Document
  assert.deepEqual(
    paths['/api/query']?.['get']?.parameters?.map(({ name }) => name),
    [
      'metrics',
      'by',
      'where',
      'period',
      'grain',
      'compare',
      'top',
      'totals',
      'order',
      'limit',
      'offset',
      'as_of',
      'known_at',
      'format',
      'lang',
    ],
  )
})

test('the state of the pipelines has runs, feeds with their last error, rejects and failed audits first', async () => {
  const status = (await (await company.app.request('/api/pipelines')).json()) as Record<
    string,
    Record<string, unknown>[]
  >
  assert.deepEqual(
    status['runs']?.map(({ run_id, trigger }) => [run_id, trigger]),
    [
      ['r2', 'schedule'],
      ['r1', 'schedule'],
    ],
  )
  assert.deepEqual(status['feeds'], [
    {
      source: 'crm',
      entity: 'requests',
      origin: 'requests.csv',
      read_at: '2025-03-20T01:00:00.000Z',
      rows: 15,
      rejects: 1,
      stale: false,
      error: null,
      fault: null,
    },
    {
      source: 'erp',
      entity: 'orders',
      origin: 'orders.csv',
      read_at: null,
      rows: 0,
      rejects: 0,
      stale: true,
      error: 'no file',
      fault: null,
    },
  ])
  assert.deepEqual(
    status['rejects']?.map(({ line, column, value }) => [line, column, value]),
    [[7, 'opened_at', '31/31']],
  )
  assert.deepEqual(
    status['audits']?.map(({ model }) => model),
    ['marts.b', 'marts.a'],
  )
  assert.equal(status['next_run_at'], '2025-03-21T05:30:00.000Z')
})

test('the catalogue says what each figure can be split by', async () => {
  const catalog = (await (await company.app.request('/api/catalog')).json()) as {
    metrics: { name: string; by: string[]; kind: string }[]
  }
  const of = (name: string) => catalog.metrics.find((metric) => metric.name === name)
  assert.deepEqual(of('revenue_per_request')?.by, ['month', 'customer', 'region'])
  assert.deepEqual([of('hours')?.kind, of('rank_drop')?.kind, of('profit_rank')?.kind], ['measured', 'derived', 'rank'])
})

const post = async (body: string, headers: Record<string, string> = {}) =>
  company.app.request('http://localhost:4000/api/runs', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })
const lines = async (response: Response) =>
  (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

test('a run tells how it goes and ends with its report', async () => {
  const response = await post('{"only": ["crm"], "as_of": "2025-03-01"}')
  assert.equal(response.headers.get('content-type'), 'application/x-ndjson')
  assert.deepEqual(await lines(response), [{ progress: { step: 'extract', rows: 3 } }, { report: { published: 2 } }])
  assert.deepEqual(ordered.pop(), { only: ['crm'], as_of: '2025-03-01' })
})

test('a run that fails ends with the problem; what is not meant for eyes is only logged', async () => {
  const [, failed] = await lines(await post('{"only": ["broken"]}'))
  assert.deepEqual(failed, { problem: { type: 'about:blank', title: 'Bad Gateway', status: 502, detail: 'crm: 503' } })
  const text = JSON.stringify(await lines(await post('{"only": ["odd"]}')))
  assert.doesNotMatch(text, /secret/)
})

test('a page of another site cannot start a run', async () => {
  const count = ordered.length
  const status = async (headers: Record<string, string>, body = '{}') => (await post(body, headers)).status
  assert.equal(await status({ 'content-type': 'text/plain' }), 415)
  assert.equal(await status({ 'content-type': 'application/x-www-form-urlencoded' }), 415)
  assert.equal(await status({ origin: 'https://evil.example' }), 403)
  assert.equal(await status({ origin: 'null' }), 403)
  assert.equal(await status({ origin: 'http://localhost:5000' }), 403)
  assert.equal(await status({ 'sec-fetch-site': 'cross-site' }), 403)
  assert.equal(await status({}, '{"fulll": true}'), 400)
  assert.equal(await status({}, '{'), 400)
  assert.equal(await status({}, JSON.stringify({ only: ['x'.repeat(70_000)] })), 413)
  assert.equal(ordered.length, count)
  assert.equal(await status({ origin: 'http://localhost:4000', 'sec-fetch-site': 'same-origin' }), 200)
})

test('a server on this machine answers to its own names only', async () => {
  const status = async (host: string) =>
    (await company.app.request('http://localhost/healthz', { headers: { host } })).status
  for (const host of ['localhost', 'localhost:4000', '127.0.0.1:4000', '[::1]:4000'])
    assert.equal(await status(host), 200, host)
  for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:4000', ''])
    assert.equal(await status(host), 403, host)
  const open = await openCompany({ loopback: false })
  assert.equal((await open.app.request('http://trueworth.example/healthz')).status, 200)
  assert.equal((await open.app.request('http://localhost/api/runs', { method: 'POST' })).status, 404)
  await open.close()
})

test('a server on this machine answers nobody who comes through a proxy, and says what to do in both languages', async () => {
  const asked = async (headers: Record<string, string>) =>
    company.app.request('http://localhost/healthz', { headers: { host: '127.0.0.1:4600', ...headers } })
  assert.equal((await asked({})).status, 200)
  for (const name of ['X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'X-Real-IP', 'Forwarded'])
    assert.equal((await asked({ [name]: '203.0.113.9' })).status, 403, name)
  assert.match(await (await asked({ 'x-real-ip': '203.0.113.9' })).text(), /Add users first, see docs/)
  const chinese = await asked({ 'x-real-ip': '203.0.113.9', 'accept-language': 'zh-CN' })
  assert.match(await chinese.text(), /请先添加用户/)
})

test('every answer has the headers that keep scripts, frames and sniffing out', async () => {
  for (const path of ['/healthz', '/api/query?metrics=x', '/nothing', '/api/query?metrics=revenue&format=csv']) {
    const { headers } = await company.app.request(path)
    const policy = headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'; script-src 'self';/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /script-src[^;]*unsafe/)
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('referrer-policy'), 'same-origin')
    assert.equal(headers.get('x-powered-by'), null)
  }
})

test('routes added to the API stand behind the same frame', async () => {
  const { app, close } = await openCompany()
  app.get('/page', (c) => c.text(c.var.viewer.id))
  app.get('/broken', () => {
    throw new RequestError('no', { status: 404 })
  })
  assert.equal(await (await app.request('/page')).text(), 'local')
  assert.ok((await app.request('/page')).headers.get('content-security-policy'))
  assert.equal((await app.request('/broken')).status, 404)
  await close()
})

// What /openapi.json says is held against real answers of a real server: each operation, each documented status and content type.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { localAccess } from '../../api/access.ts'
import { Validator } from '@seriousme/openapi-schema-validator'
import { HTTPException } from 'hono/http-exception'
import { createApi, type ApiDeps } from '../../api/app.ts'
import { createExplorations } from '../../api/explorations.ts'
import { Queries } from '../../api/queries/queries.ts'
import { createPolicies } from '../../main/policies.ts'
import { dimensions, metrics } from '../../models/metrics/catalogue.ts'
import { startServer, type Server } from '../../main/server.ts'
import type { System } from '../../main/system.ts'
import type { Ask } from '../../models/metrics/metric.ts'
import { openPolicyCompany } from '../main/policy-company.ts'
import { Described, type Document } from './described.ts'
import {
  emptyServer,
  explorationOf,
  fillExplorations,
  inTurn,
  post,
  refusedTurn,
  underForeignName,
  WATCHED,
} from './provoked.ts'

let system: System
let server: Server
let described: Described
let remove: () => Promise<void>
before(async () => {
  ;({ system, remove } = await openPolicyCompany({ alerts: WATCHED }))
  server = await startServer(system, { host: '127.0.0.1', port: 0, version: '0.1.0', say: () => undefined })
  described = new Described((await (await fetch(`${server.url}/openapi.json`)).json()) as Document)
})
after(async () => {
  await server.close()
  await remove()
})

/** The API in this process, with everything it can be asked for. */
function apiOf(others: Partial<ApiDeps>): ReturnType<typeof createApi> {
  const { queries, status, batches, policies, state, alerts: { desk: alerts } = {} } = system
  const [startRun, sendAgain] = [() => Promise.resolve({}), () => Promise.resolve(0)]
  const onFault = (): void => undefined
  const ask: Ask = (viewer, query) => queries.ask(viewer, query)
  const sight: Queries['sight'] = (viewer) => queries.sight(viewer)
  const explorations = createExplorations({ state, ask, sight, roles: ['head'], now: () => new Date() })
  const given = { queries, status, batches, policies, explorations, sendAgain, startRun, ...(alerts && { alerts }) }
  return createApi({ ...given, version: '', loopback: true, onFault, ...others })
}

const ask = (path: string, init?: RequestInit): Promise<Response> => fetch(new URL(path, server.url), init)
const check = async (path: string, status: number, init: RequestInit = {}): Promise<string> => {
  const answer = await ask(path, init)
  const named = described.templateOf(path)
  const body = await described.holds(init.method ?? 'GET', named, answer)
  assert.equal(answer.status, status, `${path}: ${body.slice(0, 500)}`)
  return body
}
describe('the document', () => {
  test('is OpenAPI 3.1, as its schema says', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate(
      JSON.parse(JSON.stringify(described.document)) as Record<string, unknown>,
    )
    assert.ok(valid, JSON.stringify(errors))
    assert.equal(validator.version, '3.1')
  })

  test('has every route, and no other', () => {
    const routes = apiOf({})
      .routes.filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`)
    const said = described.operations.map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`)
    assert.deepEqual(said.toSorted(), [...new Set(routes)].toSorted())
  })

  test('names every operation once, and says what each, each parameter and each answer is for', () => {
    const ids = described.operations.map(({ operation }) => operation.operationId)
    assert.equal(new Set(ids).size, ids.length)
    for (const { method, path, operation } of described.operations) {
      assert.ok(operation.summary, `${method} ${path} has no summary`)
      for (const { name, description } of operation.parameters ?? [])
        assert.ok(description, `${method} ${path}: parameter ${name} is not described`)
      for (const [status, { description, content = {} }] of Object.entries(operation.responses)) {
        assert.ok(description, `${method} ${path} ${status}`)
        for (const [type, { schema }] of Object.entries(content))
          assert.ok(schema, `${method} ${path} ${status} ${type}`)
      }
    }
  })
})

describe('real answers', () => {
  test('figures in every format, and what is new of them', async () => {
    const question = '/api/query?metrics=revenue,profit,rank_drop&by=customer,month&period=all_time'
    for (const format of ['json', 'csv', 'arrow', 'parquet', 'xlsx']) await check(`${question}&format=${format}`, 200)
    await check('/api/query?metrics=requests,service_hours&by=crm_class&where=requests:gt:1&lang=zh', 200)
    const tag = (await ask(question)).headers.get('etag') ?? ''
    await check(question, 304, { headers: { 'if-none-match': tag } })
    await check('/api/query?metrics=nothing', 400)
    await check('/api/query?metrics=revenue&by=customer&by=constructor', 400)
    await check('/api/query?metrics=revenue', 406, { headers: { accept: 'image/png' } })
  })

  test('changes and restatements', async () => {
    await check('/api/changes?metric=profit&from=2024-07..2025-06&to=2025-07..2026-05&by=customer', 200)
    await check('/api/changes?metric=profit&from=2024', 400)
    await check('/api/restatements?metric=revenue&known_at=2026-03-31', 200)
    await check('/api/restatements?metric=revenue', 400)
    await check('/api/restatements/rows?metric=revenue&known_at=2026-03-31&month=2026-03', 200)
    await check('/api/restatements/rows?metric=revenue&known_at=2026-03-31&month=March', 400)
  })

  test('what there is, and how it got here', async () => {
    for (const path of ['/openapi.json', '/healthz', '/api/catalog', '/api/pipelines', '/api/batches', '/api/policy'])
      await check(path, 200)
  })

  test('drafts of the policy', async () => {
    const path = '/api/policy/what-if'
    await check(path, 200, post({ draft: { visitCharges: { default: 100 } } }))
    await check(path, 400, post({ draft: { visitCharges: { default: -1 } } }))
    await check(path, 413, post({ draft: { version: 'x'.repeat(70_000) } }))
    await check(path, 415, post('{}', { 'content-type': 'text/plain' }))
    const { warehouse, config } = system
    const others = createPolicies({
      warehouse,
      config,
      access: localAccess,
      sight: (viewer) => system.queries.sight(viewer),
      models: () => Promise.resolve([]),
      fingerprint: () => Promise.resolve('of other models'),
    })
    const answer = await apiOf({ policies: others }).request(path, post({ draft: {} }))
    assert.equal(answer.status, 422)
    await described.holds('POST', path, answer)
  })

  test('alerts', async () => {
    await check('/api/alerts', 200)
    const decides = async (action: string, status: number, body: unknown, headers = {}): Promise<unknown> =>
      check(`/api/alerts/any/${action}`, status, post(body, headers))
    await check('/api/alerts/any/log?limit=5', 200)
    await check('/api/alerts/any/log?limit=0', 400)
    await check('/api/alerts/other/log', 404)
    const until = new Date(Date.now() + 3_600_000).toISOString()
    for (const [action, more] of [
      ['snooze', { until }],
      ['acknowledge', {}],
    ] as const) {
      await decides(action, 200, more)
      await decides(action, 400, { ...more, group: 7 })
      await decides(action, 413, { ...more, group: 'x'.repeat(20_000) })
      await decides(action, 415, '{}', { 'content-type': 'text/plain' })
      await decides(action, 422, { ...more, group: 'nobody' })
      await check(`/api/alerts/other/${action}`, 404, post(more))
    }
  })

  test('runs', async () => {
    const lines = (await check('/api/runs', 200, post({ only: ['office.customers'] }))).trim().split('\n')
    for (const line of lines) {
      const [[name, value] = ['', undefined]] = Object.entries(JSON.parse(line) as object)
      assert.match(name, /^(progress|report|problem)$/)
      if (name === 'problem') described.fits('/components/schemas/Problem', value)
    }
    await check('/api/runs', 400, post('{'))
    await check('/api/runs', 400, post({ only: 'crm' }))
    await check('/api/runs', 413, post({ only: ['x'.repeat(70_000)] }))
    await check('/api/runs', 415, post('{}', { 'content-type': 'application/x-www-form-urlencoded' }))
  })

  test('questions that ask for too much, and too many of them', async () => {
    const { warehouse } = system
    const given = { warehouse, catalogue: { metrics, dimensions }, sources: [], now: () => new Date() }
    const question = '/api/query?metrics=revenue&by=customer'
    const few = apiOf({ queries: new Queries({ ...given, limits: { rows: 1 } }) })
    assert.match(
      await described.holds('GET', '/api/query', await few.request(`${question}&format=csv`)),
      /"status":413/,
    )
    const past = async (): Promise<undefined> => setTimeout(50)
    const none = apiOf({ queries: new Queries({ ...given, past, limits: { atOnce: 1, waiting: 0 } }) })
    for (const path of Object.keys(inTurn))
      await described.holds('GET', path, await refusedTurn(async (target) => none.request(target), path))
  })

  test('saved explorations', async () => {
    const path = '/api/explorations'
    const draft = { name: 'Regions', query: 'metrics=revenue&by=region', shared_with: [] }
    const put = (body: unknown, headers?: Record<string, string>): RequestInit => post(body, headers, 'PUT')
    const { exploration_id: id } = JSON.parse(await check(path, 201, post(draft))) as { exploration_id: string }
    const one = `${path}/${id}`
    await check(path, 200)
    await check(one, 200)
    await check(one, 200, put({ ...draft, name: 'All regions' }))
    for (const [where, given] of [
      [path, post],
      [one, put],
    ] as const) {
      await check(where, 400, given({ ...draft, query: 'metrics=nothing' }))
      await check(where, 413, given({ ...draft, name: 'x'.repeat(70_000) }))
      await check(where, 415, given('{}', { 'content-type': 'text/plain' }))
    }
    await check(`${path}/nobody`, 404)
    await check(`${path}/nobody`, 404, put(draft))
    await check(`${path}/nobody`, 404, { method: 'DELETE' })
    await check(one, 204, { method: 'DELETE' })
    await fillExplorations(system.state)
    await check(path, 422, post(draft))
  })

  test('deliveries that are sent again', async () => {
    const path = '/api/deliveries/again'
    assert.deepEqual(JSON.parse(await check(path, 200, post({}))), { sent_again: 0 })
    await check(path, 200, post({ deliveries: ['nothing'] }))
    await check(path, 400, post({ deliveries: [] }))
    await check(path, 413, post({ deliveries: ['x'.repeat(70_000)] }))
    await check(path, 415, post('{}', { 'content-type': 'text/plain' }))
  })

  test('messages of assistants', async () => {
    const message = (method: string, id?: number): object => ({ jsonrpc: '2.0', method, ...(id && { id }) })
    const both = { accept: 'application/json, text/event-stream' }
    await check('/mcp', 200, post(message('tools/list', 1), both))
    const [name, version] = ['io.modelcontextprotocol/protocolVersion', '2026-07-28']
    const _meta = { [name]: version, 'io.modelcontextprotocol/clientCapabilities': {} }
    const headers = { ...both, 'mcp-protocol-version': version, 'mcp-method': 'tools/list' }
    await check('/mcp', 200, post({ ...message('tools/list', 1), params: { _meta } }, headers))
    await check('/mcp', 202, post(message('notifications/initialized'), both))
    await check('/mcp', 400, post('{', both))
    await check('/mcp', 406, post(message('tools/list', 1), { accept: 'text/html' }))
    await check('/mcp', 413, post({ x: 'x'.repeat(70_000) }, both))
    await check('/mcp', 415, post('{}', { 'content-type': 'text/plain' }))
  })

  test('before the first run', async () => {
    const { state, url, close } = await emptyServer()
    const asked: Record<string, string> = {
      '/api/query': '?metrics=revenue',
      '/api/changes': '?metric=profit&from=2024&to=2025',
      '/api/restatements': '?metric=revenue&known_at=2026-03-31',
      '/api/restatements/rows': '?metric=revenue&known_at=2026-03-31&month=2026-03',
    }
    await state.tables.insertInto('explorations').values(explorationOf('x')).execute()
    const exploration = { name: 'y', query: 'metrics=revenue', shared_with: [] }
    try {
      for (const { method, path, operation } of described.operations.filter(
        ({ operation }) => 503 in operation.responses,
      )) {
        const body = path.startsWith('/api/explorations') ? exploration : { draft: {} }
        const init = method === 'GET' ? { method } : post(body, {}, method)
        const target = `${path.replace('{id}', 'x')}${asked[path] ?? ''}`
        const answer = await fetch(new URL(target, url), init)
        await described.holds(method, path, answer)
        assert.equal(answer.status, 503, operation.operationId)
      }
      await described.holds('GET', '/healthz', await fetch(new URL('/healthz', url)))
      await described.holds('GET', '/api/pipelines', await fetch(new URL('/api/pipelines', url)))
    } finally {
      await close()
    }
  })

  test('where nobody known asks, where the host is another, and where the fault is ours', async () => {
    const failing = (fault: Error): ReturnType<typeof createApi> => apiOf({ viewer: async () => Promise.reject(fault) })
    for (const operation of described.operations) {
      const { method, path } = operation
      const holds = async (status: number, answer: Response): Promise<string> => {
        assert.equal(answer.status, status, `${method} ${path}`)
        return described.holds(method, path, answer)
      }
      await holds(401, await failing(new HTTPException(401)).request(path, { method }))
      await holds(403, await underForeignName(server.url, operation))
      const said = await holds(
        500,
        await failing(new Error('SELECT secret FROM /etc/passwd')).request(path, { method }),
      )
      assert.doesNotMatch(said, /secret|passwd/)
    }
  })

  test('none that is documented was left out', () => {
    const promised = described.promised()
    assert.deepEqual(
      [...described.seen].filter((each) => !promised.includes(each)),
      [],
    )
    assert.deepEqual(
      promised.filter((each) => !described.seen.has(each)),
      [],
    )
  })
})

import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { ACTIONS } from '../../entities/actions.ts'
import type { Hono } from 'hono'
import * as fc from 'fast-check'
import type { Access } from '../../api/access.ts'
import { createApi } from '../../api/app.ts'
import type { Env } from '../../api/env.ts'
import { createExplorations } from '../../api/explorations.ts'
import type { Exploration } from '../../models/metrics/exploration.ts'
import type { Viewer } from '../../models/metrics/metric.ts'
import { openCompany, type Company } from './company.ts'
import { Described, type Document } from './described.ts'

const all = { rows: 'all', may: ACTIONS } as const
const access: Access = {
  owner: all,
  head: all,
  sales: { rows: { region: ['华东'] } },
  executive: all,
  counter: { rows: 'all', hides: ['profit', 'region', 'people'] },
  nothing: { rows: { region: [] } },
}
const people: Record<string, Viewer> = {
  anna: { id: 'u1', name: 'Anna', roles: ['head'] },
  bo: { id: 'u2', name: 'Bo', roles: ['sales'] },
  dai: { id: 'u4', name: 'Dai', roles: ['counter'] },
  fay: { id: 'u5', name: 'Fay', roles: ['head'] },
  'fay without rows': { id: 'u5', name: 'Fay', roles: ['nothing'] },
  chen: { id: 'u3', name: 'Chen', roles: ['sales', 'executive'] },
}
const QUERY = 'metrics=revenue&by=region'

let company: Company
let app: Hono<Env>
const recorded: string[] = []
before(async () => {
  company = await openCompany({ access })
  app = createApi({
    queries: company.queries,
    status: () => Promise.reject(new Error('not asked')),
    version: '0.1.0',
    loopback: true,
    onFault: (error) => company.faults.push(error),
    viewer: (request) => people[request.headers.get('x-who') ?? ''],
    access,
    explorations: createExplorations({
      state: company.state,
      ask: (viewer, query) => company.queries.ask(viewer, query),
      sight: (viewer) => company.queries.sight(viewer),
      roles: ['head', 'sales', 'executive', 'counter', 'nothing'],
      now: () => new Date('2025-03-20T02:00:00Z'),
      record: (viewer, action, subject) => void recorded.push(`${viewer.id} ${action} ${subject}`),
    }),
  })
})
beforeEach(async () => {
  await company.state.tables.deleteFrom('explorations').execute()
  recorded.length = 0
})
after(async () => company.close())

type Sent = Record<string, unknown>
const send = async (who: string, method: string, path = '', body?: unknown, more: Record<string, string> = {}) =>
  app.request(`/api/explorations${path}`, {
    method,
    headers: { 'x-who': who, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...more },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const read = async (answer: Response | Promise<Response>) => (await (await answer).json()) as Sent
const add = async (who: string, draft: Sent): Promise<Exploration> =>
  (await read(send(who, 'POST', '', { query: QUERY, ...draft }))) as unknown as Exploration
const names = async (who: string): Promise<string[]> =>
  ((await read(send(who, 'GET')))['explorations'] as Exploration[]).map(({ name }) => name)

test('an exploration is kept with its question in its shortest form, changed, and deleted by its owner', async () => {
  const query = 'metrics=revenue&metrics=profit&by=&limit=&period=2025&where=region%3Aeq%3A%E5%8D%8E%E4%B8%9C&show=bar'
  const answer = await send('anna', 'POST', '', { name: '  East  ', query })
  assert.equal(answer.status, 201)
  const added = (await answer.json()) as Exploration
  assert.equal(answer.headers.get('location'), `/api/explorations/${added.exploration_id}`)
  assert.deepEqual(added, {
    exploration_id: added.exploration_id,
    owner_id: 'u1',
    owner_name: 'Anna',
    name: 'East',
    query: 'metrics=revenue,profit&where=region:eq:%E5%8D%8E%E4%B8%9C&period=2025&show=bar',
    shared_with: [],
    created_at: '2025-03-20T02:00:00.000Z',
    changed_at: '2025-03-20T02:00:00.000Z',
  })
  const path = `/${added.exploration_id}`
  const changed = { name: 'All regions', query: QUERY, shared_with: ['sales', 'sales'] }
  assert.deepEqual(await read(send('anna', 'PUT', path, changed)), { ...added, ...changed, shared_with: ['sales'] })
  assert.deepEqual(await read(send('bo', 'GET', path)), { ...added, ...changed, shared_with: ['sales'] })
  assert.equal((await send('anna', 'DELETE', path)).status, 204)
  assert.equal((await send('anna', 'GET', path)).status, 404)
  assert.deepEqual(recorded, [
    `u1 exploration.add ${added.exploration_id} "East"`,
    `u1 exploration.change ${added.exploration_id} "All regions" shared with sales`,
    `u1 exploration.remove ${added.exploration_id} "All regions"`.concat(' shared with sales'),
  ])
})

test('what is wrong is said by field, with what would be right, in both languages, and nothing is kept', async () => {
  await add('anna', { name: 'Taken' })
  const wrong: readonly [Sent, number, string | undefined, RegExp, RegExp][] = [
    [{ name: ' ' }, 400, 'name', /give the exploration a name/, /请填写/],
    [{ name: 'Taken' }, 400, 'name', /you have an exploration 'Taken' already/, /已有名为“Taken”/],
    [{ name: 'a', query: 'metrics=revenu' }, 400, 'query', /Did you mean 'revenue'/, /是否指“revenue”/],
    [{ name: 'a', query: 'metric=revenue' }, 400, 'query', /Did you mean 'metrics'/, /是否指“metrics”/],
    [{ name: 'a', query: `${QUERY}&show=pie` }, 400, 'query', /Valid: table, bar/, /可用：table/],
    [{ name: 'a', query: `${QUERY}&format=csv` }, 400, 'query', /'format' is unknown/, /没有“format”/],
    [{ name: 'a', query: '' }, 400, 'query', /metrics is empty/, /metrics 为空/],
    [{ name: 'a', query: `${QUERY}&period=soon` }, 400, 'query', /'soon' is unknown/, /没有“soon”/],
    [{ name: 'a', shared_with: ['sale'] }, 400, 'shared_with', /Did you mean 'sales'/, /是否指“sales”/],
    [{ name: 'a', shared: [] }, 400, 'shared', /./, /./],
  ]
  for (const [draft, status, field, en, zh] of wrong) {
    const body = { query: QUERY, ...draft }
    const answer = await send('anna', 'POST', '', body)
    assert.equal(answer.status, status, JSON.stringify(draft))
    const problem = await read(answer)
    assert.equal(problem['field'], field)
    assert.match(String(problem['detail']), en)
    assert.match(String((await read(send('anna', 'POST', '', body, { 'accept-language': 'zh' })))['detail']), zh)
  }
  assert.deepEqual(await names('anna'), ['Taken'])
})

test('a name is taken by one person only, and an exploration keeps its own when it is changed', async () => {
  const one = await add('anna', { name: 'Same' })
  assert.equal((await send('bo', 'POST', '', { name: 'Same', query: QUERY })).status, 201)
  assert.equal((await send('anna', 'PUT', `/${one.exploration_id}`, { name: 'Same', query: QUERY })).status, 200)
})

test('what is shared runs with the rights of who opens it', async () => {
  const shared = await add('anna', { name: 'Regions', shared_with: ['sales'] })
  const { query } = (await read(send('bo', 'GET', `/${shared.exploration_id}`))) as unknown as Exploration
  const rows = async (who: string) =>
    ((await read(app.request(`/api/query?${query}`, { headers: { 'x-who': who } })))['rows'] as Sent[]).length
  assert.equal(await rows('anna'), 3)
  assert.equal(await rows('bo'), 1)
})

test('what is shared is there for who may know every word of the question, without the name of its owner where people are hidden', async () => {
  const shared_with = ['counter', 'head']
  const open = await add('anna', { name: 'Open', query: 'metrics=revenue&by=month', shared_with })
  const closed = [
    'metrics=profit_margin',
    QUERY,
    'metrics=revenue&where=region:eq:East',
    'metrics=revenue&by=month&where=profit:gt:1',
  ]
  for (const [at, query] of closed.entries()) {
    const { exploration_id } = await add('anna', { name: `Closed ${at}`, query, shared_with })
    assert.equal((await send('dai', 'GET', `/${exploration_id}`)).status, 404, query)
    assert.equal(
      (await send('dai', 'PUT', `/${exploration_id}`, { name: 'Mine', query: 'metrics=revenue' })).status,
      404,
    )
  }
  assert.deepEqual(await names('dai'), ['Open'])
  const seen = await read(send('dai', 'GET', `/${open.exploration_id}`))
  assert.equal(seen['owner_name'], null)
  assert.equal((await names('anna')).length, 1 + closed.length)
})

test('who may see no rows finds their own alone', async () => {
  await add('fay', { name: 'Own' })
  await add('anna', { name: 'Shared', shared_with: ['nothing'] })
  assert.deepEqual(await names('fay without rows'), ['Own'])
})

test('a page of another site changes nothing', async () => {
  const { exploration_id } = await add('anna', { name: 'Mine' })
  const foreign = { origin: 'https://elsewhere.example' }
  const body = { name: 'Theirs', query: QUERY }
  assert.equal((await send('anna', 'POST', '', body, foreign)).status, 403)
  assert.equal((await send('anna', 'PUT', `/${exploration_id}`, body, foreign)).status, 403)
  assert.equal((await send('anna', 'DELETE', `/${exploration_id}`, undefined, foreign)).status, 403)
  assert.equal((await send('anna', 'POST', '', body, { 'content-type': 'text/plain' })).status, 415)
  assert.deepEqual(await names('anna'), ['Mine'])
})

test('whatever people do, each sees exactly its own and those shared with a role of its own, and changes only its own', async () => {
  const who = fc.constantFrom('anna', 'bo', 'chen')
  const roles = fc.subarray(['head', 'sales', 'executive'])
  const step = fc.record({ who, act: fc.constantFrom('add', 'change', 'remove'), at: fc.nat(9), roles })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      await company.state.tables.deleteFrom('explorations').execute()
      const kept = new Map<string, { owner: string; roles: readonly string[] }>()
      const sees = (person: string, id: string): boolean => {
        const { owner, roles: shared } = kept.get(id) ?? { owner: '', roles: [] }
        return owner === person || shared.some((role) => people[person]?.roles.includes(role))
      }
      for (const [n, { who: person, act, at, roles: shared }] of steps.entries()) {
        if (act === 'add') {
          const { exploration_id } = await add(person, { name: `n${n}`, shared_with: shared })
          kept.set(exploration_id, { owner: person, roles: shared })
          continue
        }
        const id = [...kept.keys()][at] ?? 'none'
        const body = { name: `n${n}`, query: QUERY, shared_with: shared }
        const answer = await (act === 'change' ? send(person, 'PUT', `/${id}`, body) : send(person, 'DELETE', `/${id}`))
        const allowed = kept.get(id)?.owner === person
        const done = act === 'change' ? 200 : 204
        assert.equal(answer.status, allowed ? done : sees(person, id) ? 403 : 404)
        if (allowed && act === 'change') kept.set(id, { owner: person, roles: shared })
        if (allowed && act === 'remove') kept.delete(id)
      }
      for (const person of Object.keys(people)) {
        const { explorations } = (await read(send(person, 'GET'))) as { explorations: Exploration[] }
        assert.deepEqual(
          explorations.map(({ exploration_id }) => exploration_id).toSorted(),
          [...kept.keys()].filter((id) => sees(person, id)).toSorted(),
        )
        for (const id of kept.keys())
          assert.equal((await send(person, 'GET', `/${id}`)).status, sees(person, id) ? 200 : 404)
      }
    }),
    { numRuns: 100 },
  )
})

test('what OpenAPI says of explorations is true of real answers', async () => {
  const document = (await (await app.request('/openapi.json', { headers: { 'x-who': 'anna' } })).json()) as Document
  const described = new Described(document)
  const check = async (answer: Response, path: string, method: string): Promise<Sent | undefined> => {
    const body = answer.status === 204 ? undefined : await read(answer.clone())
    await described.holds(method.toUpperCase(), path, answer)
    return body
  }
  const [all, one] = ['/api/explorations', '/api/explorations/{id}']
  const draft = { name: 'Regions', query: QUERY, shared_with: ['head', 'executive'] }
  const added = await check(await send('anna', 'POST', '', draft), all, 'post')
  const id = `/${String(added?.['exploration_id'])}`
  await check(await send('anna', 'POST', '', draft), all, 'post')
  await check(await send('anna', 'GET'), all, 'get')
  await check(await send('anna', 'GET', id), one, 'get')
  await check(await send('bo', 'GET', id), one, 'get')
  await check(await send('anna', 'PUT', id, draft), one, 'put')
  await check(await send('chen', 'PUT', id, draft), one, 'put')
  await check(await send('chen', 'DELETE', id), one, 'delete')
  await check(await send('anna', 'DELETE', id), one, 'delete')
  assert.deepEqual(company.faults, [])
})

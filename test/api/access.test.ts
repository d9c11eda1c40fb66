import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { tableFromIPC } from 'apache-arrow'
import * as fc from 'fast-check'
import { rulesOf, type Access } from '../../api/access.ts'
import type { MetricQuery, Viewer } from '../../models/metrics/metric.ts'
import { catalogue, openCompany, type Company } from './company.ts'

const access: Access = {
  owner: 'all',
  east: { region: ['华东'] },
  north: { region: ['华北'] },
  phone: { channel: ['phone'] },
  nothing: { region: [] },
}
const viewerOf = (...roles: string[]): Viewer => ({ id: 'x', name: 'X', roles })

let company: Company
before(async () => {
  company = await openCompany({
    access,
    viewer: (request) => viewerOf(...(request.headers.get('x-roles') ?? '').split(',')),
  })
})
after(async () => company.close())

const get = async (roles: string, search: string) =>
  company.app.request(`/api/query?${search}`, { headers: { 'x-roles': roles } })
const rows = async (roles: string, search: string) =>
  ((await (await get(roles, search)).json()) as { rows: Record<string, unknown>[] }).rows.map((row) =>
    Object.values(row),
  )

test('a viewer limited to a region gets only that region, in every format', async () => {
  const search = 'metrics=revenue&by=region'
  assert.deepEqual(await rows('east', search), [['华东', 3200.1]])
  assert.equal(await (await get('east', `${search}&format=csv`)).text(), 'region,revenue\r\n华东,3200.1\r\n')
  const arrow = tableFromIPC(new Uint8Array(await (await get('east', `${search}&format=arrow`)).arrayBuffer()))
  assert.deepEqual([...(arrow.getChild('region') ?? [])], ['华东'])
  const parquet = Buffer.from(await (await get('east', `${search}&format=parquet`)).arrayBuffer())
  assert.ok(parquet.includes('华东') && !parquet.includes('华北'))
})

test('total, coverage and ranks are those of the rows the viewer may see', async () => {
  const answer = (await (await get('north', 'metrics=profit,profit_rank&by=customer&limit=1')).json()) as {
    total: number
    rows: unknown[]
    evidence: { coverage: Record<string, unknown> }
  }
  assert.equal(answer.total, 1)
  assert.deepEqual(answer.rows, [{ customer: 'C3', customer_label: 'North, "Mills"', profit: 50, profit_rank: 1 }])
  assert.deepEqual(answer.evidence.coverage['profit'], { share: 0, known: 0, of: 1 })
})

test('several roles add up, and a role that is not known sees nothing', async () => {
  assert.deepEqual(await rows('east,north', 'metrics=revenue'), [[4000.1]])
  assert.deepEqual(await rows('stranger', 'metrics=revenue&by=region'), [])
  assert.deepEqual(await rows('', 'metrics=requests'), [[0]])
  assert.deepEqual(await rows('nothing', 'metrics=requests'), [[0]])
  assert.deepEqual(await rows('toString,constructor', 'metrics=requests'), [[0]])
})

test('a mart that does not carry what a rule limits shows nothing', async () => {
  assert.deepEqual(await rows('phone', 'metrics=requests,revenue'), [[4, null]])
})

test('answers kept for one viewer are never given to another', async () => {
  for (const roles of ['owner', 'east', 'north', 'owner', 'east']) {
    const expected = { owner: 4300.1, east: 3200.1, north: 800 }[roles]
    assert.deepEqual(await rows(roles, 'metrics=revenue'), [[expected]])
  }
  const tag = async (roles: string) => (await get(roles, 'metrics=revenue')).headers.get('etag')
  assert.notEqual(await tag('owner'), await tag('east'))
  const response = await company.app.request('/api/query?metrics=revenue', {
    headers: { 'x-roles': 'east', 'if-none-match': (await tag('owner')) ?? '' },
  })
  assert.equal(response.status, 200)
})

test('rejected rows are shown only to who may see all rows', async () => {
  await company.warehouse.write((session) =>
    session.run(
      `INSERT INTO meta.rejects (batch_id, source, entity, origin, line, column_name, value, reason, remedy, original, rejected_at) VALUES ('b', 'crm', 'requests', 'f.csv', 3, 'opened_at', 'x', 'no date', 'write one', '{}', '2025-03-01')`,
    ),
  )
  const rejects = async (roles: string) => {
    const response = await company.app.request('/api/pipelines', { headers: { 'x-roles': roles } })
    return ((await response.json()) as { rejects: unknown[] }).rejects.length
  }
  assert.equal(await rejects('owner'), 1)
  assert.equal(await rejects('east'), 0)
})

test('for any question, what a limited viewer sees is what the owner sees of those rows', async () => {
  const pick = (names: readonly string[], minLength: number) =>
    fc.uniqueArray(fc.constantFrom(...names), { minLength, maxLength: 3 })
  const question = fc.record(
    {
      metrics: pick(Object.keys(catalogue.metrics), 1),
      by: pick(['customer', 'region'], 0),
      where: fc.constantFrom<MetricQuery['where']>(
        [],
        [{ field: 'region', operator: 'ne', values: ['华北'] }],
        [{ field: 'customer', operator: 'contains', values: ['c'] }],
      ),
      order: fc.constant([]),
    },
    { noNullPrototype: true },
  )
  const region = { field: 'region', operator: 'in', values: ['华东'] } as const
  const same = async (query: MetricQuery): Promise<void> => {
    const limited = await company.queries.ask(viewerOf('east'), query)
    const owner = await company.queries.ask(viewerOf('owner'), { ...query, where: [...query.where, region] })
    assert.deepEqual(limited, owner)
  }
  await fc.assert(fc.asyncProperty(question, same), { numRuns: 40 })
})

test('a role that sees all outweighs those that do not', () => {
  assert.equal(rulesOf(access, viewerOf('east', 'owner')), 'all')
  assert.deepEqual(rulesOf(access, viewerOf('east', 'x')), [{ region: ['华东'] }])
})

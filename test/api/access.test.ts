import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { tableFromIPC } from 'apache-arrow'
import * as fc from 'fast-check'
import { may, refuse, Sights } from '../../api/access.ts'
import { accessOf, defaultAccess, type Access } from '../../config/access.ts'
import { ACTIONS } from '../../entities/actions.ts'
import { configSchema } from '../../config/schema.ts'
import { dimensions, metrics } from '../../models/metrics/catalogue.ts'
import type { MetricQuery, Viewer } from '../../models/metrics/metric.ts'
import { openKysely } from '../../data/dialect.ts'
import { catalogue, openCompany, type Company } from './company.ts'

const access: Access = {
  owner: { rows: 'all', may: ACTIONS },
  east: { rows: { region: ['华东'] } },
  north: { rows: { region: ['华北'] } },
  phone: { rows: { channel: ['phone'] } },
  nothing: { rows: { region: [] } },
  anything: { rows: {} },
  own: { rows: { region: { own: 'area' } } },
  nameless: { rows: 'all', hides: ['customer', 'profit'] },
  shut: { rows: 'all', hides: ['channel'], may: ['see_sources', 'run'] },
}
const viewerOf = (...roles: string[]): Viewer => ({ id: 'x', name: 'X', roles, attributes: { area: ['华北', '华南'] } })

const MONTHS = 'marts.months'

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
  for (const roles of ['stranger', '', 'nothing', 'anything', 'toString,constructor', '__proto__'])
    for (const path of ['/api/query?metrics=requests', '/api/query?metrics=x', '/api/catalog']) {
      const refused = await company.app.request(path, { headers: { 'x-roles': roles } })
      assert.equal(refused.status, 403, `${roles} ${path}`)
    }
})

test('a role that is gone opens nothing that it hid, and its viewer is told who can mend it', async () => {
  assert.equal((await get('owner', 'metrics=profit')).status, 200)
  const refused = await get('owner,nopay', 'metrics=profit')
  assert.equal(refused.status, 403)
  assert.match(await refused.text(), /not in the configuration \(nopay\).*An administrator can take it away/)
  for (const action of ACTIONS) {
    assert.ok(!may(access, viewerOf('owner', 'nopay'), action), action)
    assert.throws(() => refuse(access, viewerOf('owner', 'nopay'), action), /nopay/)
  }
  const without = await company.app.request('/api/catalog', { headers: { 'x-roles': 'nothing' } })
  assert.match(await without.text(), /No figures are open to you/)
})

test('a rule may compare what the record of the person says', async () => {
  assert.deepEqual(await rows('own', 'metrics=revenue&by=region'), [['华北', 800]])
  assert.deepEqual(await rows('own', 'metrics=requests&by=region'), [['华南', 1]])
})

test('figures of which no row can be told to be the viewer’s are none: no zero stands for them', async () => {
  assert.deepEqual(await rows('phone', 'metrics=requests'), [[4]])
  assert.match(await (await get('phone', 'metrics=requests,revenue')).text(), /metric 'revenue' is unknown/)
})

test('a mart without the dimension of a rule is limited through its customers', () => {
  const { dimensions: all, metrics: figures } = catalogue
  const { [MONTHS]: _month, ...columns } = all['region']?.columns ?? {}
  const less = { metrics: figures, dimensions: { ...all, region: { ...all['region'], columns } } } as typeof catalogue
  const sight = new Sights({ east: { rows: { region: ['华东'] } } }, less).of(viewerOf('east'))
  assert.ok(sight.sees('revenue'))
  const where = sight.allowed(MONTHS)?.compile(openKysely<unknown>(company.warehouse)).sql ?? ''
  assert.match(where, /"mart"."customer_id" IN \(SELECT "own"."customer_id" FROM "marts"."customers" AS own WHERE/)
})

test('what is hidden is unknown, wherever it is named, and so is what is worked out from it', async () => {
  const detail = async (search: string): Promise<string> => {
    const answer = await get('nameless', search)
    assert.equal(answer.status, 400, search)
    return ((await answer.json()) as { detail: string }).detail
  }
  const shown = await (await company.app.request('/api/catalog', { headers: { 'x-roles': 'nameless' } })).text()
  assert.doesNotMatch(shown, /customer"|profit/)
  for (const [search, hidden, like] of [
    ['metrics=profit', 'profit', 'profig'],
    ['metrics=profit_margin', 'profit_margin', 'profit_margim'],
    ['metrics=rank_drop', 'rank_drop', 'rank_drob'],
    ['metrics=revenue&by=customer', 'customer', 'custamer'],
    ['metrics=revenue&where=customer:contains:pump', 'customer', 'custamer'],
    ['metrics=revenue&where=profit:gt:0', 'profit', 'profig'],
    ['metrics=revenue&order=profit_rank', 'profit_rank', 'profit_rang'],
    ['metrics=revenue&by=region&order=customer', 'customer', 'custamer'],
  ] as const) {
    const said = (await detail(search)).replaceAll(`'${hidden}'`, '…')
    assert.equal(said, (await detail(search.replace(hidden, like))).replaceAll(`'${like}'`, '…'))
    assert.doesNotMatch(said, /\bprofit|\bcustomer\b/)
  }
})

test('several roles: rows add up, what one hides stays hidden', async () => {
  const both = new Sights(access, catalogue).of(viewerOf('east', 'nameless'))
  assert.ok(both.seesAllRows && !both.sees('customer') && both.sees('revenue'))
  assert.deepEqual(await rows('east,nameless', 'metrics=revenue'), [[4300.1]])
})

test('rows of sources are shown to no role that hides or limits anything', () => {
  assert.ok(may(access, viewerOf('owner'), 'see_sources'))
  assert.ok(!may(access, viewerOf('shut'), 'see_sources'))
  assert.ok(may(access, viewerOf('shut'), 'run'))
  assert.ok(!may(access, viewerOf('owner', 'nameless'), 'see_sources'), 'what one role hides stays hidden')
})

test('a figure that another one tells in another place is hidden with it', () => {
  const hides = (...names: string[]) => {
    const { sees } = new Sights({ x: { rows: 'all', hides: names } }, { metrics, dimensions }).of(viewerOf('x'))
    return (name: string) => !sees(name)
  }
  for (const name of [
    'profit',
    'profit_margin',
    'whale_profit',
    'whale_profit_change',
    'whale_place',
    'losing_customers',
  ])
    assert.ok(hides('profit')(name), name)
  for (const name of ['target_actual', 'origin_revenue', 'average_order_value', 'whale_profit'])
    assert.equal(hides('revenue')(name), name !== 'whale_profit', name)
  assert.ok(hides('indirect_cost')('allocated_cost') && !hides('allocated_cost')('indirect_cost'))
  const named = Object.values(metrics).flatMap(({ sameAs = [] }) => sameAs)
  assert.deepEqual(
    named.filter((name) => !Object.hasOwn(metrics, name)),
    [],
  )
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

describe('access in the configuration', () => {
  const wrong = (access: unknown): string[] =>
    (configSchema.safeParse({ sources: [], access }).error?.issues ?? []).map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    )

  test('the roles that are there fit the catalogue, and each does what its name says', () => {
    const sights = new Sights(defaultAccess, { metrics, dimensions })
    const of = (role: string) => sights.of({ id: 'x', name: 'X', roles: [role], attributes: { region: ['East'] } })
    assert.ok(of('head').sees('engineer') && of('head').may('save_policy'))
    assert.ok(of('sales').sees('sales_owner') && !of('sales').sees('engineer') && !of('sales').sees('ledger_cost'))
    assert.ok(of('sales').sees('profit') && of('sales').sees('allocated_cost') && !of('sales').sees('pool_cost'))
    assert.ok(of('sales').may('decide_leads') && !of('sales').may('see_sources'))
    for (const name of ['sales_owner', 'service_owner', 'person', 'decided_by', 'line_cost'])
      assert.ok(!of('executive').sees(name) && !of('analyst').sees(name) && of('owner').sees(name), name)
    assert.ok(of('admin').may('manage_users') && !of('head').may('manage_users'))
    assert.throws(() => sights.of({ id: 'x', name: 'X', roles: ['sales'] }), /your record lacks/)
  })

  test('what is said of a role goes before its default, and a new role says its rows', () => {
    const { sales, dealer } = accessOf({
      sales: { hides: [] },
      dealer: { rows: { dealer: { own: 'dealer' } }, hides: ['people'] },
    })
    assert.deepEqual(sales, { ...defaultAccess['sales'], hides: [] })
    assert.deepEqual(dealer, { rows: { dealer: { own: 'dealer' } }, hides: ['people'] })
    assert.deepEqual(wrong({ sales: { hides: [] }, dealer: { rows: { dealer: { own: 'dealer' } } } }), [])
  })

  test('what cannot be meant is refused with what to do', () => {
    assert.match(wrong({ x: { may: ['run'] } }).join(), /access.x.rows: names no rows; write rows: 'all'/)
    assert.match(wrong({ x: { rows: {} } }).join(), /access.x.rows: limits nothing; write 'all'/)
    assert.match(wrong({ x: { rows: { region: [] } } }).join(), /access.x.rows.region: names no value/)
    assert.match(wrong({ owner: { hides: ['people'] } }).join(), /access.owner: sees and does all there is/)
    assert.match(wrong({ sales: { may: ['see_sources'] } }).join(), /rows must be 'all'.*hides must be empty/)
    assert.match(wrong({ x: { rows: 'all', may: ['save_policy'] } }).join(), /needs try_policy/)
    assert.match(wrong({ x: { rows: 'all', may: ['fly'] } }).join(), /access.x.may.0: Invalid option/)
    const named = (role: Access[string]) => () => new Sights({ x: role }, { metrics, dimensions })
    assert.throws(named({ rows: { regon: ['East'] } }), /access.x.rows: 'regon' is unknown. Did you mean 'region'\?/)
    assert.throws(
      named({ rows: 'all', hides: ['profitt'] }),
      /access.x.hides: 'profitt' is unknown. Did you mean 'profit'/,
    )
    assert.throws(named({ rows: 'all', hides: ['month'] }), /'month' cannot be hidden/)
  })
})

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as fc from 'fast-check'
import type { Kysely } from 'kysely'
import { localAccess, localViewer, Sights } from '../../api/access.ts'
import { compileQuery, TOTAL } from '../../api/queries/compile.ts'
import { openKysely } from '../../data/dialect.ts'
import { Warehouse } from '../../data/warehouse.ts'
import type { Catalogue, Dimension, Metric, MetricQuery } from '../../models/metrics/metric.ts'
import { dayOf, slowAnswer, type Fact, type Line, type Marts } from './slow-reference.ts'

const words = { en: 'Word', zh: '词' }
const base = { words, about: words, direction: 'up', standsOn: [], unit: 'number' } as const
const metrics: Record<string, Metric> = {
  total: { ...base, mart: 'marts.a', sql: 'SUM(value)' },
  lines: { ...base, unit: 'count', mart: 'marts.b', sql: 'COUNT(*)' },
  mean: { ...base, mart: 'marts.b', sql: 'AVG(value)' },
  people: { ...base, unit: 'count', mart: 'marts.c', sql: 'COUNT(DISTINCT person)' },
  strict: { ...base, mart: 'marts.c', sql: 'CASE WHEN COUNT(*) = 0 THEN 0 ELSE SUM(value) END' },
  each: { ...base, from: ['total', 'lines'], sql: 'CAST(total AS DOUBLE) / NULLIF(lines, 0)' },
  share: { ...base, from: ['total', 'people'], sql: 'CAST(total AS DOUBLE) / NULLIF(people, 0)' },
  place: { ...base, unit: 'rank', rankOf: 'total' },
}
const inAll = (column: string): Dimension['columns'] => ({ 'marts.a': column, 'marts.b': column, 'marts.c': column })
const dimensions: Record<string, Dimension> = {
  month: { words, kind: 'month', columns: inAll('month') },
  customer: { words, kind: 'text', columns: inAll('customer') },
  region: { words, kind: 'text', columns: inAll('region') },
}
const catalogue: Catalogue = { metrics, dimensions }

let warehouse: Warehouse
let builder: Kysely<unknown>
before(async () => {
  warehouse = await Warehouse.open(':memory:')
  builder = openKysely<unknown>(warehouse)
  await warehouse.write((session) => session.run('CREATE SCHEMA marts'))
})
after(() => warehouse.close())

const FIRST = 2023 * 12
const fact = fc.record<Fact>({
  month: fc.integer({ min: FIRST, max: FIRST + 29 }),
  customer: fc.constantFrom('k1', 'k2', 'k3', 'k4', null),
  region: fc.constantFrom('r1', 'r2', null),
  value: fc.option(fc.integer({ min: -4, max: 9 })),
  person: fc.constantFrom('p1', 'p2', null),
})
const mart = fc.array(fact, { maxLength: 14 })
const marts: fc.Arbitrary<Marts> = fc.record({ a: mart, b: mart, c: mart })
const figure = fc.constantFrom(...Object.keys(metrics))

const asked = fc
  .record({
    metrics: fc.uniqueArray(figure, { minLength: 1, maxLength: 3 }),
    by: fc.uniqueArray(fc.constantFrom('customer', 'region', 'month'), { maxLength: 3 }),
    where: fc.array(
      fc.oneof(
        fc.record({ field: fc.constant('region'), operator: fc.constant('eq'), values: fc.constantFrom(['r1'], ['']) }),
        fc.record({ field: fc.constant('lines'), operator: fc.constant('gt'), values: fc.constantFrom(['0'], ['1']) }),
      ),
      { maxLength: 2 },
    ),
    period: fc.constantFrom('trailing_12', 'year_to_date', '2024', '2024-02..2024-07', '2025-03'),
    grain: fc.option(fc.constantFrom('month', 'quarter', 'year'), { nil: undefined }),
    compare: fc.option(fc.constantFrom('previous', 'last_year'), { nil: undefined }),
    top: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    totals: fc.boolean(),
    order: fc.array(
      figure.chain((name) => fc.constantFrom(name, `-${name}`)),
      { maxLength: 1 },
    ),
    limit: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
    offset: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
  })
  .filter(({ top, by, grain }) => top === undefined || by.length > 0 || grain !== undefined)

async function fill(all: Marts): Promise<void> {
  const value = (each: string | number | null): string => (each === null ? 'NULL' : `'${each}'`)
  const tables = Object.entries(all).map(([name, facts]) => {
    const rows = facts.map(
      (one) =>
        `('${dayOf(one.month)}', ${value(one.customer)}, ${value(one.region)}, ${value(one.value)}, ${value(one.person)})`,
    )
    return `CREATE OR REPLACE TABLE marts.${name} (month DATE, customer VARCHAR, region VARCHAR, value BIGINT, person VARCHAR);
      ${rows.length === 0 ? '' : `INSERT INTO marts.${name} VALUES ${rows.join(', ')};`}`
  })
  await warehouse.write((session) => session.run(tables.join('\n')))
}

type Asked = typeof asked extends fc.Arbitrary<infer Value> ? Value : never

/** The business date is in the middle of a month, which no comparison may count. */
const AS_OF = '2025-03-17'

test('for any marts and any question, sums, joins, comparisons, the rest and totals are those of a slow count', async () => {
  const holds = async (all: Marts, { period, ...rest }: Asked): Promise<void> => {
    const query = {
      ...rest,
      where: [...rest.where, { field: 'period', operator: 'eq', values: [period] }],
    } as unknown as MetricQuery
    await fill(all)
    const context = { builder, sight: new Sights(localAccess, catalogue).of(localViewer), asOf: AS_OF }
    if (rest.compare !== undefined && period === '2025-03') {
      assert.throws(() => compileQuery(query, context), /is over on 2025-03-17/)
      return
    }
    const compiled = compileQuery(query, context)
    const periods = {
      now: compiled.compared?.period ?? SPANS[period] ?? '',
      ...(compiled.compared?.with && { other: compiled.compared.with }),
    }
    const expected = slowAnswer(all, query, periods)
    const page = compiled.page()
    const counted = await warehouse.read((session) => session.rows<Line>(page.sql, page.parameters))
    const got = counted.map(({ [TOTAL]: _total, ...line }) => line)
    assert.deepEqual(got.map(rounded), expected.lines.map(rounded))
    assert.ok(counted.every((line) => line['row_kind'] === 'total' || line[TOTAL] === expected.total))
    const { sql, parameters } = compiled.rows()
    assert.deepEqual(await warehouse.read((session) => session.rows(sql, parameters)), got)
    const count = compiled.count()
    assert.deepEqual(await warehouse.read((session) => session.one(count.sql, count.parameters)), {
      [TOTAL]: expected.total,
    })
  }
  await fc.assert(fc.asyncProperty(marts, asked, holds), { numRuns: 60 })
})

const SPANS: Readonly<Record<string, string>> = {
  trailing_12: '2024-04..2025-03',
  year_to_date: '2025-01..2025-03',
  '2024': '2024-01..2024-12',
  '2024-02..2024-07': '2024-02..2024-07',
  '2025-03': '2025-03..2025-03',
}

/** Averages of the same rows in another order differ in their last digits. */
function rounded(line: Line): Line {
  return Object.fromEntries(
    Object.entries(line).map(([name, value]) => [
      name,
      typeof value === 'number' ? Math.round(value * 1e9) / 1e9 + 0 : value,
    ]),
  )
}

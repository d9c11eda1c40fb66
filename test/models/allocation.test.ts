// Allocation to the cent: 10,000 random cost graphs conserve in whole cents, and nobody bears a cent more than its part.
import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import type { Support } from '../../config/costs.ts'
import { defaultPolicy } from '../../config/policy.ts'
import { Warehouse, type Session } from '../../data/warehouse.ts'
import type { SqlModel } from '../../models/builder/model.ts'
import { readModels } from '../../models/builder/read.ts'
import { writePolicy } from '../../models/policy.ts'
import { supportShares } from '../../models/support-shares.ts'

const GRAPHS = 10_000
const MONTHS = 500

const models = await readModels(resolve(import.meta.dirname, '../../models'))
const sqlOf = (name: string): string => (models.find((model) => model.name === name) as SqlModel).sql

let warehouse: Warehouse
before(async () => {
  warehouse = await Warehouse.open(':memory:')
})
after(() => warehouse.close())

interface Line {
  readonly month: number
  readonly department: string
  readonly category: string
  readonly campaign: string | null
  readonly cents: number
  readonly kind: 'pool' | 'traced' | 'labour'
}

const department = fc.constantFrom('S1', 'S2', 'S3', 'P1', 'P2')
const category = fc.constantFrom('rent', 'office', 'promotion')
const month = fc.integer({ min: 0, max: MONTHS - 1 })
const driver = fc.constantFrom('hours', 'requests', 'revenue', 'none')
const customer = fc.integer({ min: 1, max: 40 }).map((at) => `C${at}`)
const line: fc.Arbitrary<Line> = fc.record({
  month,
  department,
  category,
  campaign: fc.option(fc.constantFrom('K1', 'K2', 'K3'), { freq: 4 }),
  cents: fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1e12, max: 1e12 })),
  kind: fc.constantFrom('pool', 'pool', 'pool', 'traced', 'labour'),
})
const taken = fc.record({
  month,
  driver: fc.constantFrom('hours', 'requests', 'revenue'),
  customer,
  units: fc.oneof(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 1e12 })),
})
const support: fc.Arbitrary<Support> = fc
  .record({
    method: fc.constantFrom('direct', 'step_down', 'reciprocal'),
    units: fc.dictionary(
      fc.constantFrom('S1', 'S2', 'S3'),
      fc.dictionary(department, fc.integer({ min: 0, max: 9000 })),
    ),
  })
  .filter((each) => {
    try {
      return supportShares(each).length >= 0
    } catch {
      return false
    }
  })
const pools = fc.array(
  fc.record({ department: fc.option(department), category: fc.option(category), driver }).map((pool) => ({
    ...(pool.department === null ? {} : { department: pool.department }),
    ...(pool.category === null ? {} : { category: pool.category }),
    driver: pool.driver,
  })),
  { maxLength: 6 },
)

/** One policy over `MONTHS` months: as many graphs. */
async function arrange(session: Session, seed: number): Promise<readonly Line[]> {
  const sample = <T>(of: fc.Arbitrary<T>, count: number): T[] =>
    fc.sample(of, { seed: seed * 7 + count, numRuns: count })
  const [chosen = { method: 'direct', units: {} }] = sample(support, 1)
  const [costPools = []] = sample(pools, 1)
  const lines = sample(line, 4000)
  const units = sample(taken, 9000)
  const policy = { ...defaultPolicy, support: chosen, costPools }
  const company = { currency: 'CNY', timeZone: 'UTC' }
  await session.run('CREATE SCHEMA IF NOT EXISTS core; CREATE SCHEMA IF NOT EXISTS staging')
  await writePolicy(session, { policy, company, asOf: '2026-06-30', knownAt: '2026-06-30T20:00:00Z' })
  const table = (name: string, columns: string, shape: string, rows: readonly unknown[]): Promise<void> =>
    session.run(
      `CREATE OR REPLACE TABLE ${name} AS SELECT ${columns} FROM (SELECT unnest(from_json($1, '[${shape}]')) AS r)`,
      [JSON.stringify(rows)],
    )
  await table(
    'core.expenses',
    `r.department, r.category, r.campaign AS campaign_id, CAST(r.cents AS DECIMAL(18, 2)) / 100 AS amount,
     CAST(CASE WHEN r.kind = 'traced' THEN CAST(r.cents AS DECIMAL(18, 2)) / 100 ELSE 0 END AS DECIMAL(18, 2)) AS traced_amount,
     r.kind = 'traced' AS is_traced, r.kind = 'labour' AS is_covered_by_rates,
     CAST(DATE '1980-01-15' + to_months(CAST(r.month AS INTEGER)) AS DATE) AS incurred_on`,
    '{"month":"BIGINT","department":"VARCHAR","category":"VARCHAR","campaign":"VARCHAR","cents":"BIGINT","kind":"VARCHAR"}',
    lines,
  )
  await session.run(
    `ALTER TABLE core.expenses ALTER amount TYPE DECIMAL(18, 2);
     CREATE OR REPLACE TABLE core.customers AS SELECT 'C' || i AS customer_id FROM range(1, 41) AS numbers(i)`,
  )
  await session.run(
    `CREATE OR REPLACE TABLE staging.campaign_responses AS
     SELECT * FROM (VALUES ('K1', 'C1', DATE '2020-01-01'), ('K1', 'C2', DATE '2020-01-01'), ('K2', 'C3', DATE '2020-01-01')) AS r(campaign_id, customer_id, happened_on)`,
  )
  await session.run(
    `CREATE OR REPLACE TABLE core.driver_units AS
     SELECT r.driver, 'none' AS campaign_id, r.customer AS customer_id, CAST(SUM(r.units) / 10000.0 AS DECIMAL(18, 4)) AS units,
       CAST(DATE '1980-01-01' + to_months(CAST(r.month AS INTEGER)) AS DATE) AS month
     FROM (SELECT unnest(from_json($1, '[{"month":"BIGINT","driver":"VARCHAR","customer":"VARCHAR","units":"BIGINT"}]')) AS r)
     GROUP BY r.driver, r.customer, r.month
     UNION ALL
     SELECT 'responses', campaign_id, customer_id, 1, NULL FROM staging.campaign_responses`,
    [JSON.stringify(units)],
  )
  for (const name of ['core.cost_pools', 'core.allocations', 'core.cost_balance'])
    await session.run(`CREATE OR REPLACE TABLE ${name} AS ${sqlOf(name)}`)
  return lines
}

describe('allocation', () => {
  test(`${GRAPHS.toLocaleString('en')} random cost graphs conserve in whole cents`, async () => {
    let allocated = 0
    for (let seed = 1; seed <= GRAPHS / MONTHS; seed++) {
      const lines = await warehouse.write((session) => arrange(session, seed))
      const found = await warehouse.read(async (session) => ({
        broken: await session.rows(
          `SELECT * FROM core.cost_balance WHERE ledger <> traced + covered_by_labour + allocated + unallocated`,
        ),
        pools: await session.rows(
          `SELECT month FROM core.allocations GROUP BY month, origin_department, category, campaign_id, department
           HAVING SUM(amount) <> ANY_VALUE(pool_amount)`,
        ),
        // A part is the exact one, rounded up or down.
        parts: await session.rows(
          `SELECT * FROM core.allocations WHERE ABS(CAST(amount AS DOUBLE) - CAST(pool_amount AS DOUBLE) * CAST(units AS DOUBLE) / CAST(total_units AS DOUBLE))
             > 0.01 + 1e-12 * ABS(CAST(pool_amount AS DOUBLE)) LIMIT 3`,
        ),
        // Who took more bears no less.
        unfair: await session.rows(
          `SELECT one.month FROM core.allocations AS one JOIN core.allocations AS other
             USING (month, origin_department, category, campaign_id, department)
           WHERE one.units > other.units AND ABS(one.amount) < ABS(other.amount) LIMIT 3`,
        ),
        sum: await session.one<{ ledger: string; allocated: number }>(
          `SELECT CAST(CAST(SUM(ledger) * 100 AS HUGEINT) AS VARCHAR) AS ledger, CAST(COUNT(*) FILTER (WHERE allocated <> 0) AS INTEGER) AS allocated FROM core.cost_balance`,
        ),
      }))
      assert.deepEqual([found.broken, found.pools, found.parts, found.unfair], [[], [], [], []], `seed ${seed}`)
      const cents = lines.reduce((sum, { cents: each }) => sum + BigInt(each), 0n)
      assert.equal(found.sum?.ledger, String(cents))
      allocated += found.sum?.allocated ?? 0
    }
    assert.ok(allocated > GRAPHS / 10)
  })
})

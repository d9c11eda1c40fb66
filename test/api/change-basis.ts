import assert from 'node:assert/strict'
import { changeOf, type ChangeDeps } from '../../api/queries/changes.ts'
import { localAccess, localViewer, Sights, type Access } from '../../api/access.ts'
import { openKysely } from '../../data/dialect.ts'
import { Warehouse } from '../../data/warehouse.ts'
import { EFFECTS, type Change, type ChangeQuestion, type ChangeSplit } from '../../models/metrics/change.ts'
import { dimensions, metrics } from '../../models/metrics/catalogue.ts'
import type { Viewer } from '../../models/metrics/metric.ts'

/** A row of the basis, with what a test leaves out. Amounts in cents. */
export interface BasisRow {
  readonly month: string
  readonly component: string
  readonly customer: string
  readonly item?: string
  readonly measure?: string
  readonly family?: string
  readonly region?: string
  readonly pool?: string
  readonly driver?: string
  readonly actual?: boolean
  readonly quantity: number
  readonly cents: number
}

/** What spread a kind of pool in a month: 'travel service'. */
export interface PoolRule {
  readonly month: string
  readonly category: string
  readonly department: string
  readonly driver: string
}

const SHAPE =
  '[{"month":"DATE","component":"VARCHAR","customer":"VARCHAR","item":"VARCHAR","measure":"VARCHAR","family":"VARCHAR","region":"VARCHAR","pool":"VARCHAR","driver":"VARCHAR","actual":"BOOLEAN","quantity":"DECIMAL(18,4)","cents":"DECIMAL(18,0)"}]'

/** The mart on its own in a real warehouse, and one like it that is attached as an edition of the past. */
export async function openBasis() {
  const warehouse = await Warehouse.open(':memory:')
  await warehouse.write((session) => session.run(`ATTACH ':memory:' AS past_one`))
  const write = (
    rows: readonly BasisRow[],
    rules: readonly PoolRule[] = [],
    database = warehouse.database,
  ): Promise<void> =>
    warehouse.write(async (session) => {
      await session.run(
        `CREATE SCHEMA IF NOT EXISTS ${database}.marts; CREATE SCHEMA IF NOT EXISTS ${database}.core;
         CREATE OR REPLACE TABLE ${database}.core.cost_pools AS SELECT CAST(NULL AS DATE) AS month, '' AS category, '' AS department, '' AS driver, '' AS campaign_id LIMIT 0`,
      )
      await session.run(
        `CREATE OR REPLACE TABLE ${database}.marts.change_basis AS
         SELECT month, component, customer AS customer_id, 'Name of ' || customer AS customer_name, COALESCE(item, 'P') AS item,
           COALESCE(measure, 'pieces') AS measure, COALESCE(family, 'none') AS family, COALESCE(region, 'East') AS region,
           COALESCE(item, 'P') AS product_id, COALESCE(item, 'P') AS product_name, 'regular' AS crm_class,
           COALESCE(pool, 'none') AS pool_kind, COALESCE(driver, 'none') AS driver, COALESCE(actual, TRUE) AS is_actual,
           quantity, CAST(cents / 100 AS DECIMAL(18, 2)) AS amount
         FROM (SELECT unnest(from_json($1, '${SHAPE}'), max_depth := 2))`,
        [JSON.stringify(rows)],
      )
      for (const { month, category, department, driver } of rules)
        await session.run(`INSERT INTO ${database}.core.cost_pools VALUES (CAST($1 AS DATE), $2, $3, $4, 'none')`, [
          month,
          category,
          department,
          driver,
        ])
    })
  const published = {
    as_of: '2026-12-31',
    known_at: '2027-01-01T00:00:00.000Z',
    warehouse_version: 1,
    sources: [],
    entities: {},
    mark: '1',
  }
  const deps: ChangeDeps = {
    snapshot: (work) => warehouse.snapshot(work),
    builder: openKysely<unknown>(warehouse),
    past: ({ knownAt = '' }) =>
      Promise.resolve({ database: 'past_one', as_of: knownAt, known_at: `${knownAt}T16:00:00.000Z` }),
    published,
    within: () => Promise.resolve(published),
  }
  const ask = (
    question: Partial<ChangeQuestion> = {},
    as: { access?: Access; viewer?: Viewer } = {},
  ): Promise<Change> =>
    unchanged(deps, new Sights(as.access ?? localAccess, { metrics, dimensions }).of(as.viewer ?? localViewer), {
      metric: 'profit',
      from: '2025',
      to: '2026',
      where: [],
      limit: 1000,
      ...question,
    })
  return { warehouse, write, ask, close: () => warehouse.close() }
}

export type Basis = Awaited<ReturnType<typeof openBasis>>

/** volume, mix, rate, rule, late in money. */
export const effectsOf = (split: ChangeSplit | undefined) => EFFECTS.map((name) => split?.[name])

/** Was, is and the effects in whole cents. */
export function centsOf(split: ChangeSplit): Record<keyof ChangeSplit, number> {
  const names = ['was', 'is', ...EFFECTS] as const
  return Object.fromEntries(names.map((name) => [name, Math.round(split[name] * 100)])) as ReturnType<typeof centsOf>
}

/** SQL that gives the company one customer whose revenue rose from 20, for 2 pieces in 2024, to `amount` for 3 in 2025. */
export function basisOf(amount: number): string {
  return `CREATE SCHEMA IF NOT EXISTS core; CREATE OR REPLACE TABLE core.cost_pools AS SELECT CAST(NULL AS DATE) AS month, '' AS category, '' AS department, '' AS driver, '' AS campaign_id LIMIT 0;
       CREATE OR REPLACE TABLE marts.change_basis AS
       SELECT CAST(month AS DATE) AS month, 'revenue' AS component, 'P' AS item, 'pieces' AS measure, 'none' AS family, 'P' AS product_id,
         'none' AS pool_kind, 'none' AS driver, customer AS customer_id, 'Name' AS customer_name, TRUE AS is_actual,
         CAST(quantity AS DECIMAL(18, 4)) AS quantity, CAST(amount AS DECIMAL(18, 2)) AS amount
       FROM (VALUES ('2024-03-01', 'C1', 2, 20), ('2025-03-01', 'C1', 3, ${amount})) AS rows(month, customer, quantity, amount)`
}

/** Nothing is published meanwhile. */
async function unchanged(...asked: Parameters<typeof changeOf>): Promise<Change> {
  return (await changeOf(...asked)) ?? assert.fail('nothing newer is published')
}

import { sql, type RawBuilder } from 'kysely'
import { EFFECTS, type ChangeComponent } from '../../models/metrics/change.ts'
import type { Fragment } from './statement.ts'

/** The mart that has quantities and amounts. */
export const BASIS = 'marts.change_basis'

/** How many stand behind each effect. */
const LEADERS = 3

/** What has a price in a list or a wage: where a customer had none before, others had. */
const PRICED: readonly ChangeComponent[] = [
  'revenue',
  'cost_of_goods',
  'chargeable_revenue',
  'visit_charges',
  'parts_cost',
  'labour_cost',
]

export interface SplitScope {
  /** Months as first days, the last one not included. */
  readonly old: { readonly from: string; readonly until: string }
  readonly new: { readonly from: string; readonly until: string }
  /** Databases of editions in which the figures are split; undefined: the published one. */
  readonly editions: { readonly old: string | undefined; readonly new: string | undefined }
  /** What is known now stands beside them, and the difference is late. */
  readonly separatesLate: boolean
  readonly signs: Readonly<Partial<Record<ChangeComponent, 1 | -1>>>
  /** Column and words of the dimension the change is split by. */
  readonly by: { readonly column: string; readonly label: string | undefined } | undefined
  readonly filters: readonly RawBuilder<boolean>[]
  /** Which rows the viewer may see; undefined: all. */
  readonly allowed: (database: string | undefined) => RawBuilder<boolean> | undefined
  readonly limit: number
}

/**
 * One statement for the whole split. Every cell – customer, item, measure – is split by itself: volume is the old amount times
 * what the measure of the whole grew by, mix what is left at old prices, rate the rest; each rounded to cents by largest
 * remainder, so that the cells sum to every total without one. docs/worth.md has the definitions in words.
 */
export function splitStatement(scope: SplitScope): Fragment {
  const steps = [
    sql`figures AS (${sql.join(sourcesOf(scope), sql` UNION ALL `)})`,
    // The driver of a kind of pool in the last month of the old period that had one.
    sql`rules AS (
      SELECT CONCAT(category, ' ', department) AS pool_kind, ARG_MAX(driver, month) AS driver
      FROM ${table(scope.editions.old, 'core', 'cost_pools')}
      WHERE campaign_id = 'none' AND ${within('month', scope.old)}
      GROUP BY category, department
    )`,
    sql`ruled AS (
      SELECT figures.* REPLACE (
          CASE WHEN figures.pool_kind = 'none' OR rules.driver IS NULL THEN figures.measure
            ELSE CONCAT('driver ', rules.driver) END AS measure),
        CASE WHEN figures.pool_kind = 'none' OR rules.driver IS NULL THEN figures.is_actual
          ELSE figures.driver = rules.driver END AS is_told
      FROM figures LEFT JOIN rules ON rules.pool_kind = figures.pool_kind
    )`,
    cells,
    sql`activity AS (
      SELECT measure, customer_id,
        CAST(SUM(quantity) FILTER (is_old) AS DOUBLE) AS q0, CAST(SUM(quantity) FILTER (is_new) AS DOUBLE) AS q1
      FROM figures WHERE component = 'activity' AND is_then GROUP BY measure, customer_id
    )`,
    sql`active AS (
      SELECT measure, CAST(SUM(quantity) FILTER (is_old) AS DOUBLE) AS q0, CAST(SUM(quantity) FILTER (is_new) AS DOUBLE) AS q1
      FROM figures WHERE component = 'activity' AND is_then GROUP BY measure
    )`,
    sql`own AS (
      SELECT component, measure, CAST(SUM(own0) AS DOUBLE) AS q0, CAST(SUM(own1) AS DOUBLE) AS q1
      FROM cells GROUP BY component, measure
    )`,
    sql`prices AS (
      SELECT component, item, 100 * CAST(SUM(amount) AS DOUBLE) / CAST(SUM(quantity) AS DOUBLE) AS price
      FROM ${table(scope.editions.old, 'marts', 'change_basis')} AS mart
      WHERE ${all([
        within('month', scope.old),
        sql`component IN (${sql.join([...PRICED])})`,
        sql`item != 'none'`,
        ...allowedOf(scope, scope.editions.old),
      ])}
      GROUP BY component, item HAVING SUM(quantity) > 0
    )`,
    measured,
    ...splitting,
    sums(scope),
  ]
  return sql`WITH ${sql.join(steps)} ${chosen(scope)}`
}

/** What the cells are made of: both periods, as they were known when they were closed, and as they are known now. */
function sourcesOf(scope: SplitScope): Fragment[] {
  const { editions, separatesLate } = scope
  const at = (database: string | undefined, parts: Parts) => source(scope, database, parts)
  if (!separatesLate) return [at(undefined, { old: true, new: true, isThen: true, isNow: true })]
  return [
    at(editions.old, { old: true, new: false, isThen: true, isNow: false }),
    at(editions.new, { old: false, new: true, isThen: true, isNow: false }),
    at(undefined, { old: true, new: true, isThen: false, isNow: true }),
  ]
}

interface Parts {
  readonly old: boolean
  readonly new: boolean
  readonly isThen: boolean
  readonly isNow: boolean
}

function source(scope: SplitScope, database: string | undefined, parts: Parts): Fragment {
  const isOld = parts.old ? within('mart.month', scope.old) : sql`FALSE`
  const isNew = parts.new ? within('mart.month', scope.new) : sql`FALSE`
  const { by, filters } = scope
  return sql`SELECT mart.component, mart.item, mart.measure, mart.family, mart.customer_id, mart.pool_kind, mart.driver,
      mart.is_actual, mart.quantity, CAST(mart.amount * 100 AS BIGINT) AS cents,
      ${by === undefined ? sql`NULL` : sql`CAST(${sql.ref(`mart.${by.column}`)} AS VARCHAR)`} AS value,
      ${by?.label === undefined ? sql`NULL` : sql`CAST(${sql.ref(`mart.${by.label}`)} AS VARCHAR)`} AS label,
      ${isOld} AS is_old, ${isNew} AS is_new, ${sql.raw(`${parts.isThen} AS is_then, ${parts.isNow} AS is_now`)}
    FROM ${table(database, 'marts', 'change_basis')} AS mart
    WHERE ${all([sql`(${isOld} OR ${isNew})`, ...filters, ...allowedOf(scope, database)])}`
}

function allowedOf({ allowed }: SplitScope, database: string | undefined): Fragment[] {
  const rows = allowed(database)
  return rows === undefined ? [] : [rows]
}

function table(database: string | undefined, schema: string, name: string): Fragment {
  return database === undefined ? sql.id(schema, name) : sql.id(database, schema, name)
}

function within(column: string, { from, until }: { from: string; until: string }): Fragment {
  return sql`(${sql.ref(column)} >= CAST(${from} AS DATE) AND ${sql.ref(column)} < CAST(${until} AS DATE))`
}

const all = (conditions: readonly Fragment[]): Fragment => sql.join([...conditions], sql` AND `)

/** In cents. told: under the rules of the old period, as known then; borne: as it was; now: as it is known now. */
const cells: Fragment = sql`cells AS (
  SELECT component, item, measure, family, customer_id, value, MAX(label) AS label,
    COALESCE(SUM(quantity) FILTER (is_then AND is_told AND is_old), 0) AS own0,
    COALESCE(SUM(quantity) FILTER (is_then AND is_told AND is_new), 0) AS own1,
    CAST(COALESCE(SUM(cents) FILTER (is_then AND is_told AND is_old), 0) AS BIGINT) AS told0,
    CAST(COALESCE(SUM(cents) FILTER (is_then AND is_told AND is_new), 0) AS BIGINT) AS told1,
    CAST(COALESCE(SUM(cents) FILTER (is_then AND is_actual AND is_old), 0) AS BIGINT) AS borne0,
    CAST(COALESCE(SUM(cents) FILTER (is_then AND is_actual AND is_new), 0) AS BIGINT) AS borne1,
    CAST(COALESCE(SUM(cents) FILTER (is_now AND is_actual AND is_old), 0) AS BIGINT) AS now0,
    CAST(COALESCE(SUM(cents) FILTER (is_now AND is_actual AND is_new), 0) AS BIGINT) AS now1
  FROM ruled WHERE component != 'activity'
  GROUP BY component, item, measure, family, customer_id, value
)`

/** Each cell with its quantities, those of the whole that it is measured by, and what its item cost others before. */
const measured: Fragment = sql`measured AS (
  SELECT cells.*,
    CASE WHEN of_activity THEN COALESCE(activity.q0, 0) ELSE CAST(cells.own0 AS DOUBLE) END AS q0,
    CASE WHEN of_activity THEN COALESCE(activity.q1, 0) ELSE CAST(cells.own1 AS DOUBLE) END AS q1,
    CASE WHEN active.measure IS NOT NULL THEN COALESCE(active.q0, 0) ELSE own.q0 END AS whole0,
    CASE WHEN active.measure IS NOT NULL THEN COALESCE(active.q1, 0) ELSE own.q1 END AS whole1,
    prices.price AS price_of_others, CAST(told0 AS DOUBLE) AS a0, CAST(told1 AS DOUBLE) AS a1
  FROM (
    SELECT *, component = 'traced_expenses' OR (component = 'indirect_cost' AND measure LIKE 'driver %') AS of_activity FROM cells
  ) AS cells
  LEFT JOIN activity ON activity.measure = cells.measure AND activity.customer_id = cells.customer_id
  LEFT JOIN active ON active.measure = cells.measure
  LEFT JOIN own ON own.component = cells.component AND own.measure = cells.measure
  LEFT JOIN prices ON prices.component = cells.component AND prices.item = cells.item
)`

const splitting: readonly Fragment[] = [
  sql`grown AS (
    SELECT *,
      CASE WHEN whole0 * whole1 > 0 THEN whole1 / whole0 WHEN whole0 = whole1 THEN 1 WHEN whole1 = 0 THEN 0 END AS growth,
      CASE WHEN q0 * q1 > 0 THEN a0 / q0 WHEN q0 = 0 AND a0 = 0 AND q1 > 0 THEN price_of_others END AS price
    FROM measured
  )`,
  // What has no old price counts at what it is now; what has no quantity at all has only an amount to change.
  sql`repriced AS (
    SELECT *, q0 = 0 AND q1 = 0 AND a0 != 0 AND a1 != 0 AS is_bare,
      CASE WHEN price IS NOT NULL THEN q1 * price WHEN q0 = 0 AND q1 = 0 AND a0 != 0 AND a1 != 0 THEN a0 ELSE a1 END AS at_old_price
    FROM grown
  )`,
  // Without a growth the whole began: all of it is volume.
  sql`exact AS (
    SELECT *,
      CASE WHEN is_bare THEN 0 WHEN growth IS NULL THEN at_old_price - a0 ELSE a0 * (growth - 1) END AS volume_cents,
      CASE WHEN is_bare OR growth IS NULL THEN 0 ELSE at_old_price - a0 * growth END AS mix_cents
    FROM repriced
  )`,
  sql`floored AS (
    SELECT *, FLOOR(v) AS v0, FLOOR(m) AS m0, FLOOR(d - v - m) AS t0,
      v - FLOOR(v) AS v_rest, m - FLOOR(m) AS m_rest, (d - v - m) - FLOOR(d - v - m) AS t_rest
    FROM (
      SELECT *, ROUND(volume_cents, 6) AS v, ROUND(mix_cents, 6) AS m, a1 - a0 AS d FROM exact
    ) AS rounded
  )`,
  sql`split AS (
    SELECT component, value, label, now0, now1,
      v0 + CASE WHEN CAST(m_rest > v_rest AS INTEGER) + CAST(t_rest > v_rest AS INTEGER) < d - v0 - m0 - t0 THEN 1 ELSE 0 END AS volume,
      m0 + CASE WHEN CAST(v_rest >= m_rest AS INTEGER) + CAST(t_rest > m_rest AS INTEGER) < d - v0 - m0 - t0 THEN 1 ELSE 0 END AS mix,
      t0 + CASE WHEN CAST(v_rest >= t_rest AS INTEGER) + CAST(m_rest >= t_rest AS INTEGER) < d - v0 - m0 - t0 THEN 1 ELSE 0 END AS rate,
      (borne1 - told1) - (borne0 - told0) AS rule,
      (now1 - borne1) - (now0 - borne0) AS late
    FROM floored
  )`,
]

const cents = (name: string): Fragment =>
  sql`CAST(COALESCE(SUM(CAST(${sql.ref(name)} AS BIGINT) * sign), 0) AS BIGINT) AS ${sql.id(name)}`

/** The whole, each component, each part. */
function sums({ signs, by }: SplitScope): Fragment {
  const isPart = by === undefined ? sql`FALSE` : sql`GROUPING(value) = 0`
  const signed = Object.entries(signs).map(([name, sign]) => sql`(${name}, ${sql.raw(String(sign))})`)
  return sql`sums AS (
    SELECT
      CASE WHEN GROUPING(split.component) = 0 THEN 'component' WHEN ${isPart} THEN 'part' ELSE 'whole' END AS level,
      split.component, ${by === undefined ? sql`NULL` : sql`value`} AS value, MAX(label) AS label,
      CAST(COALESCE(SUM(now0 * sign), 0) AS BIGINT) AS was, CAST(COALESCE(SUM(now1 * sign), 0) AS BIGINT) AS "is",
      ${sql.join(EFFECTS.map(cents))}
    FROM split INNER JOIN (VALUES ${sql.join(signed)}) AS signs(component, sign) ON signs.component = split.component
    GROUP BY GROUPING SETS ((), (split.component)${by === undefined ? sql`` : sql`, (value)`})
  )`
}

/** Of the parts those that changed most and those behind each effect. */
function chosen({ limit }: SplitScope): Fragment {
  const places = ['"is" - was', ...EFFECTS].map(
    (what, at) =>
      sql`ROW_NUMBER() OVER (PARTITION BY level ORDER BY ABS(${sql.raw(what)}) DESC, value NULLS LAST) AS ${sql.id(`place_${at}`)}`,
  )
  const near = EFFECTS.map((name, at) => sql`(${sql.id(`place_${at + 1}`)} <= ${LEADERS} AND ${sql.id(name)} != 0)`)
  return sql`SELECT * FROM (
      SELECT *, ${sql.join(places)}, CAST(COUNT(*) OVER (PARTITION BY level) AS INTEGER) AS rows FROM sums
      WHERE level != 'part' OR was != 0 OR "is" != 0 OR ${sql.join(
        EFFECTS.map((name) => sql`${sql.id(name)} != 0`),
        sql` OR `,
      )}
    ) AS placed
    WHERE level != 'part' OR place_0 <= ${limit} OR ${sql.join(near, sql` OR `)}
    ORDER BY level, place_0`
}

import { sql } from 'kysely'
import { bestFirst } from '../../models/metrics/comparison.ts'
import { ROW_KIND } from '../../models/metrics/metric.ts'
import type { PeriodPair } from '../../models/metrics/period.ts'
import { metricCondition } from './filters.ts'
import { readOrder, type NamedDimension, type Plan } from './plan.ts'
import { relationSteps, type Relation } from './relation.ts'
import { labelOf } from './side.ts'
import type { Fragment, Scope } from './statement.ts'

/** The step with the rows of the answer, and the one with the row of all of them. */
export const ANSWER = 'answer'
export const TOTALS = 'totals'

const KEPT = 'kept'
const LEADERS = 'leaders'

type Key = (dimension: NamedDimension) => Fragment

/** Which rows are of the groups that filters on figures leave; undefined: all. */
type Kept = Relation['only']

/**
 * The rows of a question. Beside the groups themselves, those of the rest and of everything are summed again from the rows of the
 * marts, so that ratios, averages and distinct counts are theirs and not sums of others.
 */
export function answerSteps(plan: Plan, scope: Scope, pair: PeriodPair | undefined): Fragment[] {
  const whole = { plan, scope, pair }
  const groups = relationSteps({ ...whole, name: 'groups', by: plan.by, ranked: true, only: undefined })
  const conditions = plan.metricFilters.map(metricCondition)
  const where = conditions.length === 0 ? sql`` : sql`WHERE ${sql.join(conditions, sql` AND `)}`
  const ofKept: Kept = conditions.length === 0 ? undefined : (key) => [among(KEPT, plan.by, key)]
  const kept = sql`${sql.id(KEPT)} AS MATERIALIZED (SELECT *, 'group' AS ${sql.id(ROW_KIND)} FROM groups ${where})`
  return [
    ...groups,
    kept,
    ...(plan.top === undefined
      ? [sql`${sql.id(ANSWER)} AS (SELECT * FROM ${sql.id(KEPT)})`]
      : topSteps(plan, plan.top, whole, ofKept)),
    ...(plan.totals
      ? [
          ...relationSteps({ ...whole, name: 'everything', by: [], ranked: false, only: ofKept }),
          sql`${sql.id(TOTALS)} AS (SELECT *, 'total' AS ${sql.id(ROW_KIND)} FROM everything)`,
        ]
      : []),
  ]
}

/** The values of the first dimension that lead, their rows, and the rows of all the others as one value. */
function topSteps(plan: Plan, top: number, whole: Pick<Relation, 'plan' | 'scope' | 'pair'>, ofKept: Kept): Fragment[] {
  const [first, ...others] = plan.by
  if (first === undefined) return []
  const ranking = others.length === 0 ? KEPT : 'leading'
  const leading =
    others.length === 0 ? [] : relationSteps({ ...whole, name: ranking, by: [first], ranked: true, only: ofKept })
  const leads = sql`${sql.id(LEADERS)} AS MATERIALIZED (
    SELECT ${sql.id(first.name)} FROM ${sql.id(ranking)} ORDER BY ${leadingOrder(plan, first, ranking)} LIMIT ${BigInt(top)}
  )`
  const rest = relationSteps({
    ...whole,
    name: 'rest',
    by: others,
    ranked: false,
    only: (key) => [...(ofKept?.(key) ?? []), sql`NOT ${among(LEADERS, [first], key)}`],
  })
  const inKept = (dimension: NamedDimension): Fragment => sql.ref(`${KEPT}.${dimension.name}`)
  const led = among(LEADERS, [first], inKept)
  // Summed without groups, a rest of nothing would be a row too.
  const isAny = sql`EXISTS (SELECT 1 FROM ${sql.id(KEPT)} WHERE NOT ${led})`
  return [
    ...leading,
    leads,
    ...rest,
    sql`${sql.id(ANSWER)} AS (
      SELECT * FROM ${sql.id(KEPT)} WHERE ${led}
      UNION ALL BY NAME SELECT *, 'rest' AS ${sql.id(ROW_KIND)} FROM rest WHERE ${isAny}
    )`,
  ]
}

/** The asked order, as far as it is of figures or of the dimension itself; else the best of the first figure. */
function leadingOrder(plan: Plan, first: NamedDimension, ranking: string): Fragment {
  const others = new Set(plan.by.slice(1).map(({ name }) => name))
  const asked = plan.order.filter(({ name }) => !others.has(name))
  const used = asked.length > 0 ? asked : [readOrder(plan.metrics, bestFirst(plan.metrics[0] ?? '', plan.catalogue))]
  const labelled = Object.keys(first.dimension.labels ?? {}).some((mart) => plan.marts.has(mart))
  const keys = used.map(({ name, descending }) => {
    const shown = name === first.name && labelled ? labelOf(name) : name
    return sql`${sql.ref(`${ranking}.${shown}`)} ${sql.raw(descending ? 'DESC' : 'ASC')} NULLS LAST`
  })
  return sql.join([...keys, sql`${sql.ref(`${ranking}.${first.name}`)} NULLS LAST`])
}

/** Whether the step has a row of the same values; not known equals not known. */
function among(step: string, by: readonly NamedDimension[], key: Key): Fragment {
  const equal = by.map((each) => sql`${sql.ref(`${step}.${each.name}`)} IS NOT DISTINCT FROM ${key(each)}`)
  return sql`EXISTS (SELECT 1 FROM ${sql.id(step)} WHERE ${sql.join(equal.length === 0 ? [sql`TRUE`] : equal, sql` AND `)})`
}

import type { Session } from '../../data/warehouse.ts'
import type { Compared, Move, WhatIf } from '../../models/metrics/what-if.ts'

/** Moves at most that an answer has. */
const MOST = 1_000

type Found = Omit<WhatIf, 'as_of' | 'warehouse_version' | 'policy' | 'holds_from' | 'milliseconds'>

interface Sums {
  readonly profit: number
  readonly service_revenue: number
  readonly visit_charges: number
  readonly direct_service_cost: number
  readonly indirect_cost: number
  readonly unallocated: number
  readonly idle: number
  readonly charged_visits: number
  readonly broken_promises: number
}

/** What differs between two databases with the same marts, of the twelve months up to the business date. Names are our own. */
export async function compareDraft(session: Session, { was, would }: { was: string; would: string }): Promise<Found> {
  const before = await sumsOf(session, was)
  const after = await sumsOf(session, would)
  const compared = (name: keyof Sums): Compared => ({ was: before[name], would: after[name] })
  const counts = await session.one<{ customers: number; classes_moved: number; customers_moved: number }>(
    `SELECT COUNT(*) AS customers, COUNT(*) FILTER (WHERE class_was <> class_would) AS classes_moved,
       COUNT(*) FILTER (WHERE ${MOVED}) AS customers_moved FROM (${pairs(was, would)})`,
  )
  return {
    profit: compared('profit'),
    service_revenue: compared('service_revenue'),
    visit_charges: compared('visit_charges'),
    direct_service_cost: compared('direct_service_cost'),
    indirect_cost: compared('indirect_cost'),
    unallocated: compared('unallocated'),
    idle: compared('idle'),
    charged_visits: compared('charged_visits'),
    broken_promises: compared('broken_promises'),
    customers: counts?.customers ?? 0,
    classes_moved: counts?.classes_moved ?? 0,
    customers_moved: counts?.customers_moved ?? 0,
    moves: await session.rows<Move>(
      `FROM (${pairs(was, would)}) WHERE ${MOVED}
       ORDER BY class_was = class_would, ABS(profit_would - profit_was) DESC, customer_id LIMIT ${MOST}`,
    ),
  }
}

const MOVED = `class_was <> class_would OR profit_was <> profit_would OR advice_was <> advice_would
  OR ROUND(score_was, 2) <> ROUND(score_would, 2)`

const pairs = (was: string, would: string): string =>
  `SELECT a.customer_id, a.customer_name, a.customer_kind, a.effective_class AS class_was, b.effective_class AS class_would,
     a.score AS score_was, b.score AS score_would, a.trailing_profit AS profit_was, b.trailing_profit AS profit_would,
     a.advice AS advice_was, b.advice AS advice_would
   FROM ${was}.marts.customer_advice AS a INNER JOIN ${would}.marts.customer_advice AS b USING (customer_id)`

async function sumsOf(session: Session, database: string): Promise<Sums> {
  const since = `(SELECT CAST(DATE_TRUNC('month', as_of) - INTERVAL '11' MONTH AS DATE) FROM ${database}.policy.clock)`
  const sums = await session.one<Sums>(
    `SELECT * FROM
       (SELECT COALESCE(SUM(profit), 0) AS profit, COALESCE(SUM(service_revenue), 0) AS service_revenue,
          COALESCE(SUM(visit_charges), 0) AS visit_charges, COALESCE(SUM(direct_service_cost), 0) AS direct_service_cost,
          COALESCE(SUM(indirect_cost), 0) AS indirect_cost
        FROM ${database}.marts.customer_months WHERE month >= ${since}),
       (SELECT COALESCE(SUM(unallocated), 0) AS unallocated FROM ${database}.core.cost_balance WHERE month >= ${since}),
       (SELECT COALESCE(SUM(amount) FILTER (WHERE destination = 'idle'), 0) AS idle FROM ${database}.marts.cost_months WHERE month >= ${since}),
       (SELECT COUNT(*) AS charged_visits FROM ${database}.core.visit_charges WHERE done_on >= ${since}),
       (SELECT COUNT(*) FILTER (WHERE NOT is_promise_kept) AS broken_promises FROM ${database}.marts.requests WHERE month >= ${since})`,
  )
  if (sums === undefined) throw new RangeError('sums without groups give one row')
  return sums
}

import { defineModel } from '../builder/model.ts'
import { increment, type Subject } from '../leads/increment.ts'

export const model = defineModel({
  description:
    'How much more customers bought who had contact with service than equals who had none. Contact in the horizon (policy) before the day of the backtest, purchases in the one after; equals have the same class and region and bought and own alike. One row.',
  grain: ['since_on'],
  columns: {
    since_on: 'Day from which purchases count.',
    verdict:
      'claimed, where the whole 95 % interval lies above zero; open where it does not; too_few where there are not enough equals.',
    lift: 'Purchases of customers with contact over those of equals without, less one.',
    lift_low: 'Lower end of the 95 % interval.',
    lift_high: 'Upper end of the 95 % interval.',
    treated: 'Customers with contact that have equals.',
    controls: 'Customers without contact that are their equals.',
    unmatched: 'Customers with contact that have no equal.',
  },
  audits: [{ unique: 'since_on' }],
  reads: {
    look: `SELECT CAST(seen_on AS VARCHAR) AS since_on FROM core.lead_looks WHERE seen = 'before'`,
    customers: `SELECT before.customer_id, CONCAT(customers.crm_class, '/', customers.region) AS alike, CAST(before.value AS DOUBLE) AS spent,
        CAST(now.value - before.value AS DOUBLE) AS bought, COALESCE(machines.machines, 0) AS machines, traces.customer_id IS NOT NULL AS is_treated
      FROM core.lead_customers AS before
      INNER JOIN core.lead_customers AS now ON now.seen = 'now' AND now.customer_id = before.customer_id
      INNER JOIN core.customers ON customers.customer_id = before.customer_id
      LEFT JOIN (
        SELECT customer_id, COUNT(*) AS machines FROM core.lead_machines WHERE seen = 'before' AND NOT is_retired GROUP BY customer_id
      ) AS machines ON machines.customer_id = before.customer_id
      LEFT JOIN (
        SELECT DISTINCT traces.customer_id FROM core.service_traces AS traces
        INNER JOIN core.lead_looks AS looks ON looks.seen = 'before' AND traces.traced_on > looks.since_on AND traces.traced_on <= looks.seen_on
      ) AS traces ON traces.customer_id = before.customer_id
      WHERE before.seen = 'before' AND before.customer_kind = 'direct' ORDER BY before.customer_id`,
  },
  types: {
    since_on: 'DATE',
    verdict: 'VARCHAR',
    lift: 'DOUBLE',
    lift_low: 'DOUBLE',
    lift_high: 'DOUBLE',
    treated: 'BIGINT',
    controls: 'BIGINT',
    unmatched: 'BIGINT',
  },
  *rows({ look, customers }) {
    const number = (name: string, at: number): number => Number(customers[name]?.[at] ?? 0)
    const subjects = (customers['customer_id'] ?? []).map((_, at): Subject => {
      const alike = customers['alike']?.[at]
      return {
        treated: customers['is_treated']?.[at] === true,
        outcome: number('bought', at),
        exactly: typeof alike === 'string' ? alike : '',
        nearly: [Math.log1p(Math.max(0, number('spent', at))), number('machines', at)],
      }
    })
    const since_on = look['since_on']?.[0] ?? null
    const found = increment(subjects)
    if (found === undefined) yield { since_on, verdict: 'too_few' }
    else
      yield {
        since_on,
        verdict: found.isClaimed ? 'claimed' : 'open',
        lift: found.lift,
        lift_low: found.low,
        lift_high: found.high,
        treated: found.treated,
        controls: found.controls,
        unmatched: found.unmatched,
      }
  },
})

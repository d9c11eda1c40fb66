import { defineModel } from '../builder/model.ts'
import { aliveChance, expectedPurchases, medianWait, type Fit } from '../lifetime/purchases.ts'
import { createDraws, drawPurchases, quantiles } from '../lifetime/simulate.ts'
import { discounted, expectedValue } from '../lifetime/spending.ts'

const MONTH = 365.25 / 12 / 7
/** Purchases of a customer are drawn so often for its interval; of very many customers less often. */
const ROUNDS = { most: 400, least: 40, all: 4_000_000 }

/** What is told of a customer beside its forecast. */
const KEPT = [
  'customer_id',
  'customer_name',
  'customer_kind',
  'crm_class',
  'region',
  'industry',
  'sales_owner',
  'service_owner',
]

export const model = defineModel({
  description:
    'What each direct customer is likely to buy and to leave in the year to come, with an interval; or why nothing can be said. Reporting currency.',
  grain: ['customer_id'],
  columns: {
    customer_name: 'Name.',
    customer_kind: 'direct.',
    crm_class: 'Class in the CRM; unknown where nobody set one.',
    region: 'Region; unknown where nobody entered one.',
    industry: 'Industry; unknown where nobody entered one.',
    sales_owner: 'Name of the sales owner; unknown where there is none.',
    service_owner: 'Name of the service owner; unknown where there is none.',
    problem:
      'Why there is no forecast: never_ordered, too_few_customers (the base is too small to learn from); none where there is one.',
    alive_chance: 'Chance that the customer still buys from us, 0 to 1.',
    orders_90: 'Purchases expected in 90 days.',
    orders_365: 'Purchases expected in 365 days.',
    orders_365_low: 'Lower end of the 90 % interval.',
    orders_365_high: 'Upper end of the 90 % interval.',
    next_order_days: 'If it still buys: with even odds the next purchase comes within so many days.',
    order_value: 'Value expected of a purchase.',
    future_margin: 'Sales margin expected of 365 days, discounted monthly.',
    future_service_cost: 'Requests as in the last 365 days times what one cost, direct and indirect, discounted alike.',
    future_value: 'Future margin less future service cost.',
    future_value_low: 'With purchases at the lower end of their interval.',
    future_value_high: 'With purchases at the upper end of their interval.',
  },
  audits: [{ unique: 'customer_id' }, { not_null: ['customer_name', 'problem'] }],
  reads: {
    fits: `SELECT problem, regularity, r, alpha, a, b, p, q, v FROM core.purchase_fits WHERE seen = 'now'`,
    rates: 'SELECT yearly_discount FROM policy.settings',
    customers: `SELECT customers.customer_id, customers.customer_name, customers.customer_kind, customers.crm_class, customers.region,
        customers.industry, customers.sales_owner, customers.service_owner, histories.repeat_purchases AS x, histories.last_after_weeks AS tx,
        histories.seen_weeks AS t, histories.mean_value, histories.margin_share,
        CAST(customers.trailing_requests AS DOUBLE) AS requests,
        CAST(customers.trailing_direct_service_cost + customers.trailing_indirect_cost AS DOUBLE) AS service_cost
      FROM marts.customers
      LEFT JOIN core.purchase_histories AS histories ON histories.customer_id = customers.customer_id AND histories.seen = 'now'
      WHERE customers.customer_kind = 'direct' ORDER BY customers.customer_id`,
  },
  types: {
    customer_id: 'VARCHAR',
    customer_name: 'VARCHAR',
    customer_kind: 'VARCHAR',
    crm_class: 'VARCHAR',
    region: 'VARCHAR',
    industry: 'VARCHAR',
    sales_owner: 'VARCHAR',
    service_owner: 'VARCHAR',
    problem: 'VARCHAR',
    alive_chance: 'DOUBLE',
    orders_90: 'DOUBLE',
    orders_365: 'DOUBLE',
    orders_365_low: 'DOUBLE',
    orders_365_high: 'DOUBLE',
    next_order_days: 'DOUBLE',
    order_value: 'DECIMAL(18, 2)',
    future_margin: 'DECIMAL(18, 2)',
    future_service_cost: 'DECIMAL(18, 2)',
    future_value: 'DECIMAL(18, 2)',
    future_value_low: 'DECIMAL(18, 2)',
    future_value_high: 'DECIMAL(18, 2)',
  },
  *rows({ fits, rates, customers }) {
    const number = (columns: typeof fits, name: string, at = 0): number => Number(columns[name]?.[at] ?? 0)
    const ids = customers['customer_id'] ?? []
    const fitted = (fits['problem'] ?? []).length > 0 && fits['problem']?.[0] === null
    const found: Pick<Fit, 'form' | 'parameters'> = {
      form: { kind: 'mbg', regularity: number(fits, 'regularity') },
      parameters: { r: number(fits, 'r'), alpha: number(fits, 'alpha'), a: number(fits, 'a'), b: number(fits, 'b') },
    }
    const spending = { p: number(fits, 'p'), q: number(fits, 'q'), v: number(fits, 'v') }
    const rate = (1 + number(rates, 'yearly_discount')) ** (1 / 12) - 1
    const rounds = Math.round(Math.max(ROUNDS.least, Math.min(ROUNDS.most, ROUNDS.all / Math.max(ids.length, 1))))
    const draws = createDraws(1)
    for (const at of ids.keys()) {
      const named = Object.fromEntries(KEPT.map((name) => [name, customers[name]?.[at] ?? null]))
      const bought = customers['x']?.[at] !== null && customers['x']?.[at] !== undefined
      if (!bought || !fitted) {
        yield { ...named, problem: bought ? 'too_few_customers' : 'never_ordered' }
        continue
      }
      const history = { x: number(customers, 'x', at), tx: number(customers, 'tx', at), t: number(customers, 't', at) }
      const until = (time: number): number => expectedPurchases(found, history, time)
      const drawn = Array.from({ length: rounds }, () => drawPurchases(found, history, { time: 12 * MONTH, draws }))
      const [low = 0, high = 0] = quantiles(drawn, [0.05, 0.95])
      const year = until(12 * MONTH)
      const value = expectedValue(spending, { x: history.x + 1, mean: number(customers, 'mean_value', at) })
      const twelve = { periods: 12, length: MONTH, rate }
      const margin = discounted(until, { ...twelve, value: value * number(customers, 'margin_share', at) })
      const cost = discounted((time) => time / (12 * MONTH), {
        ...twelve,
        value: number(customers, 'service_cost', at),
      })
      const scaled = (orders: number): number => (year > 0 ? (margin * orders) / year : 0)
      const cents = (amount: number): number => Math.round(amount * 100) / 100
      const bounds = [cents(scaled(low)) - cents(cost), cents(scaled(high)) - cents(cost)].toSorted(
        (one, other) => one - other,
      )
      yield {
        ...named,
        problem: 'none',
        alive_chance: aliveChance(found, history),
        orders_90: until(90 / 7),
        orders_365: year,
        orders_365_low: low,
        orders_365_high: high,
        next_order_days: 7 * medianWait(found, history),
        order_value: cents(value),
        future_margin: cents(margin),
        future_service_cost: cents(cost),
        future_value: cents(cents(margin) - cents(cost)),
        future_value_low: cents(bounds[0] ?? 0),
        future_value_high: cents(bounds[1] ?? 0),
      }
    }
  },
})

import { defineModel, type ReadColumns } from '../builder/model.ts'
import { expectedPurchases, fit, type Fit, type Group } from '../lifetime/purchases.ts'
import { totalPurchases } from '../lifetime/simulate.ts'
import { fitSpending, type Spender } from '../lifetime/spending.ts'

/** Weeks that are held out, and forecast: 182 days. */
const HELD_OUT = 26
/** With fewer customers, or fewer who bought again, a fit says more of chance than of them. */
const MINIMUM = { customers: 50, repeaters: 25 }
const REGULARITIES = [1, 2, 3, 4] as const
/** A base is no larger where its interval is drawn: what is beyond changes the interval by less than it shows. */
const DRAWN = 20_000

interface Base {
  readonly groups: readonly Group[]
  readonly spenders: readonly Spender[]
  readonly after: readonly number[]
  readonly justBefore: readonly number[]
}

/** The customers of one look at the purchases. */
function baseOf(histories: ReadColumns, seen: string): Base {
  const chosen = (histories['seen'] ?? []).flatMap((each, at) => (each === seen ? [at] : []))
  const column = (name: string): readonly number[] => chosen.map((at) => Number(histories[name]?.[at] ?? 0))
  const x = column('repeat_purchases')
  const [tx, t] = [column('last_after_weeks'), column('seen_weeks')]
  const [lnTimes, means] = [column('ln_gaps'), column('mean_value')]
  return {
    groups: x.map((each, at) => ({ x: each, tx: tx[at] ?? 0, t: t[at] ?? 0, lnTimes: lnTimes[at] ?? 0, customers: 1 })),
    spenders: means.flatMap((mean, at) => (mean > 0 ? [{ x: (x[at] ?? 0) + 1, mean }] : [])),
    after: column('purchases_after'),
    justBefore: column('purchases_just_before'),
  }
}

/** Customers who bought alike stand together; of very many, alike is to the week. */
function grouped(groups: readonly Group[]): Group[] {
  const round = groups.length > 50_000 ? Math.round : (value: number): number => value
  const found = new Map<string, Group>()
  for (const { x, tx, t, lnTimes = 0 } of groups) {
    const key = `${x} ${round(tx)} ${round(t)}`
    const known = found.get(key) ?? { x, tx: round(tx), t: round(t), lnTimes: 0, customers: 0 }
    const customers = known.customers + 1
    found.set(key, { ...known, customers, lnTimes: ((known.lnTimes ?? 0) * known.customers + lnTimes) / customers })
  }
  return [...found.values()]
}

/** The regularity under which the purchases are most likely. */
function bestFit(groups: readonly Group[]): Fit {
  const together = grouped(groups)
  return REGULARITIES.map((regularity) => fit(together, { kind: 'mbg', regularity })).reduce((best, each) =>
    each.logLikelihood > best.logLikelihood ? each : best,
  )
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0)

/** How far forecasts lie from what came, each customer counted alike. */
function meanError(forecast: readonly number[], came: readonly number[]): number {
  return sum(forecast.map((each, at) => Math.abs(each - (came[at] ?? 0)))) / Math.max(came.length, 1)
}

export const model = defineModel({
  description:
    'How direct customers buy: the most likely MBG/NBD model of purchases, Erlang-k where buying is regular, and Gamma-Gamma of their values; and how well the same model, fitted half a year ago, foresaw what came.',
  grain: ['seen'],
  columns: {
    seen: 'now, or before: fitted on what was known 182 days before the business date.',
    customers: 'Customers it was fitted on.',
    repeaters: 'Of them, those who bought again.',
    problem: 'Why there is no fit: too_few_customers; empty where there is one.',
    regularity: 'k: times between purchases are Erlang-k; 1 is exponential.',
    r: 'Shape of the rates over customers.',
    alpha: 'Scale of the rates, in weeks.',
    a: 'Of the chance to drop out, beta(a, b); 0 on a ridge.',
    b: 'Of the chance to drop out, beta(a, b); 1 on a ridge.',
    ridge:
      'almost_nobody_drops_out: the data are hardly less likely if nobody leaves, so chances to leave are not told; empty otherwise.',
    log_likelihood: 'Of the purchases.',
    p: 'Gamma-Gamma: shape of the values of one customer.',
    q: 'Gamma-Gamma: shape over customers.',
    v: 'Gamma-Gamma: scale over customers.',
    forecast: 'Purchases expected of all customers in the 26 weeks after.',
    forecast_low: 'Lower end of the 90 % interval, parameters as uncertain as the data leave them.',
    forecast_high: 'Upper end of the 90 % interval.',
    came: 'Purchases that came; empty of now.',
    error: 'Mean distance of forecast and purchases by customer; empty of now.',
    naive_error: 'The same of a forecast that says: as many as in the 26 weeks before.',
  },
  reads: {
    histories: `SELECT seen, customer_id, repeat_purchases, last_after_weeks, seen_weeks, ln_gaps, mean_value, purchases_after,
      purchases_just_before FROM core.purchase_histories ORDER BY seen, customer_id`,
  },
  types: {
    seen: 'VARCHAR',
    customers: 'BIGINT',
    repeaters: 'BIGINT',
    problem: 'VARCHAR',
    regularity: 'BIGINT',
    r: 'DOUBLE',
    alpha: 'DOUBLE',
    a: 'DOUBLE',
    b: 'DOUBLE',
    ridge: 'VARCHAR',
    log_likelihood: 'DOUBLE',
    p: 'DOUBLE',
    q: 'DOUBLE',
    v: 'DOUBLE',
    forecast: 'DOUBLE',
    forecast_low: 'DOUBLE',
    forecast_high: 'DOUBLE',
    came: 'DOUBLE',
    error: 'DOUBLE',
    naive_error: 'DOUBLE',
  },
  *rows({ histories }) {
    for (const seen of ['before', 'now']) {
      const { groups, spenders, after, justBefore } = baseOf(histories, seen)
      const repeaters = groups.filter(({ x }) => x > 0).length
      const counted = { seen, customers: groups.length, repeaters }
      if (groups.length < MINIMUM.customers || repeaters < MINIMUM.repeaters) {
        yield { ...counted, problem: 'too_few_customers' }
        continue
      }
      const found = bestFit(groups)
      const spending = fitSpending(spenders)
      const forecasts = groups.map((group) => expectedPurchases(found, group, HELD_OUT))
      const drawn = groups.slice(0, DRAWN)
      const { low, high } = totalPurchases(found, drawn, { time: HELD_OUT, rounds: drawn.length > 5000 ? 60 : 300 })
      const scale = groups.length / drawn.length
      yield {
        ...counted,
        regularity: found.form.regularity,
        ...found.parameters,
        ridge: found.ridge ?? null,
        log_likelihood: found.logLikelihood,
        p: spending.p,
        q: spending.q,
        v: spending.v,
        forecast: sum(forecasts),
        forecast_low: low * scale,
        forecast_high: high * scale,
        ...(seen === 'now'
          ? {}
          : { came: sum(after), error: meanError(forecasts, after), naive_error: meanError(justBefore, after) }),
      }
    }
  },
})

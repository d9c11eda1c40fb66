import type { Matrix } from 'ml-matrix'
import { covariance, maximise, type Maximum } from './maximise.ts'
import { hypergeometric, lnBeta, lnGamma } from './special.ts'

/** Customers who bought alike: what a model of purchases needs of them. Times in one unit, since the first purchase. */
export interface Group {
  /** Repeat purchases. */
  readonly x: number
  /** When the last of them was; 0 where there was none. */
  readonly tx: number
  /** How long the customer was observed. */
  readonly t: number
  /** Mean of the sums of ln of the times between purchases; needed where buying may be regular. */
  readonly lnTimes?: number
  readonly customers: number
}

/**
 * `bg`: drops out after repeat purchases only (Fader, Hardie & Lee 2005). `mbg`: after the first one too (Batislam, Denizel &
 * Filiztekin 2007). `regularity` k: times between purchases are Erlang-k, 1 is exponential (Platzer & Reutterer 2016).
 */
export interface Form {
  readonly kind: 'bg' | 'mbg'
  readonly regularity: number
}

/** Rates are gamma(r, alpha) over customers, chances to drop out at a purchase beta(a, b). `a` 0: nobody drops out. */
export interface Parameters {
  readonly r: number
  readonly alpha: number
  readonly a: number
  readonly b: number
}

export interface Fit {
  readonly form: Form
  readonly parameters: Parameters
  readonly logLikelihood: number
  /**
   * Set where the data are hardly less likely if nobody ever leaves: the likelihood is a flat ridge in a and b, which then are
   * 0 and 1 here and are not to be told as if they were known.
   */
  readonly ridge: 'almost_nobody_drops_out' | undefined
  readonly converged: boolean
  /** Of ln r, ln alpha and, off the ridge, ln a, ln b; undefined where the top is flat. */
  readonly covariance: Matrix | undefined
}

/** Twice the gain in likelihood that chance gives one more parameter in one of twenty samples. */
const CHANCE = 3.84

/** The most likely parameters. Groups make it fast: a million customers are some ten thousand groups. */
export function fit(groups: readonly Group[], form: Form): Fit {
  const prepared = prepare(groups, form)
  const start = beginning(groups, form)
  const leaving = [
    [-0.2, 0.9],
    [-2, 1],
  ]
    .map((drop) => maximise((at) => likelihood(prepared, form, exponents(at)) - wall(at), [...start, ...drop]))
    .reduce((best, each) => (each.value > best.value ? each : best))
  const staying = maximise((at) => likelihood(prepared, form, exponents(at)) - wall(at), start)
  const isRidge = 2 * (leaving.value - staying.value) < CHANCE
  const best: Maximum = isRidge ? staying : leaving
  return {
    form,
    parameters: exponents(best.at),
    logLikelihood: best.value,
    ridge: isRidge ? 'almost_nobody_drops_out' : undefined,
    converged: best.converged,
    covariance: covariance(best),
  }
}

/** Parameters are positive: they are sought by their logarithms. */
export function exponents([r = 0, alpha = 0, a, b]: readonly number[]): Parameters {
  return { r: Math.exp(r), alpha: Math.exp(alpha), a: a === undefined ? 0 : Math.exp(a), b: Math.exp(b ?? 0) }
}

/** Beyond e¹² a ridge leads on for ever: a slope back keeps numbers finite and changes nothing nearer. */
function wall(at: readonly number[]): number {
  return at.reduce((sum, each) => sum + Math.max(0, Math.abs(each) - 12) ** 2, 0)
}

/** A rate as it is on average, with a spread that is common. */
function beginning(groups: readonly Group[], { regularity }: Form): number[] {
  const sum = (of: (group: Group) => number): number =>
    groups.reduce((total, each) => total + each.customers * of(each), 0)
  const rate =
    (Math.max(
      sum(({ x }) => x),
      1,
    ) /
      Math.max(
        sum(({ t }) => t),
        1e-9,
      )) *
    regularity
  const r = 0.8
  return [Math.log(r), Math.log(r / rate)]
}

interface Prepared {
  readonly groups: readonly Group[]
  /** Customers by number of repeat purchases: gamma and beta functions are asked once for each. */
  readonly byCount: ReadonlyMap<number, number>
  /** What no parameter changes. */
  readonly constant: number
}

function prepare(groups: readonly Group[], { regularity: k }: Form): Prepared {
  const byCount = new Map<number, number>()
  let constant = 0
  for (const { x, customers, lnTimes = 0 } of groups) {
    byCount.set(x, (byCount.get(x) ?? 0) + customers)
    if (k > 1) constant += customers * ((k - 1) * lnTimes - x * lnGamma(k))
  }
  return { groups, byCount, constant }
}

function likelihood({ groups, byCount, constant }: Prepared, form: Form, parameters: Parameters): number {
  const { r, alpha, a, b } = parameters
  const { kind, regularity: k } = form
  const scale = r * Math.log(alpha) - lnGamma(r)
  let sum = constant
  for (const [x, customers] of byCount) {
    const stayed = a === 0 ? 0 : lnBeta(a, b + x + (kind === 'mbg' ? 1 : 0)) - lnBeta(a, b)
    sum += customers * (lnGamma(r + k * x) + scale + stayed)
  }
  for (const group of groups) {
    const { waits, left } = lastSeen(form, parameters, group)
    sum += group.customers * (Math.log(waits + left) - (r + k * group.x) * Math.log(alpha + group.t))
  }
  return sum
}

/** How likely the silence since the last purchase is for one who stays, and for one who left at it; both by the same measure. */
function lastSeen(
  { kind, regularity: k }: Form,
  { r, alpha, a, b }: Parameters,
  { x, tx, t }: Pick<Group, 'x' | 'tx' | 't'>,
): { waits: number; left: number } {
  const count = r + k * x
  let waits = 1
  let term = 1
  for (let phase = 1; phase < k; phase++) {
    term *= (((count + phase - 1) / phase) * (t - tx)) / (alpha + t)
    waits += term
  }
  const mayLeave = a > 0 && (kind === 'mbg' || x > 0)
  const odds = mayLeave ? a / (b + x - (kind === 'bg' ? 1 : 0)) : 0
  return { waits, left: odds === 0 ? 0 : odds * ((alpha + t) / (alpha + tx)) ** count }
}

/** What is known of one customer. */
export type History = Pick<Group, 'x' | 'tx' | 't'>

/** The chance that the customer has not left, 0 to 1. */
export function aliveChance({ form, parameters }: Pick<Fit, 'form' | 'parameters'>, history: History): number {
  const { waits, left } = lastSeen(form, parameters, history)
  return waits / (waits + left)
}

/** Purchases expected within `time` from now on. Of Erlang-k forms by their rate alone, as Platzer & Reutterer do. */
export function expectedPurchases(
  { form, parameters }: Pick<Fit, 'form' | 'parameters'>,
  history: History,
  time: number,
): number {
  const { kind, regularity: k } = form
  const { r, alpha, a, b } = parameters
  const { x, t } = history
  const count = r + k * x
  const scale = k * (alpha + t)
  if (a === 0) return (count / scale) * time
  // The formula has a hole at a = 1 that its surroundings fill.
  const out = Math.abs(a - 1) < 1e-6 ? 1 + 1e-6 : a
  const chances = kind === 'mbg' ? x + 1 : x
  const stays = out + b + chances - 1
  const decay = (scale / (scale + time)) ** count * hypergeometric(count, b + chances, stays, time / (scale + time))
  return (stays / (out - 1)) * (1 - decay) * aliveChance({ form, parameters }, history)
}

/** Half of customers like this one who have not left buy again within this time. */
export function medianWait({ form, parameters }: Pick<Fit, 'form' | 'parameters'>, { x, t }: History): number {
  const { regularity: k } = form
  return k * (parameters.alpha + t) * (2 ** (1 / (parameters.r + k * x)) - 1)
}

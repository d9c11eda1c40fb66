import { CholeskyDecomposition } from 'ml-matrix'
import { aliveChance, exponents, type Fit, type History, type Parameters } from './purchases.ts'

/** Draws that are the same in each run. */
export interface Draws {
  /** Evenly between 0 and 1. */
  readonly even: () => number
  readonly normal: () => number
  readonly gamma: (shape: number, rate: number) => number
  readonly beta: (a: number, b: number) => number
}

/** Mulberry32 for even draws; polar normals; gammas by Marsaglia & Tsang (2000). */
export function createDraws(seed: number): Draws {
  let state = seed >>> 0
  const even = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4_294_967_296
  }
  const normal = (): number => Math.sqrt(-2 * Math.log(even())) * Math.cos(2 * Math.PI * even())
  const gamma = (shape: number, rate: number): number => {
    if (shape < 1) return gamma(shape + 1, rate) * even() ** (1 / shape)
    const d = shape - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const z = normal()
      const v = (1 + c * z) ** 3
      if (v > 0 && Math.log(even()) < 0.5 * z * z + d - d * v + d * Math.log(v)) return (d * v) / rate
    }
  }
  const beta = (a: number, b: number): number => {
    const one = gamma(a, 1)
    return one / (one + gamma(b, 1))
  }
  return { even, normal, gamma, beta }
}

/** Purchases of one customer within `time`, drawn once: whether it has left, at what rate it buys, when it leaves. */
export function drawPurchases(
  { form, parameters }: Pick<Fit, 'form' | 'parameters'>,
  history: History,
  { time, draws }: { time: number; draws: Draws },
): number {
  const { kind, regularity: k } = form
  const { r, alpha, a, b } = parameters
  const { x, tx, t } = history
  if (draws.even() > aliveChance({ form, parameters }, history)) return 0
  const rate = draws.gamma(r + k * x, alpha + t)
  const dropOut = a === 0 ? 0 : draws.beta(a, b + x + (kind === 'mbg' ? 1 : 0))
  let phases = k - phasesDone({ k, rate, silent: t - tx }, draws)
  let bought = 0
  for (let at = draws.gamma(phases, rate); at <= time; at += draws.gamma(phases, rate)) {
    bought += 1
    phases = k
    if (draws.even() < dropOut) return bought
  }
  return bought
}

/** Of the k steps to the next purchase, those made in the silence since the last. */
function phasesDone({ k, rate, silent }: { k: number; rate: number; silent: number }, draws: Draws): number {
  if (k === 1) return 0
  const weights = [1]
  for (let phase = 1; phase < k; phase++) weights.push(((weights[phase - 1] ?? 0) * rate * silent) / phase)
  let left = draws.even() * weights.reduce((sum, each) => sum + each, 0)
  return weights.findIndex((weight) => (left -= weight) <= 0)
}

/** Parameters as they might be, drawn from what the data leave open; the most likely ones where that cannot be told. */
function drawParameters({ parameters, covariance }: Fit, draws: Draws): Parameters {
  if (covariance === undefined) return parameters
  const { r, alpha, a, b } = parameters
  const centre = (a === 0 ? [r, alpha] : [r, alpha, a, b]).map(Math.log)
  const root = new CholeskyDecomposition(covariance)
  if (!root.isPositiveDefinite()) return parameters
  const lower = root.lowerTriangularMatrix
  const normals = centre.map(() => draws.normal())
  // No further than four spreads: beyond that the top is not a parabola.
  return exponents(
    centre.map((each, row) => {
      const moved = normals.reduce((sum, normal, column) => sum + lower.get(row, column) * normal, 0)
      const spread = Math.sqrt(covariance.get(row, row))
      return each + Math.max(-4 * spread, Math.min(4 * spread, moved))
    }),
  )
}

/** The values below which the given shares of `drawn` lie. */
export function quantiles(drawn: readonly number[], shares: readonly number[]): number[] {
  const sorted = drawn.toSorted((one, other) => one - other)
  return shares.map((share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN)
}

/** Between which bounds what comes lies with the share `nominal`; parameters are no more certain than the data make them. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** Purchases of a whole base within `time`: what is expected, and an interval. */
export function totalPurchases(
  found: Fit,
  histories: readonly History[],
  { time, nominal = 0.9, rounds = 200, seed = 1 }: { time: number; nominal?: number; rounds?: number; seed?: number },
): Interval {
  const draws = createDraws(seed)
  const totals = Array.from({ length: rounds }, () => {
    const drawn = { form: found.form, parameters: drawParameters(found, draws) }
    return histories.reduce((sum, history) => sum + drawPurchases(drawn, history, { time, draws }), 0)
  })
  const [low = 0, high = 0] = quantiles(totals, [(1 - nominal) / 2, (1 + nominal) / 2])
  return { low, high }
}

import { maximise } from './maximise.ts'
import { lnGamma } from './special.ts'

/** A customer who bought again: how often, and the mean value of those purchases. */
export interface Spender {
  readonly x: number
  readonly mean: number
}

/** Values of a customer's purchases are gamma(p, ν), and ν is gamma(q, v) over customers. */
export interface Spending {
  readonly p: number
  readonly q: number
  readonly v: number
  readonly logLikelihood: number
  readonly converged: boolean
}

/** Gamma-Gamma (Fader & Hardie 2013): the mean value of purchases, which does not depend on how many there are. */
export function fitSpending(spenders: readonly Spender[]): Spending {
  const byCount = new Map<number, { customers: number; lnMeans: number }>()
  for (const { x, mean } of spenders) {
    const known = byCount.get(x) ?? { customers: 0, lnMeans: 0 }
    byCount.set(x, { customers: known.customers + 1, lnMeans: known.lnMeans + Math.log(mean) })
  }
  const typical = spenders.reduce((sum, { mean }) => sum + mean, 0) / Math.max(spenders.length, 1)
  const of = (at: readonly number[]): number => {
    const [p = 1, q = 1, v = 1] = at.map(Math.exp)
    let sum = 0
    for (const [x, { customers, lnMeans }] of byCount) {
      const shape = p * x
      sum += customers * (lnGamma(shape + q) - lnGamma(shape) - lnGamma(q) + q * Math.log(v) + shape * Math.log(x))
      sum += (shape - 1) * lnMeans
    }
    for (const { x, mean } of spenders) sum -= (p * x + q) * Math.log(v + x * mean)
    return sum - at.reduce((wall, each) => wall + Math.max(0, Math.abs(each) - 25) ** 2, 0)
  }
  const found = maximise(of, [Math.log(4), Math.log(3), Math.log(typical / 2)])
  const [p = 1, q = 1, v = 1] = found.at.map(Math.exp)
  return { p, q, v, logLikelihood: found.value, converged: found.converged }
}

/** The mean value expected of a customer's purchases: what was seen of it, drawn towards what is usual. */
export function expectedValue({ p, q, v }: Pick<Spending, 'p' | 'q' | 'v'>, { x, mean }: Spender): number {
  return (p * (v + x * mean)) / (p * x + q - 1)
}

/**
 * Value of the purchases of `periods` periods to come, each paid at its end. `purchases` gives those expected from now until a
 * time, `length` is that of a period in the same unit.
 */
export function discounted(
  purchases: (until: number) => number,
  { periods, length, rate, value }: { periods: number; length: number; rate: number; value: number },
): number {
  let sum = 0
  let before = 0
  for (let period = 1; period <= periods; period++) {
    const until = purchases(period * length)
    sum += ((until - before) * value) / (1 + rate) ** period
    before = until
  }
  return sum
}

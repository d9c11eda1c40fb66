/** ln Γ(x) for x > 0, to fourteen digits: Stirling's series, reached by the recurrence (Abramowitz & Stegun 6.1.15, 6.1.41). */
export function lnGamma(x: number): number {
  let shift = 0
  let at = x
  while (at < 10) {
    shift += Math.log(at)
    at += 1
  }
  const inverse = 1 / at
  const square = inverse * inverse
  const series =
    inverse *
    (1 / 12 -
      square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square * (691 / 360360))))))
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - shift
}

/** ln B(a, b). */
export function lnBeta(a: number, b: number): number {
  return lnGamma(a) + lnGamma(b) - lnGamma(a + b)
}

/**
 * Gauss's hypergeometric function ₂F₁(a, b; c; z) for 0 ≤ z < 1 by its series; where that is slow, after Euler's transformation
 * (Abramowitz & Stegun 15.1.1, 15.3.3).
 */
export function hypergeometric(a: number, b: number, c: number, z: number): number {
  if (c - a - b < 0 && z > 0.5) return (1 - z) ** (c - a - b) * series(c - a, c - b, c, z)
  return series(a, b, c, z)
}

function series(a: number, b: number, c: number, z: number): number {
  let term = 1
  let sum = 1
  for (let n = 0; n < 100_000; n++) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z
    sum += term
    if (Math.abs(term) < 1e-15 * Math.abs(sum)) return sum
  }
  return sum
}

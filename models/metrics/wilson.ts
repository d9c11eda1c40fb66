/** A bound of Wilson's score interval (1927) at 95 % as SQL: of a share among `n` cases, both SQL. */
export function wilson(sign: '+' | '-', share: string, n: string): string {
  const root = `SQRT(GREATEST((${share}) * (1 - (${share})) / ${n} + 3.8416 / (4 * ${n} * ${n}), 0))`
  return `((${share}) + 3.8416 / (2 * ${n}) ${sign} 1.96 * ${root}) / (1 + 3.8416 / ${n})`
}

/** A bound of Wilson's score interval (1927) at 95 % as SQL: of a share among `n` cases, both SQL. Rows that contradict themselves, a share beyond 1, give no error. */
export function wilson(sign: '+' | '-', share: string, n: string): string {
  const root = `SQRT(GREATEST(0, (${share}) * (1 - (${share})) / ${n} + 3.8416 / (4 * ${n} * ${n})))`
  return `((${share}) + 3.8416 / (2 * ${n}) ${sign} 1.96 * ${root}) / (1 + 3.8416 / ${n})`
}

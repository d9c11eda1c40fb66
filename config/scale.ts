/** How large the sample company may be: a whole number, or a part of one to three decimals. */
export function isScale(scale: number): boolean {
  return scale >= 1 ? scale <= 1_000 && Number.isInteger(scale) : scale >= 0.1 && Number(scale.toFixed(3)) === scale
}

export const SCALES = 'a whole number up to 1000, or from 0.1 up to 1 with at most three decimals: 0.25 is a quarter'

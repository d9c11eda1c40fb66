import type { Database } from '../schema.generated.ts'

/** The same column name in each of the marts. A column that one of them lacks does not compile. */
export function inMarts<Mart extends keyof Database>(
  column: keyof Database[Mart] & string,
  marts: readonly Mart[],
): Record<string, string> {
  return Object.fromEntries(marts.map((mart) => [mart, column]))
}

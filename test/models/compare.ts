type Cell = string | number | boolean | null
export type Cells = Readonly<Record<string, Cell>>

/** undefined where the rows agree in any order; else a table: '-' expected and missing, '+' given and not expected. */
export function compareRows(
  actual: readonly Cells[],
  expected: readonly Cells[],
  types: Readonly<Record<string, string>>,
): string | undefined {
  const rest = [...actual]
  const missing: Cells[] = []
  const matched: Cells[] = []
  const narrowFirst = expected.toSorted((one, other) => Object.keys(other).length - Object.keys(one).length)
  for (const wanted of narrowFirst) {
    const place = rest.findIndex((row) => agrees(row, wanted, types))
    if (place === -1) missing.push(wanted)
    else matched.push(...rest.splice(place, 1))
  }
  if (missing.length === 0 && rest.length === 0) return undefined
  const listed = [...new Set(expected.flatMap(Object.keys))]
  const columns = listed.length > 0 ? listed : Object.keys(actual[0] ?? {})
  return table(columns, [
    ...missing.map((row): [string, Cells] => ['-', row]),
    ...rest.map((row): [string, Cells] => ['+', row]),
    ...matched.map((row): [string, Cells] => [' ', row]),
  ])
}

function agrees(row: Cells, wanted: Cells, types: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([column, value]) => same(row[column] ?? null, value, types[column] ?? 'VARCHAR'))
}

function same(actual: Cell, wanted: Cell, type: string): boolean {
  if (actual === null || wanted === null) return actual === wanted
  if (type.startsWith('TIMESTAMP')) return actual === instant(String(wanted))
  if (type === 'VARCHAR' || type === 'DATE' || type === 'BOOLEAN') return String(actual) === String(wanted)
  const [one, other] = [Number(actual), Number(wanted)]
  return one === other || Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other))
}

/** '2025-03-01 08:30' as an instant in UTC, the way answers write it. */
function instant(text: string): string {
  const iso = text.replace(' ', 'T')
  const full = iso.includes('T') ? iso : `${iso}T00:00`
  const date = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(full) ? full : `${full}Z`)
  return Number.isNaN(date.getTime()) ? text : date.toISOString()
}

function table(columns: readonly string[], rows: readonly (readonly [string, Cells])[]): string {
  const texts = rows.map(([sign, row]) => [
    sign,
    ...columns.map((column) => (column in row ? String(row[column]) : '…')),
  ])
  const lines = [['', ...columns], ...texts]
  const widths = lines[0]?.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0))) ?? []
  return lines
    .map((line) =>
      line
        .map((text, index) => text.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

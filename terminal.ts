import stringWidth from 'string-width'
import { escapeUnseen } from './entities/unseen.ts'
import { TrueworthError, RequestError, withoutSecrets } from './errors.ts'
import type { Answer, Unit } from './models/metrics/metric.ts'

/** Exit code of an error: its own, or 70 for one nobody foresaw. */
export function exitCodeOf(error: unknown): number {
  return error instanceof TrueworthError ? error.exitCode : 70
}

/** An error as the operator reads it: kind, what failed, what to do. Never a stack, unless it is our own fault. */
export function describeError(error: unknown): string {
  if (error instanceof RequestError) {
    const said = error.field === undefined || error.message.startsWith(`${error.field}: `)
    return said ? error.message : `${error.field}: ${error.message}`
  }
  if (error instanceof TrueworthError) return `${error.name}: ${error.message}`
  return withoutSecrets(error instanceof Error ? (error.stack ?? error.message) : String(error))
}

/** The answer as a table for a terminal: words left, figures right, Chinese characters counted as two columns. */
export function answerTable(answer: Answer): string {
  const units = new Map(answer.columns.map((column) => [column.name, column.unit]))
  const names = answer.columns.map((column) => column.name)
  return textTable(
    names,
    answer.rows.map((row) => names.map((name) => figure(row[name] ?? null, units.get(name)))),
    new Set(answer.columns.filter((column) => column.unit !== undefined).map((column) => column.name)),
  )
}

/**
 * Rows of text under their names; the columns named in `right` are set flush right. What would break a line or move the cursor is
 * escaped: a row is one line, whatever somebody wrote into it.
 */
export function textTable(
  names: readonly string[],
  given: readonly (readonly string[])[],
  right: ReadonlySet<string> = new Set(),
): string {
  const rows = given.map((row) => row.map(escapeUnseen))
  const widths = names.map((name, i) => Math.max(stringWidth(name), ...rows.map((row) => stringWidth(row[i] ?? ''))))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => pad(cell, widths[i] ?? 0, right.has(names[i] ?? '')))
      .join('  ')
      .trimEnd()
  return [line(names), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n')
}

/** 1234567 → '1,234,567'; 0.0312 s → '31 ms'. */
export function count(rows: number): string {
  return rows.toLocaleString('en')
}

export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}

function figure(value: string | number | boolean | null, unit: Unit | undefined): string {
  if (value === null) return '–'
  if (typeof value !== 'number') return String(value)
  if (unit === 'money') return value.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  if (unit === 'share') return `${(value * 100).toFixed(1)} %`
  return value.toLocaleString('en', { maximumFractionDigits: 2 })
}

function pad(text: string, width: number, right: boolean): string {
  const blanks = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return right ? blanks + text : text + blanks
}

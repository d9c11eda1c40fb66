import { pace } from '../../pace.ts'
import type { Value } from '../../data/values.ts'
import type { OpenAnswer } from '../queries/queries.ts'
import { headingsOf, wordingOf, type Wording } from './words.ts'

/** Rows written between two looks at the clock. */
const AT_ONCE = 200

/**
 * RFC 4180, UTF-8. With words as headings it begins with a byte order mark, without which spreadsheets misread Chinese.
 * Text that a spreadsheet would take for a formula gets a leading apostrophe (CWE-1236).
 */
export async function* csvChunks(
  { session, columns, statement }: OpenAnswer,
  wording: Wording,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  const names = columns.map(({ name }) => name)
  const worded = wordingOf(columns, wording)
  const headings = headingsOf(columns, wording)
  // Sent with the first rows, not before: by then the query is known to run.
  let head = (wording.lang === undefined ? '' : '\uFEFF') + line(headings)
  for await (const rows of session.batches(statement.sql, statement.parameters)) {
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      const lines = rows
        .slice(from, from + AT_ONCE)
        .map((row) => line(names.map((name) => worded(name, row[name] ?? null))))
      yield encoder.encode(head + lines.join(''))
      head = ''
      await pace()
    }
  }
  if (head !== '') yield encoder.encode(head)
}

function line(cells: readonly Value[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(value: Value): string {
  if (value === null) return ''
  if (typeof value !== 'string') return JSON.stringify(value)
  const text = isNumber(value) ? value : value.replace(/^[=+\-@\t\r\n＝＋－＠]/, "'$&")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A figure with more digits than a number holds comes as text. */
function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text)
}

import { isUtf8 } from 'node:buffer'
import { pace } from '../../pace.ts'

/** Where a record stands and what it holds. Fields are bytes as latin1 text; null: an empty field without quotes. */
export interface CsvRecord {
  readonly line: number
  readonly text: string
  readonly fields: readonly (string | null)[] | undefined
  /** Why there are no fields. */
  readonly fault?: 'quote' | 'end' | 'encoding'
}

export interface Marks {
  readonly delimiter: string
  readonly quote: string
  readonly escape: string
  /** What ends a record, where that is more than the end of a line. */
  readonly lineEnd?: string | undefined
}

/** A record longer than this is a quote that was never closed. */
const LONGEST_RECORD = 2_000_000

/**
 * Splits lines into records after RFC 4180, with the number of the physical line on which each begins.
 * Where a quote is never closed, or is followed by more text, the line that opened it is at fault and reading goes on
 * with the next: one broken line costs one line. Blank lines are no records. Records come in groups, as the lines do.
 * `above`: so many lines stand above the first.
 */
export async function* csvRecords(
  groups: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  marks: Marks,
  above = 0,
): AsyncGenerator<CsvRecord[]> {
  let waiting: readonly string[] = []
  let before = above
  for await (const group of groups) {
    await pace()
    const lines = waiting.length === 0 ? group : [...waiting, ...group]
    const { records, used } = recordsOf(lines, { before, marks, last: false })
    yield records
    before += used
    waiting = lines.slice(used)
  }
  yield recordsOf(waiting, { before, marks, last: true }).records
}

/** Records among `lines`, of which `before` came earlier; a record that is still open at the end waits for more unless this is the last. */
function recordsOf(
  lines: readonly string[],
  { before, marks, last }: { before: number; marks: Marks; last: boolean },
): { records: CsvRecord[]; used: number } {
  const records: CsvRecord[] = []
  let at = 0
  while (at < lines.length) {
    const line = before + at + 1
    const { text, fields, next } = join(lines, at, marks)
    const unended = fields === 'open' || fields === 'endless'
    if (unended && next === lines.length && !last && text.length < LONGEST_RECORD) break
    if (typeof fields === 'string') {
      records.push({ line, text: lines[at] ?? '', fields: undefined, fault: fields === 'endless' ? 'end' : 'quote' })
      at++
      continue
    }
    at = next
    if (text === '' || text === '\r') continue
    const sound = !/[\x80-\xff]/.test(text) || isUtf8(Buffer.from(text, 'latin1'))
    records.push(sound ? { line, text, fields } : { line, text, fields: undefined, fault: 'encoding' })
  }
  return { records, used: at }
}

type Joined = ReturnType<typeof split> | 'endless'

/** The line at `start` and as many after it as its open quote takes in. */
function join(lines: readonly string[], start: number, marks: Marks): { text: string; fields: Joined; next: number } {
  const mark = marks.lineEnd?.endsWith('\n') === true ? marks.lineEnd.slice(0, -1) : ''
  if (mark !== '') return joinToMark(lines, start, { marks, mark })
  let text = lines[start] ?? ''
  let fields = split(text, marks)
  let next = start + 1
  while (fields === 'open' && next < lines.length && text.length < LONGEST_RECORD) {
    const line = lines[next++] ?? ''
    text += `\n${line}`
    // Only a line with a quote can close the field that is open.
    if (line.includes(marks.quote)) fields = split(text, marks)
  }
  return { text, fields, next }
}

/** A record that ends in a mark of its own takes in every line before it. A mark that never comes: the record is endless. */
function joinToMark(
  lines: readonly string[],
  start: number,
  { marks, mark }: { marks: Marks; mark: string },
): { text: string; fields: Joined; next: number } {
  let text = ''
  for (let next = start; next < lines.length && text.length < LONGEST_RECORD; next++) {
    const line = lines[next] ?? ''
    text += next === start ? line : `\n${line}`
    const body = line.endsWith('\r') ? text.slice(0, -1) : text
    if (body.trim() === '') return { text: '', fields: [], next: next + 1 }
    if (body.endsWith(mark)) return { text, fields: split(body.slice(0, -mark.length), marks), next: next + 1 }
  }
  return { text, fields: 'endless', next: lines.length }
}

export function split(text: string, { delimiter, quote, escape }: Marks): (string | null)[] | 'open' | 'broken' {
  const body = text.endsWith('\r') ? text.slice(0, -1) : text
  if (quote === '' || !body.includes(quote)) return body.split(delimiter).map((field) => (field === '' ? null : field))
  const fields: (string | null)[] = []
  for (let at = 0; ;) {
    if (!body.startsWith(quote, at)) {
      const end = body.indexOf(delimiter, at)
      const field = end < 0 ? body.slice(at) : body.slice(at, end)
      fields.push(field === '' ? null : field)
      if (end < 0) return fields
      at = end + delimiter.length
      continue
    }
    const found = quoted(text, at + quote.length, { delimiter, quote, escape })
    if (typeof found === 'string') return found
    fields.push(found.field)
    if (found.end >= body.length) return fields
    if (!body.startsWith(delimiter, found.end)) return 'broken'
    at = found.end + delimiter.length
  }
}

/** The quoted field that begins at `at`, and where it ends. */
function quoted(text: string, at: number, { quote, escape }: Marks): { field: string; end: number } | 'open' {
  let field = ''
  let from = at
  for (let look = at; ;) {
    const end = text.indexOf(quote, look)
    if (end < 0) return 'open'
    if (escape === quote && text.startsWith(quote, end + quote.length)) {
      field += text.slice(from, end + quote.length)
      from = look = end + 2 * quote.length
    } else if (escape !== quote && escape !== '' && text.startsWith(escape, end - escape.length) && end > from) {
      field += text.slice(from, end - escape.length) + quote
      from = look = end + quote.length
    } else {
      return { field: field + text.slice(from, end), end: end + quote.length }
    }
  }
}

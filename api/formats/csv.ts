import type { Value } from '../../data/values.ts'
import type { Catalogue } from '../../models/metrics/metric.ts'
import { labelOf } from '../queries/compile.ts'
import type { OpenAnswer } from '../queries/queries.ts'

export type Language = 'en' | 'zh'

interface CsvOptions {
  readonly catalogue: Catalogue
  /** Headings in this language, for people; absent: the names of the API, for programs. */
  readonly lang: Language | undefined
}

/**
 * RFC 4180, UTF-8. With words as headings it begins with a byte order mark, without which spreadsheets misread Chinese.
 * Text that a spreadsheet would take for a formula gets a leading apostrophe (CWE-1236).
 */
export async function* csvChunks(
  { session, columns, statement }: OpenAnswer,
  { catalogue, lang }: CsvOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  const names = columns.map(({ name }) => name)
  const said = new Map(
    lang === undefined ? [] : columns.map(({ name }) => [name, wordsOf(name, { catalogue, lang, columns })] as const),
  )
  const worded = (name: string, value: Value): Value =>
    said.get(name)?.get(typeof value === 'boolean' ? String(value) : typeof value === 'string' ? value : '') ?? value
  const headings = columns.map((column) =>
    lang === undefined ? column.name : heading(column, { catalogue, lang, columns }),
  )
  // Sent with the first rows, not before: by then the query is known to run.
  let head = (lang === undefined ? '' : '\uFEFF') + line(headings)
  for await (const rows of session.batches(statement.sql, statement.parameters)) {
    yield encoder.encode(head + rows.map((row) => line(names.map((name) => worded(name, row[name] ?? null)))).join(''))
    head = ''
  }
  if (head !== '') yield encoder.encode(head)
}

/** A dimension that is shown with its words has its id in a column of its own. */
function heading(
  { name, kind }: OpenAnswer['columns'][number],
  { catalogue, lang, columns }: { catalogue: Catalogue; lang: Language; columns: OpenAnswer['columns'] },
): string {
  if (kind === 'metric') return catalogue.metrics[name]?.words[lang] ?? name
  const dimension = columns.find((each) => each.kind === 'dimension' && labelOf(each.name) === name)?.name ?? name
  const words = catalogue.dimensions[dimension]?.words[lang] ?? name
  const isId = kind === 'dimension' && columns.some((each) => each.name === labelOf(name))
  return isId ? `${words}${lang === 'zh' ? '编号' : ' ID'}` : words
}

/** What people read for the values of a closed list; where a label stands beside them, the label has it. */
function wordsOf(
  name: string,
  { catalogue, lang, columns }: { catalogue: Catalogue; lang: Language; columns: OpenAnswer['columns'] },
): ReadonlyMap<string, string> {
  const isId = columns.some((each) => each.name === labelOf(name))
  const dimension = columns.find((each) => each.kind === 'dimension' && labelOf(each.name) === name)?.name ?? name
  const values = isId ? {} : (catalogue.dimensions[dimension]?.values ?? {})
  return new Map(Object.entries(values).map(([value, words]) => [value, words[lang]]))
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

import { identifier, literal } from '../../data/quote.ts'
import { blocksFor, LONGEST_ROW, type TypedColumn } from './parquet.ts'

/**
 * Rows as PostgreSQL's COPY writes text: a tab between fields, \N for null, and a backslash before whatever could end a
 * field. So a line feed always ends a row, and rows can be cut apart without looking at what is in them.
 */
const ESCAPES: readonly (readonly [letter: string, code: number])[] = [
  ['b', 8],
  ['t', 9],
  ['n', 10],
  ['v', 11],
  ['f', 12],
  ['r', 13],
]
export const NULL_FIELD = '\\N'

/** A row of one field would be a blank line where the field is empty, which no reader tells from no row. */
export function fieldsOf<T>(fields: readonly T[], filler: T): readonly T[] {
  return fields.length === 1 ? [...fields, filler] : fields
}

export function escapeField(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
    : text
}

/** A row as a line. */
export function textRow(row: readonly (string | null)[]): string {
  let text = ''
  for (let at = 0; at < row.length; at++) {
    const value = row[at] ?? null
    if (at > 0) text += '\t'
    text += value === null ? NULL_FIELD : escapeField(value)
  }
  return row.length === 1 ? `${text}\t\n` : `${text}\n`
}

/** The line before the rows, which keeps a byte order mark in the first of them a part of its text. */
export function headLine(columns: readonly TypedColumn[]): string {
  return `${fieldsOf(columns, FILLER)
    .map(() => '-')
    .join('\t')}\n`
}

const FILLER: TypedColumn = { name: 'filler', type: 'VARCHAR' }

/** A file that begins with `headLine`, as DuckDB reads it. Rows above 2 MB need `longest`, which costs memory. */
export function readCopyText(path: string, columns: readonly TypedColumn[], longest = LONGEST_ROW): string {
  const given = columns.map((column, index) => ({ ...column, name: `c${index}` }))
  const types = fieldsOf(given, FILLER).map(({ name, type }) => `${name}: ${literal(type)}`)
  const options = [
    'auto_detect = false',
    `columns = {${types.join(', ')}}`,
    `delim = '\t'`,
    `quote = ''`,
    `escape = ''`,
    'header = true',
    `nullstr = ${literal(NULL_FIELD)}`,
    'strict_mode = true',
    'null_padding = false',
    blocksFor(longest),
  ]
  const fields = columns.map(({ name, type }, index) => {
    const field = type === 'VARCHAR' ? unescaped(`c${index}`) : `c${index}`
    return `${field} AS ${identifier(name)}`
  })
  return `(SELECT ${fields.join(', ')} FROM read_csv(${literal(path)}, ${options.join(', ')}))`
}

/** Splitting at escaped backslashes first leaves parts in which every backslash begins another escape. */
function unescaped(field: string): string {
  const part = ESCAPES.reduce((sql, [letter, code]) => `replace(${sql}, '\\${letter}', chr(${code}))`, 'part')
  const parts = String.raw`list_transform(string_split(${field}, '\\'), lambda part: ${part})`
  return String.raw`CASE WHEN contains(${field}, '\') THEN array_to_string(${parts}, '\') ELSE ${field} END`
}

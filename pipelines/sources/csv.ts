import { open } from 'node:fs/promises'
import type { Recovery } from '../../config/source.ts'
import { literal } from '../../data/quote.ts'
import { rowFault } from '../../entities/faults.ts'
import { mending, ruleFor, type Mended } from './csv-recovery.ts'
import { csvRecords, type CsvRecord, type Marks } from './csv-records.ts'
import { headLine, readCopyText, textRow } from './copy-text.ts'
import { likelyEncoding, REPLACEMENT } from './encoding.ts'
import { linesOf } from './file-lines.ts'
import type { SourceFile } from './file-list.ts'
import { distinct } from './names.ts'
import { readCsv } from './parquet.ts'
import { LineList, type Lines } from './line-list.ts'
import type { RecoveredLine, UnreadableLine } from './reader.ts'
import { unreadableLine } from './unreadable-line.ts'

/** How the CSV files of one feed are laid out. */
export interface CsvFormat extends Marks {
  readonly header: boolean | readonly string[]
  /** The line that has the names, from 1; what stands above it is left out. */
  readonly headerLine: number
  readonly recover: readonly Recovery[]
}

/** A relation with the rows of some files, `_file` and `_line` among its columns, and the lines that are in none. */
export interface FileRows {
  readonly relation: string
  readonly unreadable: Lines<UnreadableLine>
  readonly recovered?: Lines<RecoveredLine>
}

/** Names of a file's columns: from the configuration, from its first record, or by place. Undefined: the header is no record. */
export async function csvColumns(file: SourceFile, format: CsvFormat): Promise<string[] | undefined> {
  if (typeof format.header === 'object') return distinct(format.header)
  const separator = separatorOf(file, format)
  const lines = withoutMark([file.head.split(separator)])
  const above = format.headerLine - 1
  for await (const [first] of csvRecords(skipped(lines, above), format, above)) {
    if (first === undefined) continue
    if (first.fields === undefined) return undefined
    const names = first.fields.map((field) => bytesToText(field ?? '').trim())
    return distinct(format.header ? names : names.map(() => ''))
  }
  return []
}

/** What parts the lines of a file: the end that is configured, where it holds no line feed; '\r' for a file that has no other. */
function separatorOf({ head, lines }: SourceFile, { lineEnd }: Marks): string {
  if (lineEnd !== undefined && !lineEnd.endsWith('\n')) return lineEnd
  return lines <= 1 && head.includes('\r') && !head.includes('\n') ? '\r' : '\n'
}

/** Whether DuckDB alone can read files of this layout; it tells what it did to no line. */
export function isPlain(file: SourceFile, format: CsvFormat): boolean {
  return (
    format.lineEnd === undefined && separatorOf(file, format) === '\n' && !format.recover.includes('repeated_header')
  )
}

/** A file's rows as DuckDB reads them. Where that gives one record a line, the record's number is its line. */
export function csvRows(file: SourceFile, { columns, format }: Pick<CsvReading, 'columns' | 'format'>): string {
  const header = format.header === true
  const select = readCsv(
    [file.absolute],
    columns.map((name) => ({ name, type: 'VARCHAR' })),
    { ...format, header, skip: format.headerLine - 1 },
  )
  const above = header ? format.headerLine : format.headerLine - 1
  return `SELECT *, ${literal(file.path)} AS _file, row_number() OVER () + ${above} AS _line FROM ${select}`
}

/** The rows that `csvRows` gives when every line of the file is a record. */
export function csvRowCount(file: SourceFile, { header, headerLine }: CsvFormat): number {
  return Math.max(0, file.lines - (header === true ? headerLine : headerLine - 1))
}

export interface CsvReading {
  readonly columns: readonly string[]
  readonly format: CsvFormat
  /** A new file to write sound records to. */
  readonly scratch: string
}

/** A file gone through record by record: for blank lines, line breaks inside quotes and anything that is no record. */
export async function csvRowsCarefully(file: SourceFile, { columns, format, scratch }: CsvReading): Promise<FileRows> {
  const unreadable = new LineList<UnreadableLine>(`${scratch}.unreadable`)
  const recovered = new LineList<RecoveredLine>(`${scratch}.recovered`)
  const mend = mending({ columns, ...format })
  const types = [...columns.map((name) => ({ name, type: 'VARCHAR' })), { name: '_line', type: 'BIGINT' }]
  const output = await open(scratch, 'w')
  await output.writeFile(headLine(types))
  let longest = 0
  const above = format.headerLine - 1
  let header = format.header === true
  try {
    const lines = skipped(withoutMark(linesOf(file.absolute, separatorOf(file, format))), above)
    for await (const group of csvRecords(lines, format, above)) {
      let text = ''
      for (const record of group) {
        const mended = header || isDoubtful(file, record) ? undefined : mend(record)
        if (header) header = false
        else if (mended !== undefined) {
          recovered.push(recoveredLine(file, record, mended))
          if (mended.fields !== undefined) text += row(mended.fields, record)
        } else if (record.fields?.length === columns.length && !isDoubtful(file, record))
          text += row(record.fields, record)
        else unreadable.push(faultOf(file, record, { columns, format }))
      }
      if (text !== '') await output.write(Buffer.from(text, 'latin1'))
      longest = group.reduce((most, record) => Math.max(most, record.text.length), longest)
    }
  } finally {
    await output.close()
  }
  if (file.broken !== undefined) unreadable.push(cutOff(file))
  return {
    relation: `SELECT * EXCLUDE (_line), ${literal(file.path)} AS _file, _line FROM ${readCopyText(scratch, types, longest > LONG ? 4 * longest : undefined)}`,
    unreadable,
    recovered,
  }
}

/** In COPY's layout: DuckDB's reader of CSV loses its way among line ends of several kinds within quotes. */
function row(fields: readonly (string | null)[], { line }: CsvRecord): string {
  return textRow([...fields, String(line)])
}

/** Above this, a row does not fit what DuckDB's reader takes for one line. */
const LONG = 400_000

async function* skipped(groups: AsyncIterable<readonly string[]>, lines: number): AsyncGenerator<readonly string[]> {
  let left = lines
  for await (const group of groups) {
    const rest = left === 0 ? group : group.slice(left)
    left -= group.length - rest.length
    if (rest.length > 0) yield rest
  }
}

async function* withoutMark(
  groups: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
): AsyncGenerator<readonly string[]> {
  let first = true
  for await (const group of groups) {
    const [line] = group
    yield first && line?.startsWith('\xef\xbb\xbf') === true ? [line.slice(3), ...group.slice(1)] : group
    first = false
  }
}

function recoveredLine({ path }: SourceFile, { line, text }: CsvRecord, { rule, fields }: Mended): RecoveredLine {
  const after = fields === undefined ? null : bytesToText(fields.map((field) => field ?? '').join(' | '))
  return { file: path, line, rule, before: bytesToText(text.replace(/\r$/, '')), after }
}

function faultOf(
  file: SourceFile,
  record: CsvRecord,
  { columns, format }: { columns: readonly string[]; format: CsvFormat },
): UnreadableLine {
  const { line, text, fields, fault } = record
  const at = { file: file.path, line, text: bytesToText(text.replace(/\r$/, '')) }
  if (isDoubtful(file, record)) return unreadableLine(at, rowFault('not_encoded', { encoding: file.encoding }))
  if (fault === 'quote') return unreadableLine(at, rowFault('quote_open'))
  if (fault === 'end') return unreadableLine(at, rowFault('record_open', { mark: format.lineEnd?.trimEnd() }))
  if (fault === 'encoding') return unreadableLine(at, rowFault('not_utf8', { likely: likelyEncoding(file.head) }))
  const rule = ruleFor(record, { columns, ...format })
  return unreadableLine(at, rowFault('field_count', { fields: fields?.length ?? 0, width: columns.length, rule }))
}

/** A line in which some bytes were no text of the file's encoding. */
function isDoubtful({ doubtful }: SourceFile, { text }: CsvRecord): boolean {
  return doubtful === true && text.includes(REPLACEMENT)
}

export function cutOff({ path, lines, broken, tail }: SourceFile): UnreadableLine {
  const at = { file: path, line: lines, text: tail }
  return unreadableLine(at, rowFault('damaged', { line: lines, message: broken ?? '' }))
}

export function bytesToText(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

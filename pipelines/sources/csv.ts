import { open } from 'node:fs/promises'
import { literal } from '../../data/quote.ts'
import { rowFault } from '../../entities/faults.ts'
import { csvRecords, type CsvRecord, type Marks } from './csv-records.ts'
import { linesOf } from './file-lines.ts'
import type { SourceFile } from './file-list.ts'
import { PLAIN_CSV, readCsv } from './parquet.ts'
import type { UnreadableLine } from './reader.ts'
import { unreadableLine } from './unreadable-line.ts'

/** How the CSV files of one feed are laid out. */
export interface CsvFormat extends Marks {
  readonly header: boolean | readonly string[]
}

/** A relation with the rows of some files, `_file` and `_line` among its columns, and the lines that are in none. */
export interface FileRows {
  readonly relation: string
  readonly unreadable: readonly UnreadableLine[]
}

/** Names of a file's columns: from the configuration, from its first record, or by place. */
export async function csvColumns(file: SourceFile, format: CsvFormat): Promise<string[] | undefined> {
  if (typeof format.header === 'object') return distinct(format.header)
  const head = file.head.startsWith('\xef\xbb\xbf') ? file.head.slice(3) : file.head
  for await (const [first] of csvRecords([head.split('\n')], format)) {
    if (first === undefined) continue
    if (first.fields === undefined) return undefined
    const names = first.fields.map((field) => bytesToText(field ?? '').trim())
    return distinct(format.header ? names : names.map(() => ''))
  }
  return []
}

/** Every name once, without regard to case, since SQL has none; a blank name is named after its place. */
function distinct(names: readonly string[]): string[] {
  const taken = new Set(['_file', '_line'])
  return names.map((name, index) => {
    const wanted = name === '' ? `column${index + 1}` : name
    let unique = wanted
    for (let count = 2; taken.has(unique.toLowerCase()); count++) unique = `${wanted}_${count}`
    taken.add(unique.toLowerCase())
    return unique
  })
}

/** A file's rows as DuckDB reads them. Where that gives one record a line, the record's number is its line. */
export function csvRows(file: SourceFile, { columns, format }: Pick<CsvReading, 'columns' | 'format'>): string {
  const header = format.header === true
  const select = readCsv(
    [file.absolute],
    columns.map((name) => ({ name, type: 'VARCHAR' })),
    { ...format, header },
  )
  return `SELECT *, ${literal(file.path)} AS _file, row_number() OVER () + ${header ? 1 : 0} AS _line FROM ${select}`
}

/** The rows that `csvRows` gives when every line of the file is a record. */
export function csvRowCount(file: SourceFile, { header }: CsvFormat): number {
  return file.lines - (header === true ? 1 : 0)
}

export interface CsvReading {
  readonly columns: readonly string[]
  readonly format: CsvFormat
  /** A new file to write sound records to. */
  readonly scratch: string
}

/** A file gone through record by record: for blank lines, line breaks inside quotes and anything that is no record. */
export async function csvRowsCarefully(file: SourceFile, { columns, format, scratch }: CsvReading): Promise<FileRows> {
  const unreadable: UnreadableLine[] = []
  const output = await open(scratch, 'w')
  let header = format.header === true
  try {
    for await (const group of csvRecords(withoutMark(linesOf(file.absolute)), format)) {
      let text = ''
      for (const record of group) {
        if (header) header = false
        else if (record.fields?.length === columns.length)
          text += `${record.fields.map(plain).join(',')},${record.line}\n`
        else unreadable.push(faultOf(file, record, columns.length))
      }
      if (text !== '') await output.write(Buffer.from(text, 'latin1'))
    }
  } finally {
    await output.close()
  }
  if (file.broken !== undefined) unreadable.push(cutOff(file))
  const types = [...columns.map((name) => ({ name, type: 'VARCHAR' })), { name: '_line', type: 'BIGINT' }]
  return {
    relation: `SELECT * EXCLUDE (_line), ${literal(file.path)} AS _file, _line FROM ${readCsv([scratch], types, PLAIN_CSV)}`,
    unreadable,
  }
}

async function* withoutMark(groups: AsyncIterable<string[]>): AsyncGenerator<string[]> {
  let first = true
  for await (const group of groups) {
    if (first && group[0]?.startsWith('\xef\xbb\xbf') === true) group[0] = group[0].slice(3)
    first = false
    yield group
  }
}

function plain(field: string | null): string {
  return field === null ? '' : `"${field.replaceAll('"', '""')}"`
}

function faultOf({ path }: SourceFile, { line, text, fields, fault }: CsvRecord, width: number): UnreadableLine {
  const at = { file: path, line, text: bytesToText(text.replace(/\r$/, '')) }
  if (fault === 'quote') {
    return unreadableLine(at, rowFault('quote_open'))
  }
  if (fault === 'encoding') return unreadableLine(at, rowFault('not_utf8'))
  return unreadableLine(at, rowFault('field_count', { fields: fields?.length ?? 0, width }))
}

export function cutOff({ path, lines, broken, tail }: SourceFile): UnreadableLine {
  const at = { file: path, line: lines, text: tail }
  return unreadableLine(at, rowFault('damaged', { line: lines, message: broken ?? '' }))
}

export function bytesToText(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

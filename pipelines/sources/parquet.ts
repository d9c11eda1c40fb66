import { rename, rm } from 'node:fs/promises'
import { identifier, literal } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'

/**
 * Writes what a SELECT answers as one Parquet file, which appears under its name only when it is whole.
 * Answers the number of rows; none: no file. Zstd: a third of the size of snappy at the same cost. Version 2: numbers and
 * instants as differences, a third of the size. Dictionaries of more than a few thousand words cost more than they save.
 */
const LAYOUT = 'FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 4096'

export async function writeParquet(session: Session, select: string, path: string): Promise<number> {
  const partial = `${path}.partial`
  try {
    const answer = await session.one<{ Count: number }>(`COPY (${select}) TO ${literal(partial)} (${LAYOUT})`)
    const rows = answer?.Count ?? 0
    if (rows > 0) await rename(partial, path)
    return rows
  } finally {
    await rm(partial, { force: true })
  }
}

export interface TypedColumn {
  readonly name: string
  /** DuckDB type. */
  readonly type: string
}

/** How CSV is laid out, as DuckDB is to read it: nothing is guessed. An empty field is null, a quoted empty one is ''. */
export interface CsvLayout {
  readonly delimiter: string
  readonly quote: string
  readonly escape: string
  readonly header: boolean
  /** Lines to leave out first. */
  readonly skip?: number
}

/** In bytes; what DuckDB itself takes for one row at most. */
export const LONGEST_ROW = 2_000_000

/** DuckDB holds several blocks of what it reads for each thread: in its own of 32 MB that is half a gigabyte, and no faster. */
export function blocksFor(longest: number): string {
  return `max_line_size = ${longest}, buffer_size = ${Math.max(longest, 2 * LONGEST_ROW)}`
}

export function readCsv(paths: readonly string[], columns: readonly TypedColumn[], layout: CsvLayout): string {
  const types = columns.map(({ name, type }) => `${identifier(name)}: ${literal(type)}`).join(', ')
  const options = [
    'auto_detect = false',
    `columns = {${types}}`,
    `delim = ${literal(layout.delimiter)}`,
    `quote = ${literal(layout.quote)}`,
    `escape = ${literal(layout.escape)}`,
    `header = ${layout.header}`,
    ...(layout.skip ? [`skip = ${layout.skip}`] : []),
    `nullstr = ''`,
    'allow_quoted_nulls = false',
    'strict_mode = true',
    'null_padding = false',
    blocksFor(LONGEST_ROW),
  ]
  return `read_csv([${paths.map(oneFile).join(', ')}], ${options.join(', ')})`
}

/** The path of one file as SQL: DuckDB would take 'sales[1].csv' for a pattern, and read sales1.csv where that is there. */
export function oneFile(path: string): string {
  return literal(path.replaceAll(/[[*?]/g, '[$&]'))
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Feed, FilesSource } from '../../config/source.ts'
import { literal } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import { fault, rowFault, type Fault } from '../../entities/faults.ts'
import { ConfigError, SourceError } from '../../errors.ts'
import { placeOf } from '../clients/remote-folder.ts'
import { csvColumns, csvRowCount, csvRows, csvRowsCarefully, isPlain } from './csv.ts'
import { highestCursor, sinceCursor } from './file-cursor.ts'
import {
  changedFiles,
  fileRead,
  fileSets,
  findFiles,
  LOOKED_AT,
  refuseChanging,
  SAMPLED,
  type SourceFile,
} from './file-list.ts'
import { csvFormat, formatOf, inUtf8, sheetLayout } from './file-layout.ts'
import { ndjsonObjects, ndjsonRows } from './ndjson.ts'
import { LineList } from './line-list.ts'
import { writeUnion, type Relation, type Target } from './file-union.ts'
import { oneFile } from './parquet.ts'
import type {
  Extracted,
  Extraction,
  RecoveredLine,
  SourceColumn,
  SourceReader,
  UnreadableLine,
  Window,
} from './reader.ts'
import { unreadableLine } from './unreadable-line.ts'
import { workbookRows } from './workbook.ts'

/** Files below a folder: CSV, NDJSON, Parquet, each also gzipped but Parquet. CSV and NDJSON values stay text. */
export function filesReader(source: FilesSource, session: Session): SourceReader {
  return {
    tables: () => fileSets(source.folder, source.name),
    columns: (feed) => columnsOf(session, source, feed),
    extract: async (feed, window, to) => {
      const found = await findFiles(source.folder, feed.from, source.name)
      if (found.length === 0) throw noFiles(source, feed)
      // A sample is taken from the newest files.
      const wanted = to.limit === undefined ? found : found.slice(-SAMPLED)
      const written = feed.cursor === undefined ? wanted.filter((file) => isWithin(file, window)) : wanted
      const files = await changedFiles(written, feed.cursor === undefined ? window.files : new Map(), source.name)
      const scratch = await mkdtemp(join(dirname(to.parquet), 'files-'))
      const heedless = session.heed(to.signal)
      try {
        to.signal.throwIfAborted()
        const texts = await inUtf8({ source, feed }, files, scratch)
        return await extract(session, { source, feed, files: texts, scratch }, window, to)
      } finally {
        heedless()
        await rm(scratch, { recursive: true, force: true })
      }
    },
    close: async () => session.close(),
  }
}

/** Files have no other clock than when they were written. */
function isWithin({ modified_at }: { readonly modified_at: string }, { since, until }: Window): boolean {
  return (since === null || modified_at >= since) && (until === undefined || modified_at < until)
}

interface Reading {
  readonly source: FilesSource
  readonly feed: Feed
  readonly files: readonly SourceFile[]
  readonly scratch: string
}

async function columnsOf(session: Session, source: FilesSource, feed: Feed): Promise<SourceColumn[]> {
  const found = await findFiles(source.folder, feed.from, source.name)
  if (found.length === 0) throw noFiles(source, feed)
  const columns = new Map<string, SourceColumn>()
  const scratch = await mkdtemp(join(tmpdir(), 'trueworth-columns-'))
  try {
    // The newest files tell what comes next; to look at every file of years would take as long as to read them.
    const newest = await changedFiles(found.slice(-LOOKED_AT), new Map(), source.name)
    for (const file of (await inUtf8({ source, feed }, newest, scratch)).toReversed()) {
      for (const column of await fileColumns(session, { source, feed, scratch }, file)) {
        if (!columns.has(column.name)) columns.set(column.name, column)
      }
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
  return [...columns.values()]
}

async function fileColumns(
  session: Session,
  { source, feed, scratch }: Omit<Reading, 'files'>,
  file: SourceFile,
): Promise<SourceColumn[]> {
  const format = formatOf(source, feed, file.path)
  if (format === 'workbook') {
    const order = { layout: sheetLayout(source, feed), scratch: join(scratch, 'workbook') }
    return (await workbookRows(file, order)).columns.map((name) => ({ name, type: '' }))
  }
  if (format === 'parquet') {
    const rows = await session.rows<{ column_name: string; column_type: string }>(
      `DESCRIBE FROM read_parquet(${oneFile(file.absolute)})`,
    )
    return rows.map((row) => ({ name: row.column_name, type: row.column_type }))
  }
  const names =
    format === 'ndjson'
      ? (await ndjsonObjects(session, file.absolute))?.columns
      : await csvColumns(file, csvFormat(source, feed))
  return (names ?? []).map((name) => ({ name, type: '' }))
}

async function extract(
  session: Session,
  reading: Reading,
  window: Window,
  { parquet, limit }: Extraction,
): Promise<Extracted> {
  const { feed, source, files } = reading
  const cursor = feed.cursor && {
    column: feed.cursor.column,
    layouts: feed.dates ?? source.dates ?? [],
    nulls: feed.nulls ?? source.nulls ?? [],
  }
  try {
    const read = await readAll(session, reading, {
      parquet,
      limit,
      where: cursor === undefined ? '' : sinceCursor(cursor, window.since, window.until),
    })
    if (feed.deletions) await refuseChanging(files, source.name)
    const highest = cursor !== undefined && read.rows > 0 ? await highestCursor(session, parquet, cursor) : null
    return { ...read, cursor: highest, files: files.map(fileRead) }
  } catch (cause) {
    if (cause instanceof SourceError || cause instanceof ConfigError) throw cause
    const message = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    throw new SourceError(fault('feed_unreadable', { source: source.name, from: feed.from, message }), {
      source: source.name,
      entity: feed.entity,
      retry: false,
      cause,
    })
  }
}

async function readAll(
  session: Session,
  reading: Reading,
  to: Target,
): Promise<Pick<Extracted, 'rows' | 'unreadable' | 'recovered'>> {
  const unsound = new Set(reading.files.filter(({ broken, doubtful }) => broken !== undefined || doubtful))
  const plain = await relations(session, reading, unsound)
  const rows = await writeUnion(session, plain, to).catch(() => undefined)
  const whole = rows !== undefined && to.where === '' && to.limit === undefined
  const wrong = whole ? await uneven(session, plain, to.parquet) : await failing(session, plain)
  if (wrong.length === 0 && rows !== undefined) return { rows, ...linesOf(plain, to) }
  for (const file of wrong) unsound.add(file)
  const careful = await relations(session, reading, unsound)
  return { rows: await writeUnion(session, careful, to), ...linesOf(careful, to) }
}

/** The lines of all files that are told of. What is too much for memory lies beside the Parquet file, outside the scratch folder. */
function linesOf(relations: readonly Relation[], { parquet }: Target): Pick<Extracted, 'unreadable' | 'recovered'> {
  const unreadable = new LineList<UnreadableLine>(`${parquet}.unreadable`)
  const recovered = new LineList<RecoveredLine>(`${parquet}.recovered`)
  for (const relation of relations) {
    for (const line of relation.unreadable) unreadable.push(line)
    for (const line of relation.recovered ?? []) recovered.push(line)
  }
  return { unreadable, recovered }
}

async function relations(session: Session, reading: Reading, unsound: ReadonlySet<SourceFile>): Promise<Relation[]> {
  const found: Relation[] = []
  for (const [index, file] of reading.files.entries()) {
    found.push({
      file,
      ...(await relation(session, reading, {
        file,
        careful: unsound.has(file),
        scratch: join(reading.scratch, String(index)),
      })),
    })
  }
  return found
}

async function relation(
  session: Session,
  { source, feed }: Reading,
  { file, careful, scratch }: { file: SourceFile; careful: boolean; scratch: string },
): Promise<Omit<Relation, 'file'>> {
  const format = formatOf(source, feed, file.path)
  if (format === 'ndjson') return { ...(await ndjsonRows(session, file, scratch)), expected: undefined }
  if (format === 'parquet') return parquetRows(session, file)
  if (format === 'workbook')
    return { ...(await workbookRows(file, { layout: sheetLayout(source, feed), scratch })), expected: undefined }
  const csv = csvFormat(source, feed)
  const columns = await csvColumns(file, csv)
  if (columns === undefined) return nothing(file, rowFault('no_header'))
  if (columns.length === 0) return { relation: '', unreadable: [], expected: undefined }
  if (careful || !isPlain(file, csv))
    return { ...(await csvRowsCarefully(file, { columns, format: csv, scratch })), columns, expected: undefined }
  return {
    relation: csvRows(file, { columns, format: csv }),
    columns,
    unreadable: [],
    expected: csvRowCount(file, csv),
  }
}

async function parquetRows(session: Session, file: SourceFile): Promise<Omit<Relation, 'file'>> {
  const read = `read_parquet(${oneFile(file.absolute)}, file_row_number = true)`
  try {
    await session.run(`DESCRIBE FROM ${read}`)
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    return nothing(file, rowFault('not_parquet', { message }))
  }
  return {
    relation: `SELECT * EXCLUDE (file_row_number), ${literal(file.path)} AS _file, file_row_number + 1 AS _line FROM ${read}`,
    unreadable: [],
    expected: undefined,
  }
}

function nothing(file: SourceFile, fault: Fault): Omit<Relation, 'file'> {
  const unreadable = [unreadableLine({ file: file.path, line: 1, text: '' }, fault)]
  return { relation: '', unreadable, expected: undefined }
}

/** Files that did not give a row for each line. */
async function uneven(session: Session, relations: readonly Relation[], parquet: string): Promise<SourceFile[]> {
  if (relations.every(({ expected }) => expected === undefined || expected === 0)) return []
  const rows = await session
    .rows<{ path: string; rows: number }>(
      `SELECT _file AS path, count(*) AS rows FROM read_parquet(${literal(parquet)}) GROUP BY ALL`,
    )
    .catch(() => [])
  const counted = new Map(rows.map((row) => [row.path, row.rows]))
  return relations
    .filter(({ file, expected }) => expected !== undefined && (counted.get(file.path) ?? 0) !== expected)
    .map(({ file }) => file)
}

/** Files that DuckDB alone cannot read, or not row by line. */
async function failing(session: Session, relations: readonly Relation[]): Promise<SourceFile[]> {
  const files: SourceFile[] = []
  for (const { file, relation: sql, expected } of relations) {
    if (sql === '' || expected === undefined) continue
    // Hashing every column makes the reader look at all of the text; a bare count would not.
    const counted = await session
      .one<{ rows: number }>(`SELECT count(value) AS rows FROM (SELECT hash(whole) AS value FROM (${sql}) AS whole)`)
      .catch(() => undefined)
    if (counted?.rows !== expected) files.push(file)
  }
  return files
}

function noFiles({ name, folder, remote }: FilesSource, { from, entity }: Feed): SourceError {
  const place = remote === undefined ? folder : placeOf(remote)
  return new SourceError(fault('no_file_matches', { source: name, folder: place, pattern: from }), {
    source: name,
    entity,
    retry: false,
  })
}

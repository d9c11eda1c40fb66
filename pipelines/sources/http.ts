import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Feed, HttpSource } from '../../config/source.ts'
import { identifier } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import { fault } from '../../entities/faults.ts'
import { SourceError } from '../../errors.ts'
import { nearest } from '../../models/builder/nearest.ts'
import { HttpClient } from '../clients/http.ts'
import type { World } from '../clients/tries.ts'
import { highestCursor, sinceCursor } from './file-cursor.ts'
import { httpPages, type HttpRecord } from './http-pages.ts'
import { ndjsonObjects, readObjects } from './ndjson.ts'
import { writeParquet } from './parquet.ts'
import type { Extracted, Extraction, SourceColumn, SourceReader, Window } from './reader.ts'

/** Records of an HTTP API that answers JSON. Values land as text, nested ones as JSON. */
export function httpReader(source: HttpSource, session: Session, world?: World): SourceReader {
  const opened = { source, session, client: new HttpClient(source, world) }
  return {
    tables: async () => [],
    columns: (feed) => columnsOf(opened, feed),
    extract: (feed, window, to) => extract(opened, { feed, window }, to),
    close: async () => session.close(),
  }
}

interface Opened {
  readonly source: HttpSource
  readonly session: Session
  readonly client: HttpClient
}

/** Of the first page: an API has no other list of its columns. */
async function columnsOf(opened: Opened, feed: Feed): Promise<SourceColumn[]> {
  const folder = await mkdtemp(join(tmpdir(), 'trueworth-columns-'))
  try {
    const path = join(folder, 'page.ndjson')
    await gather(opened, { feed, since: null, limit: 100, signal: new AbortController().signal }, path)
    const found = await ndjsonObjects(opened.session, path)
    return (found?.columns ?? []).map((name) => ({ name, type: '' }))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function extract(
  opened: Opened,
  { feed, window }: { feed: Feed; window: Window },
  to: Extraction,
): Promise<Extracted> {
  const { source, session } = opened
  const folder = await mkdtemp(join(dirname(to.parquet), 'pages-'))
  try {
    const path = join(folder, 'pages.ndjson')
    const gathered = await gather(opened, { feed, since: window.since, limit: to.limit, signal: to.signal }, path)
    if (gathered === 0) return { rows: 0, cursor: null, files: [], unreadable: [] }
    const columns = (await ndjsonObjects(session, path))?.columns ?? []
    const cursor = feed.cursor && {
      column: feed.cursor.column,
      layouts: feed.dates ?? source.dates ?? [],
      nulls: feed.nulls ?? source.nulls ?? [],
    }
    if (cursor !== undefined && !columns.includes(cursor.column)) throw noCursor(source, feed, columns)
    const condition = cursor === undefined ? '' : sinceCursor(cursor, window.since, window.until)
    const where = condition === '' ? '' : ` WHERE ${condition}`
    const select = `SELECT ${columns.map(identifier).join(', ')} FROM ${readObjects(path, columns)}${where}`
    const rows = await writeParquet(session, select, to.parquet)
    const highest = cursor !== undefined && rows > 0 ? await highestCursor(session, to.parquet, cursor) : null
    return { rows, cursor: highest, files: [], unreadable: [] }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Writes the records as they come, a line each, and answers how many. What is in memory is one page. */
async function gather(
  { source, client }: Opened,
  { feed, since, limit, signal }: { feed: Feed; since: string | null; limit: number | undefined; signal: AbortSignal },
  path: string,
): Promise<number> {
  const output = await open(path, 'w')
  let records = 0
  try {
    for await (const page of httpPages({ source, feed, client, since, signal })) {
      await output.appendFile(page.map(line).join(''))
      records += page.length
      if (limit !== undefined && records >= limit) break
    }
    return records
  } finally {
    await output.close()
  }
}

function line(record: HttpRecord): string {
  return `${JSON.stringify(record)}\n`
}

function noCursor(source: HttpSource, feed: Feed, columns: readonly string[]): SourceError {
  const column = feed.cursor?.column ?? ''
  const near = nearest(column, columns)
  return new SourceError(fault('cursor_missing', { source: source.name, from: feed.from, column, near }), {
    source: source.name,
    entity: feed.entity,
    retry: false,
  })
}

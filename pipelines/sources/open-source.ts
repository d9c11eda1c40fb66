import type { Feed, Source } from '../../config/source.ts'
import type { Session, Warehouse } from '../../data/warehouse.ts'
import { SourceError } from '../../errors.ts'
import { databaseReader } from './database.ts'
import { filesReader } from './files.ts'
import { httpReader } from './http.ts'
import type { SourceReader } from './reader.ts'
import { remoteReader } from './remote-files.ts'
import { sqliteReader } from './sqlite.ts'

/**
 * A reader for any kind of source. It works on a connection of its own, which `close` gives back; one window at a time.
 * Throws SourceError where the source cannot be reached.
 */
export async function openSource(source: Source, { warehouse }: { warehouse: Warehouse }): Promise<SourceReader> {
  const session = await warehouse.session()
  try {
    const reader = await readerOf(source, session)
    return {
      ...reader,
      extract: async (feed, window, to) => reader.extract(await whatIsThere(reader, feed, to.signal), window, to),
    }
  } catch (error) {
    session.close()
    throw error
  }
}

async function readerOf(source: Source, session: Session): Promise<SourceReader> {
  if (source.kind === 'files') {
    const { remote } = source
    const files = filesReader(source, session)
    return remote === undefined ? files : remoteReader({ ...source, remote }, files)
  }
  if (source.kind === 'http') return httpReader(source, session)
  return source.kind === 'sqlite' ? sqliteReader(source, session) : databaseReader(source, session)
}

/** A table or file that is not there, of a feed that takes what is there, is no failure. */
export function isAbsent({ ifPresent }: Feed, error: unknown): boolean {
  const codes = ['table_missing', 'sqlite_table_missing', 'no_file_matches']
  return ifPresent === true && error instanceof SourceError && codes.includes(error.fault?.code ?? '')
}

/** A feed that takes what is there is read whole where its cursor is not there. */
async function whatIsThere(reader: SourceReader, feed: Feed, signal: AbortSignal): Promise<Feed> {
  const { cursor, ...whole } = feed
  if (cursor === undefined || !feed.ifPresent) return feed
  const columns = await reader.columns(feed, signal)
  return columns.some(({ name }) => name.toLowerCase() === cursor.column.toLowerCase()) ? feed : whole
}

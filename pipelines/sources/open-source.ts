import type { Source } from '../../config/source.ts'
import type { Warehouse } from '../../data/warehouse.ts'
import { databaseReader } from './database.ts'
import { filesReader } from './files.ts'
import { httpReader } from './http.ts'
import type { SourceReader } from './reader.ts'
import { sqliteReader } from './sqlite.ts'

/**
 * A reader for any kind of source. It works on a connection of its own, which `close` gives back; one window at a time.
 * Throws SourceError where the source cannot be reached.
 */
export async function openSource(source: Source, { warehouse }: { warehouse: Warehouse }): Promise<SourceReader> {
  const session = await warehouse.session()
  try {
    if (source.kind === 'files') return filesReader(source, session)
    if (source.kind === 'http') return httpReader(source, session)
    return source.kind === 'sqlite' ? sqliteReader(source, session) : databaseReader(source, session)
  } catch (error) {
    session.close()
    throw error
  }
}

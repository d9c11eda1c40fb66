import type { Session } from '../data/warehouse.ts'
import type { ConfiguredFeed } from './load-prepare.ts'
import { lowerBound } from './sources/cursor.ts'
import type { FileRead, Window } from './sources/reader.ts'

/** What to read of a feed: what came since the last loaded batch, less the lag; everything for `full` and for feeds with deletions. */
export async function windowOf(session: Session, { source, feed }: ConfiguredFeed, full: boolean): Promise<Window> {
  if (full || feed.deletions) return { since: null, files: new Map() }
  const place = [source.name, feed.entity, feed.from]
  const condition = 'source = $1 AND entity = $2 AND origin = $3'
  const files = await session.rows<FileRead>(
    `SELECT path, size, modified_at, checksum FROM meta.files WHERE ${condition}`,
    place,
  )
  const mark = await session.one<{ cursor: string | null }>(`SELECT cursor FROM meta.watermarks WHERE ${condition}`, place)
  const cursor = feed.cursor ? (mark?.cursor ?? null) : null
  return { since: lowerBound(cursor, feed.cursor?.lag), files: new Map(files.map((file) => [file.path, file])) }
}

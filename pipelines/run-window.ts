import type { Lag } from '../config/source.ts'
import type { Session } from '../data/warehouse.ts'
import { ConfigError } from '../errors.ts'
import type { ConfiguredFeed } from './load-prepare.ts'
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
  return { since: cursor === null ? null : lessLag(cursor, feed.cursor?.lag), files: new Map(files.map((file) => [file.path, file])) }
}

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)(?:([T ])(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?)?(.*)$/

/** An earlier instant in the same layout, so that it compares with the source's as text does. */
export function lessLag(cursor: string, lag: Lag | undefined): string {
  const minutes = ((lag?.days ?? 0) * 24 + (lag?.hours ?? 0)) * 60 + (lag?.minutes ?? 0)
  if (minutes === 0) return cursor
  const found = INSTANT.exec(cursor)
  if (!found) {
    throw new ConfigError(
      `cursor: ${cursor} is not an instant such as 2026-03-31 08:00:00, so no lag can be taken off it. Leave lag out, or name a column with instants.`,
    )
  }
  const [, year, month, day, separator, hour, minute, second, fraction = '', zone = ''] = found
  const instant = Date.UTC(+year!, +month! - 1, +day!, +(hour ?? 0), +(minute ?? 0), +(second ?? 0))
  const earlier = new Date(instant - minutes * 60_000).toISOString()
  const dayOnly = separator === undefined && minutes % (24 * 60) === 0
  return dayOnly ? earlier.slice(0, 10) + zone : earlier.slice(0, 10) + (separator ?? ' ') + earlier.slice(11, 19) + fraction + zone
}

import type { Session } from '../../data/warehouse.ts'
import { fault } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'
import type { ConfiguredFeed } from '../load/prepare.ts'
import { lowerBound } from '../sources/cursor.ts'
import type { FileRead, Window } from '../sources/reader.ts'

/** A part of the past: from, and up to but without. Days or instants as the cursors of the feeds are written. */
export interface Again {
  readonly since?: string
  readonly until?: string
}

/**
 * The window of a part of the past. Throws RequestError for a feed that has no cursor to tell it by; files are told by when
 * they were written.
 */
export function windowAgain({ source, feed }: ConfiguredFeed, { since, until }: Again): Window {
  if (feed.cursor === undefined && source.kind !== 'files')
    throw new RequestError(fault('no_window', { feed: `${source.name}.${feed.entity}` }), { field: 'since' })
  return { since: since ?? null, files: new Map(), ...(until !== undefined && { until }) }
}

interface OfFeed {
  readonly source: string
  readonly entity: string
  readonly origin: string
}

interface Mark {
  readonly cursor: string | null
  readonly read_at: string | null
}

/** How far every feed was read when a run begins: asked for once, since most feeds of most runs bring nothing. */
export class Windows {
  readonly #marks: ReadonlyMap<string, Mark>
  readonly #files: ReadonlyMap<string, readonly FileRead[]>

  private constructor(marks: ReadonlyMap<string, Mark>, files: ReadonlyMap<string, readonly FileRead[]>) {
    this.#marks = marks
    this.#files = files
  }

  static async read(session: Session): Promise<Windows> {
    const marks = await session.rows<OfFeed & Mark>(
      'SELECT source, entity, origin, cursor, read_at FROM meta.watermarks',
    )
    const files = await session.rows<OfFeed & FileRead>(
      'SELECT source, entity, origin, path, size, modified_at, checksum FROM meta.files',
    )
    return new Windows(new Map(marks.map((mark) => [nameOf(mark), mark])), Map.groupBy(files, nameOf))
  }

  /** What to read of a feed: what came since the last loaded batch, less the lag; everything for `full` and for feeds with deletions. */
  of({ source, feed }: ConfiguredFeed, full: boolean): Window {
    if (full || feed.deletions) return { since: null, files: new Map() }
    const name = nameOf({ source: source.name, entity: feed.entity, origin: feed.from })
    const mark = feed.cursor && this.#marks.get(name)
    const files = (this.#files.get(name) ?? []).map(({ path, size, modified_at, checksum }) => ({
      path,
      size,
      modified_at,
      checksum,
    }))
    const since = lowerBound(mark?.cursor ?? null, feed.cursor?.lag, mark?.read_at ?? null)
    return { since, files: new Map(files.map((file) => [file.path, file])) }
  }
}

function nameOf({ source, entity, origin }: OfFeed): string {
  return JSON.stringify([source, entity, origin])
}

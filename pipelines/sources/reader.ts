import type { Feed, RecoveryRule } from '../../config/source.ts'
import type { Lines } from './line-list.ts'

/** A column of a table or file as the source has it. `type` is the source's own word for it; empty where it has none (CSV). */
export interface SourceColumn {
  readonly name: string
  readonly type: string
}

/** A file that was read: what tells whether it changed since. */
export interface FileRead {
  readonly path: string
  readonly size: number
  readonly modified_at: string
  readonly checksum: string
}

/** A line that is not even a row, or whose text cannot be kept as one. */
export interface UnreadableLine {
  readonly file: string
  readonly line: number
  readonly text: string
  readonly reason: string
  readonly remedy: string
  /** Code and details (JSON) of the reason, for readers of other languages; a landed line of an older Trueworth has none. */
  readonly fault?: string
  readonly details?: string
}

/** A line that a declared rule mended: kept as a row, or left out where it says nothing. */
export interface RecoveredLine {
  readonly file: string
  readonly line: number
  readonly rule: RecoveryRule
  readonly before: string
  /** Null: the line is left out. */
  readonly after: string | null
}

/** What to extract. The same window twice gives the same rows. */
export interface Window {
  /** Rows whose cursor is at or above this, and those without one; null: from the beginning. Already less the lag. */
  readonly since: string | null
  /** Rows whose cursor is below this, and none without one: a window that is read again. Absent: to the end. */
  readonly until?: string
  /** Files already loaded, by path. A file is read when it is not among them or differs. */
  readonly files: ReadonlyMap<string, FileRead>
}

/** Where to write, how long to go on, and how many rows at most: a sample. */
export interface Extraction {
  readonly parquet: string
  readonly signal: AbortSignal
  readonly limit?: number
}

export interface Extracted {
  readonly rows: number
  /** Highest cursor value among the rows, as text that compares as the source compares; null without cursor or rows. */
  readonly cursor: string | null
  readonly files: readonly FileRead[]
  readonly unreadable: Lines<UnreadableLine>
  /** Lines that declared rules mended; absent: none. */
  readonly recovered?: Lines<RecoveredLine>
}

/**
 * Reads one source. Owns nothing: no clock, no environment, no warehouse.
 * `extract` writes the source-shaped rows to a new Parquet file: every column the source gave, text where the source gave text,
 * and for files `_file` (VARCHAR) and `_line` (BIGINT). Zero rows: no file is written.
 * Throws SourceError; `retry` says whether trying again can help.
 */
export interface SourceReader {
  /** What a feed's `from` may name: tables and views, files – those that differ in a number only as one glob. Empty where the source has no list. */
  tables(): Promise<string[]>
  columns(feed: Feed, signal?: AbortSignal): Promise<SourceColumn[]>
  extract(feed: Feed, window: Window, to: Extraction): Promise<Extracted>
  close(): Promise<void>
}

import type { Feed } from '../../config/source.ts'
import type { Session } from '../../data/warehouse.ts'
import { describeFault, type Fault } from '../../entities/faults.ts'
import type { Manifest } from '../landing.ts'
import type { ColumnFault } from '../mapping/sql.ts'
import type { LandedColumn } from '../mapping/mapping.ts'

/** A batch with a larger share of rejected rows does not load, unless its feed says otherwise. */
export const DEFAULT_REJECT_SHARE = 0.1

/** The rows of a batch as SQL. */
export interface MappedBatch {
  /** What the landed rows have. */
  readonly columns: readonly LandedColumn[]
  /** The landed rows: a table function or a SELECT in brackets. Those of a database carry their place in the file as `_line`. */
  readonly relation: string
  /** The mapped rows: a SELECT. */
  readonly mapped: string
  /** What `place` in `_faults` stands for. */
  readonly faults: readonly ColumnFault[]
}

/** A batch, and how it is configured to be read today. `prepareBatch` makes one. */
export interface BatchToLoad {
  readonly manifest: Manifest
  readonly unreadable: string
  readonly recovered: string
  readonly feed: Feed
  /** Sources named before this one: a key they own is theirs. */
  readonly superior: readonly string[]
  /** The mapping over its rows; `refused` where it does not fit them. */
  readonly rows: MappedBatch | Refused
}

/** What became of the rows of a batch. Every row is in exactly one of the counts; `rejected` counts unreadable lines too. */
export interface Loaded {
  readonly rows: number
  readonly loaded: number
  readonly unchanged: number
  readonly duplicates: number
  readonly leftOut: number
  readonly rejected: number
  /** Rows that are gone from the source; they were not in the batch. */
  readonly deleted: number
}

/** The batch stays in landing and nothing of it is in the warehouse: `refused` says why and what to do. */
export type LoadOutcome = Loaded | Refused

export interface Refused {
  readonly refused: string
  readonly fault: Fault
}

export function refusal(fault: Fault): Refused {
  return { refused: describeFault(fault, 'en') ?? fault.code, fault }
}

/** A batch on its way into the tables. Names are quoted, `source`, `batch` and `loadedAt` are SQL literals. */
export interface Load extends BatchToLoad, MappedBatch {
  readonly session: Session
  readonly raw: string
  readonly history: string
  readonly content: readonly string[]
  readonly key: readonly string[]
  /** SQL over a row: since when it counts as known where it does not say when it was keyed. */
  readonly since: string
  readonly names: { readonly source: string; readonly batch: string; readonly loadedAt: string }
}

/** The number in column `n` of a one-row answer. */
export async function count(session: Session, sql: string): Promise<number> {
  return (await session.one<{ n: number }>(sql))?.n ?? 0
}

/** SQL: the two rows have the same key. */
export function equal(one: string, other: string, columns: readonly string[]): string {
  return columns.map((name) => `${one}.${name} = ${other}.${name}`).join(' AND ')
}

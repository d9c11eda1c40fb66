/** A figure of a month that was over, as it was known at a moment and as it is known now. */
export interface RestatedMonth {
  /** First day of the month. */
  readonly month: string
  readonly was: number | null
  readonly is: number | null
}

/** How a metric was restated since a moment. */
export interface Restatement {
  readonly metric: string
  /** The moment, and the business date an edition had then. */
  readonly was_known_at: string
  readonly was_as_of: string
  readonly is_known_at: string
  readonly warehouse_version: number
  /** Months that were over then and whose figure differs now, the newest first. */
  readonly months: readonly RestatedMonth[]
}

/** A row of a source that made a difference: it came later than the moment, was changed or deleted since. */
export interface RestatingRow {
  readonly entity: string
  /** What identifies it, as 'T-17' or 'O-3 / 2'. */
  readonly record: string
  readonly change: 'new' | 'changed' | 'deleted'
  /** When what is true now became known; of a deleted row, when it was gone. */
  readonly known_from: string
  /** The fields the metric stands on that differ, as text. */
  readonly fields: readonly { readonly field: string; readonly was: string | null; readonly is: string | null }[]
}

export interface RestatingRows {
  readonly rows: readonly RestatingRow[]
  /** Before the limit. */
  readonly total: number
}

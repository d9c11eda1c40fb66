import type { Feed, Source } from '../config/source.ts'

/** A column of the landed Parquet: its name and DuckDB type. `landedColumns` asks a relation for them. */
export interface LandedColumn {
  readonly name: string
  /** DuckDB's word: VARCHAR, BIGINT, DECIMAL(18,2), TIMESTAMP … */
  readonly landed: string
}

/** What a mapping is compiled from. `columns` are those of the landed rows, with or without `_file` and `_line`. */
export interface MappingInput {
  readonly source: Source
  readonly feed: Feed
  readonly columns: readonly LandedColumn[]
  readonly company: { readonly timeZone: string }
}

/** Why a mapping cannot be used as it is. `message` says what, names what exists, and what to do. */
export interface MappingProblem {
  readonly source: string
  /** The feed's `from`. */
  readonly feed: string
  readonly entity: string
  /** Column of the entity, or 'where', 'version', 'cursor'. */
  readonly column: string
  /** The column or expression of the source at fault, and the nearest name there is. */
  readonly missing?: string
  readonly nearest?: string
  readonly message: string
}

export interface CompiledMapping {
  /** Empty: the mapping fits. `sql` must not be called otherwise. */
  readonly problems: readonly MappingProblem[]
  /**
   * One SELECT over `relation`, a table or table function with the landed columns: `read_parquet('…')`.
   * Yields, in this order: the entity's columns and the record columns in contract order and type,
   * `version_at` TIMESTAMP, `_file` VARCHAR, `_line` BIGINT,
   * `_faults` STRUCT(column_name VARCHAR, value VARCHAR, reason VARCHAR, remedy VARCHAR)[] – null where the row is fine –
   * and `_original` JSON text of the source row – null where the row is fine.
   * Rows that `where` leaves out are not among them.
   */
  sql(relation: string): string
}

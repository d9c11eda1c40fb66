/** A word a user sees, in every language Trueworth speaks. */
export interface Words {
  readonly en: string
  readonly zh: string
}

/**
 * What a column holds. The SQL type that follows is in `sqlType`.
 * `instant` is a moment in UTC; `day` a calendar day; `money` has two decimals, `rate` six (unit prices, hourly cost).
 */
export type ColumnType = 'id' | 'text' | 'integer' | 'number' | 'money' | 'rate' | 'boolean' | 'day' | 'instant'

export interface Column {
  readonly type: ColumnType
  /** A row without it is rejected. */
  readonly required?: true
  /** The entity whose (only) key this column repeats. Never enforced at load: a dangling reference is a record fault, not a lost row. */
  readonly references?: string
  /** The only values allowed. Absent: any text. A mapping translates a source's own words into these. */
  readonly values?: readonly string[]
  /**
   * Instants of the same row before which nobody can have known the value; an instant that has happened names itself. A row
   * that was read later and only counts as known earlier is shown without it at moments before.
   */
  readonly knownSince?: readonly string[]
  readonly words: Words
  /** One sentence, where the name does not say it all. */
  readonly about?: string
}

export interface Entity {
  readonly words: Words
  readonly about: string
  /** Columns that identify a row within its source. */
  readonly key: readonly string[]
  /** The instant or day the row is about, on the business clock. Absent for entities that only describe. */
  readonly happened?: string
  readonly columns: Readonly<Record<string, Column>>
}

const SQL_TYPES: Readonly<Record<ColumnType, string>> = {
  id: 'VARCHAR',
  text: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  money: 'DECIMAL(18,2)',
  rate: 'DECIMAL(18,6)',
  boolean: 'BOOLEAN',
  day: 'DATE',
  instant: 'TIMESTAMP',
}

/** The DuckDB type of a column. Instants are TIMESTAMP without zone, always UTC. */
export function sqlType(type: ColumnType): string {
  return SQL_TYPES[type]
}

/** Keeps the literal names of columns, so that a configuration that maps an unknown column does not compile. */
export function defineEntity<const E extends Entity>(entity: E): E {
  return entity
}

/** Two columns every entity may fill besides its own: when and by whom the row was keyed into its source. */
export const recordColumns = {
  recorded_at: {
    type: 'instant',
    words: { en: 'Recorded at', zh: '录入时间' },
    about: 'When the row was keyed into its source, where known.',
  },
  recorded_by: {
    type: 'id',
    references: 'employees',
    words: { en: 'Recorded by', zh: '录入人' },
    about: 'Who keyed the row into its source.',
  },
} as const satisfies Record<string, Column>

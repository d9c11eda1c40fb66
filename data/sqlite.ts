import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { fault } from '../entities/faults.ts'
import { SourceError } from '../errors.ts'
import { identifier, literal } from './quote.ts'
import type { Parameter, Session } from './warehouse.ts'

export type SqliteValue = string | number | bigint | Uint8Array | null

export interface SqliteColumn {
  readonly name: string
  /** As declared, upper case; '' for an expression of a view. SQLite itself does not hold values to it. */
  readonly type: string
}

/** Another program's SQLite file, opened for reading only. */
export interface SqliteSource {
  /** Names of tables and views, without SQLite's own. */
  tables(): string[]
  /** Columns of a table or view, in order; empty where there is none of that name. */
  columns(table: string): SqliteColumn[]
  /** Names of the columns that a query answers with, without running it. */
  columnsOf(sql: string): string[]
  /** The rows of a query as arrays, as they are asked for. Whole numbers come as bigint. Leaving the loop early ends the query. */
  rows(sql: string, parameters?: readonly SqliteValue[]): Iterable<SqliteValue[]>
  /**
   * The rows of a query as arrays, in batches. Memory stays flat; rows are read as they are asked for, and leaving the
   * loop early ends the query. Whole numbers beyond 2^53 come as bigint, others as number.
   */
  batches(sql: string, parameters?: readonly SqliteValue[], size?: number): Generator<SqliteValue[][]>
  close(): void
}

/** Opens `file` for reading. A file that is missing or is no database gives a SourceError. */
export function openSqliteSource(file: string, source = 'sqlite'): SqliteSource {
  const database = open(file, source)
  return {
    tables: () =>
      names(
        database,
        `SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
      ),
    columns: (table) => columns(database, table),
    columnsOf: (sql) =>
      database
        .prepare(sql)
        .columns()
        .map((column) => column.name),
    rows: (sql, parameters = []) => rowsOf(database, sql, parameters),
    batches: (sql, parameters = [], size = 4_096) => batches(database, { sql, parameters, size }),
    close: () => database.close(),
  }
}

function open(file: string, source: string): DatabaseSync {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 })
    database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').all()
    return database
  } catch (cause) {
    if (database?.isOpen) database.close()
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new SourceError(fault('sqlite_unopenable', { source, file, message }), {
      source,
      retry: /locked|busy/.test(message),
      cause,
    })
  }
}

function names(database: DatabaseSync, sql: string): string[] {
  return database
    .prepare(sql)
    .all()
    .map((row) => String(row['name']))
}

/** `table_xinfo` also lists generated columns; `hidden` 1 marks those of virtual tables, which a SELECT * leaves out. */
function columns(database: DatabaseSync, table: string): SqliteColumn[] {
  const rows = database
    .prepare(`SELECT name, type FROM pragma_table_xinfo(${literal(table)}) WHERE hidden <> 1 ORDER BY cid`)
    .all()
  return rows.map((row) => ({ name: String(row['name']), type: String(row['type']).toUpperCase() }))
}

interface Reading {
  readonly sql: string
  readonly parameters: readonly SqliteValue[]
  readonly size: number
}

function rowsOf(database: DatabaseSync, sql: string, parameters: readonly SqliteValue[]): Iterable<SqliteValue[]> {
  const statement = database.prepare(sql)
  statement.setReturnArrays(true)
  // Reading whole numbers as bigint costs a twentieth; reading them as numbers throws beyond 2^53.
  statement.setReadBigInts(true)
  return statement.iterate(...(parameters as SQLInputValue[])) as unknown as Iterable<SqliteValue[]>
}

function* batches(database: DatabaseSync, { sql, parameters, size }: Reading): Generator<SqliteValue[][]> {
  let batch: SqliteValue[][] = []
  for (const row of rowsOf(database, sql, parameters)) {
    for (let index = 0; index < row.length; index++) {
      const value = row[index]
      if (typeof value === 'bigint') row[index] = narrow(value)
    }
    batch.push(row)
    if (batch.length === size) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

function narrow(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/** Fills a new SQLite file. */
export interface SqliteWriter {
  create(table: string, columns: readonly SqliteColumn[]): void
  insert(table: string, rows: Iterable<readonly SqliteValue[]>): number
  /** Inserts what a DuckDB query answers, column for column: booleans as 0 and 1, days and instants as ISO 8601 text. */
  copy(table: string, session: Session, sql: string, parameters?: readonly Parameter[]): Promise<number>
  /** Any other statement: an index, a view. */
  run(sql: string): void
}

/**
 * Writes a SQLite file in one transaction. The file appears under its name, in place of an older one,
 * only when `work` has ended well.
 */
export async function writeSqlite<T>(file: string, work: (writer: SqliteWriter) => Promise<T> | T): Promise<T> {
  const partial = `${file}.partial`
  mkdirSync(dirname(file), { recursive: true })
  rmSync(partial, { force: true })
  const database = new DatabaseSync(partial)
  try {
    // Nobody else sees the file before it is whole, so neither journal nor sync guards anything here.
    database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; BEGIN')
    const answer = await work(writerOf(database))
    database.exec('COMMIT')
    database.close()
    renameSync(partial, file)
    return answer
  } catch (error) {
    if (database.isOpen) database.close()
    rmSync(partial, { force: true })
    throw error
  }
}

function writerOf(database: DatabaseSync): SqliteWriter {
  return {
    create: (table, columns) => {
      const list = columns.map((column) => `${identifier(column.name)} ${column.type}`)
      database.exec(`CREATE TABLE ${identifier(table)} (${list.join(', ')})`)
    },
    insert: (table, rows) => {
      const inserter = new Inserter(database, table)
      for (const row of rows) inserter.add(row)
      return inserter.end()
    },
    copy: async (table, session, sql, parameters = []) =>
      copy(new Inserter(database, table), session, { sql, parameters }),
    run: (sql) => database.exec(sql),
  }
}

interface Copied {
  readonly sql: string
  readonly parameters: readonly Parameter[]
}

const UNIT = '\u001F'
const NOTHING = '\u001E'

/**
 * A row crosses from DuckDB as one text, split here: reading a text takes as long for twenty values as for one, so this
 * is three times as fast as value by value.
 */
async function copy(inserter: Inserter, session: Session, { sql, parameters }: Copied): Promise<number> {
  const columns = await session.describe(sql)
  const texts = columns.map(({ name, type }) => `COALESCE(${textOf(identifier(name), type)}, chr(30))`)
  const numeric = columns.flatMap(({ type }, index) => (NUMERIC.test(type) ? [index] : []))
  const joined = `SELECT concat_ws(chr(31), ${texts.join(', ')}) FROM (${sql}) AS answer`
  for await (const chunk of await session.stream(joined, parameters)) {
    for (const text of chunk.getColumnValues(0)) {
      const row: SqliteValue[] = String(text).split(UNIT)
      for (let index = 0; index < row.length; index++) if (row[index] === NOTHING) row[index] = null
      for (const index of numeric) row[index] = numberOf(row[index] ?? null)
      inserter.add(row)
    }
  }
  return inserter.end()
}

const NUMERIC = /^(BOOLEAN|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL)/

function textOf(column: string, type: string): string {
  if (type === 'BOOLEAN') return `CAST(CAST(${column} AS INTEGER) AS VARCHAR)`
  return type === 'TIMESTAMP' ? `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%gZ')` : `CAST(${column} AS VARCHAR)`
}

function numberOf(text: SqliteValue): SqliteValue {
  if (typeof text !== 'string') return text
  const number = Number(text)
  return Number.isInteger(number) && !Number.isSafeInteger(number) && /^-?\d+$/.test(text) ? BigInt(text) : number
}

/** Rows of one statement: more per statement is faster up to about here. */
const ROWS_AT_ONCE = 32

class Inserter {
  readonly #database: DatabaseSync
  readonly #table: string
  readonly #width: number
  readonly #full: StatementSync
  #values: SqliteValue[] = []
  #count = 0

  constructor(database: DatabaseSync, table: string) {
    this.#database = database
    this.#table = table
    this.#width = database.prepare(`SELECT * FROM ${identifier(table)}`).columns().length
    this.#full = this.#prepare(ROWS_AT_ONCE)
  }

  add(row: readonly SqliteValue[]): void {
    if (row.length !== this.#width)
      throw new Error(`${this.#table}: a row of ${row.length} values does not fit ${this.#width} columns`)
    for (const value of row) this.#values.push(value)
    this.#count++
    if (this.#values.length < ROWS_AT_ONCE * this.#width) return
    this.#full.run(...(this.#values as SQLInputValue[]))
    this.#values = []
  }

  /** Writes what is left and says how many rows were added. */
  end(): number {
    if (this.#values.length > 0)
      this.#prepare(this.#values.length / this.#width).run(...(this.#values as SQLInputValue[]))
    this.#values = []
    return this.#count
  }

  #prepare(rows: number): StatementSync {
    const row = `(${Array<string>(this.#width).fill('?').join(', ')})`
    return this.#database.prepare(
      `INSERT INTO ${identifier(this.#table)} VALUES ${Array<string>(rows).fill(row).join(', ')}`,
    )
  }
}

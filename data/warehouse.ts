import { DuckDBInstance, type DuckDBConnection, type DuckDBResult, type DuckDBValue } from '@duckdb/node-api'
import { ConfigError, QueryError } from '../errors.ts'
import { toJs, type Value } from './values.ts'

export type Row = Record<string, Value>
export type Parameter = string | number | bigint | boolean | null

/** One connection. Statements on it run one after the other. */
export class Session {
  readonly connection: DuckDBConnection

  constructor(connection: DuckDBConnection) {
    this.connection = connection
  }

  /** Runs one or more statements and forgets what they answer. Parameters stand as $1, $2 … */
  async run(sql: string, parameters: readonly Parameter[] = []): Promise<void> {
    await this.#guard(sql, () => this.connection.run(sql, bound(parameters)))
  }

  /** The rows of a small answer as objects. For large answers use `stream` or Arrow. */
  async rows<T extends object = Row>(sql: string, parameters: readonly Parameter[] = []): Promise<T[]> {
    const reader = await this.#guard(sql, () => this.connection.runAndReadAll(sql, bound(parameters)))
    const names = reader.deduplicatedColumnNames()
    return reader.getRows().map((row) => Object.fromEntries(names.map((name, i) => [name, toJs(row[i] ?? null)])) as T)
  }

  /** The first row, or undefined. */
  async one<T extends object = Row>(sql: string, parameters: readonly Parameter[] = []): Promise<T | undefined> {
    return (await this.rows<T>(sql, parameters))[0]
  }

  /** A streamed result: chunks arrive as they are fetched, memory stays flat. */
  async stream(sql: string, parameters: readonly Parameter[] = []): Promise<DuckDBResult> {
    return this.#guard(sql, () => this.connection.stream(sql, bound(parameters)))
  }

  /** Names and types of the columns a statement answers with; it is planned, not run. */
  async describe(sql: string): Promise<{ name: string; type: string }[]> {
    return this.#guard(sql, async () => {
      const statement = await this.connection.prepare(sql)
      try {
        const columns = Array.from({ length: statement.columnCount }, (_, index) => index)
        return columns.map((index) => ({
          name: statement.columnName(index),
          type: String(statement.columnType(index)),
        }))
      } finally {
        statement.destroySync()
      }
    })
  }

  /** Stops what runs on this connection; its promise rejects. */
  interrupt(): void {
    this.connection.interrupt()
  }

  close(): void {
    this.connection.closeSync()
  }

  async #guard<T>(sql: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (cause) {
      throw new QueryError(cause instanceof Error ? cause.message : String(cause), { sql, cause })
    }
  }
}

/** Without parameters DuckDB runs a text in one step; with them it prepares first. */
function bound(parameters: readonly Parameter[]): DuckDBValue[] | undefined {
  return parameters.length === 0 ? undefined : [...parameters]
}

export interface WarehouseOptions {
  /** DuckDB's own settings, e.g. { threads: '2', memory_limit: '4GB' }. */
  settings?: Record<string, string>
}

/**
 * The DuckDB instance: one writer at a time, readers that never wait.
 * A file can be held by one process only; a second one gets a ConfigError that says so.
 */
export class Warehouse {
  readonly #instance: DuckDBInstance
  #idle: Session[] = []
  #writing: Promise<unknown> = Promise.resolve()
  #commits = 0

  private constructor(instance: DuckDBInstance) {
    this.#instance = instance
  }

  static async open(path: string, options: WarehouseOptions = {}): Promise<Warehouse> {
    try {
      return new Warehouse(await DuckDBInstance.create(path, { ...options.settings }))
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause)
      throw new ConfigError(`warehouse ${path} cannot be opened: ${message}`, { cause })
    }
  }

  /** Grows with every transaction of `write` that commits: while it stands still, what was read is still true. */
  get commits(): number {
    return this.#commits
  }

  /** A connection of one's own. The caller closes it. */
  async session(): Promise<Session> {
    const session = new Session(await this.#instance.connect())
    await session.run(`SET TimeZone = 'UTC'`)
    return session
  }

  /** Lends a connection for reading. */
  async read<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = this.#idle.pop() ?? (await this.session())
    try {
      return await work(session)
    } finally {
      this.#idle.push(session)
    }
  }

  /** Runs `work` in one transaction, alone among writers. Commits at its end, rolls back where it throws. */
  async write<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const turn = this.#writing.then(() => this.#transaction(work))
    this.#writing = turn.catch(() => undefined)
    return turn
  }

  async #transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.session()
    try {
      await session.run('BEGIN TRANSACTION')
      const answer = await work(session)
      await session.run('COMMIT')
      this.#commits += 1
      return answer
    } catch (error) {
      await session.run('ROLLBACK').catch(() => undefined)
      throw error
    } finally {
      session.close()
    }
  }

  close(): void {
    for (const session of this.#idle) session.close()
    this.#idle = []
    this.#instance.closeSync()
  }
}

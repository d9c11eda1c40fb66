import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api'
import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, parse, resolve } from 'node:path'
import { ConfigError, QueryError } from '../errors.ts'
import { identifier } from './quote.ts'
import { rowsOf } from './rows.ts'
import { Streamed } from './streamed.ts'
import { unopenable } from './unopenable.ts'
import type { Value } from './values.ts'

export type Row = Record<string, Value>
export type Parameter = string | number | bigint | boolean | null

/** One connection. Statements on it run one after the other. */
export class Session {
  readonly connection: DuckDBConnection
  readonly #ended: () => void
  #closed = false

  constructor(connection: DuckDBConnection, ended: () => void) {
    this.connection = connection
    this.#ended = ended
  }

  /** Runs one or more statements and forgets what they answer. Parameters stand as $1, $2 … */
  async run(sql: string, parameters: readonly Parameter[] = []): Promise<void> {
    await this.#guard(sql, () => this.connection.run(sql, bound(parameters)))
  }

  /** The rows of a small answer as objects. For large answers use `batches` or Arrow. */
  async rows<T extends object = Row>(sql: string, parameters: readonly Parameter[] = []): Promise<T[]> {
    return this.#guard(sql, async () => {
      const result = await this.connection.run(sql, bound(parameters))
      const names = result.deduplicatedColumnNames()
      const rows: Row[] = []
      for (;;) {
        const chunk = await result.fetchChunk()
        if (chunk === null || chunk.rowCount === 0) return rows as T[]
        for (const row of await rowsOf(chunk, names)) rows.push(row)
      }
    })
  }

  /** The first row, or undefined. */
  async one<T extends object = Row>(sql: string, parameters: readonly Parameter[] = []): Promise<T | undefined> {
    return (await this.rows<T>(sql, parameters))[0]
  }

  /** A large answer, vector by vector: `for await (const chunk of await session.stream(…))`. Read it or `discard` it. */
  async stream(sql: string, parameters: readonly Parameter[] = []): Promise<Streamed> {
    return this.#guard(sql, () => Streamed.open(this.connection, sql, bound(parameters)))
  }

  /** The rows of a large answer, up to 2,048 at a time. Leaving the loop early ends the query. */
  async *batches<T extends object = Row>(sql: string, parameters: readonly Parameter[] = []): AsyncGenerator<T[]> {
    const answer = await this.stream(sql, parameters)
    const names = answer.names
    for await (const chunk of answer) yield (await rowsOf(chunk, names)) as T[]
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

  /**
   * Interrupts once `signal` aborts, and again until the returned function is called: an interruption between two statements
   * stops nothing.
   */
  heed(signal: AbortSignal | undefined): () => void {
    let again: NodeJS.Timeout | undefined
    const interrupt = (): void => {
      this.interrupt()
      again ??= setInterval(() => this.interrupt(), INTERRUPTED_AGAIN_MS)
    }
    if (signal?.aborted === true) interrupt()
    signal?.addEventListener('abort', interrupt)
    return () => {
      signal?.removeEventListener('abort', interrupt)
      clearInterval(again)
    }
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.connection.closeSync()
    this.#ended()
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

/** Everything Trueworth needs of DuckDB is in its package: it never goes looking for extensions on the network. */
const SETTINGS = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
}

/** Connections kept for the next reader. More may be lent at once; those beyond are closed on return. */
const IDLE_SESSIONS = 8

const INTERRUPTED_AGAIN_MS = 50

/** Files this process holds. DuckDB's lock keeps other processes out, not a second opening here, which would break the file. */
const held = new Set<string>()

/** Where it puts what does not fit in memory. Those without a file would share a folder, and take each other's files away. */
function aside(key: string): { temp_directory?: string } {
  return key === ':memory:' ? { temp_directory: join(tmpdir(), `trueworth-${randomUUID()}`) } : {}
}

/**
 * The DuckDB instance: one writer at a time, readers that never wait.
 * A file can be held by one process only; a second one gets a ConfigError that says so.
 */
export class Warehouse {
  readonly #instance: DuckDBInstance
  readonly #path: string
  #idle: Session[] = []
  #writing: Promise<unknown> = Promise.resolve()
  readonly #live = new Set<Session>()
  /** Its name in SQL, quoted. */
  readonly database: string
  #commits = 0
  #committing = false
  #closed = false

  private constructor(instance: DuckDBInstance, path: string) {
    this.#instance = instance
    this.#path = path
    this.database = path === ':memory:' ? 'memory' : identifier(parse(path).name)
  }

  /** Opens the file at `path`, made with its folder where there is none; ':memory:' for none. */
  static async open(path: string, options: WarehouseOptions = {}): Promise<Warehouse> {
    const key = path === ':memory:' ? path : resolve(path)
    if (held.has(key))
      throw new ConfigError(`warehouse ${path} is open in this process already. Use that one, or close it first.`)
    if (key !== ':memory:') held.add(key)
    try {
      if (key !== ':memory:') await mkdir(dirname(key), { recursive: true })
      const instance = await DuckDBInstance.create(key, { ...SETTINGS, ...aside(key), ...options.settings })
      const warehouse = new Warehouse(instance, key)
      // For every connection to come: what SQL calls now or today is UTC.
      await warehouse.read((session) => session.run(`SET GLOBAL TimeZone = 'UTC'`))
      return warehouse
    } catch (cause) {
      held.delete(key)
      throw unopenable(path, cause)
    }
  }

  /** Grows with every transaction of `write` that commits: while it stands still, what was read is still true. */
  get commits(): number {
    return this.#commits
  }

  /** A connection of one's own. The caller closes it. */
  async session(): Promise<Session> {
    if (this.#closed) throw new ConfigError('the warehouse is closed; open it again')
    const session: Session = new Session(await this.#instance.connect(), () => this.#ended(session))
    this.#live.add(session)
    return session
  }

  /** Lends a connection for reading. `signal` interrupts what runs on it; the promise then rejects. */
  async read<T>(work: (session: Session) => Promise<T>, options: { signal?: AbortSignal } = {}): Promise<T> {
    options.signal?.throwIfAborted()
    const session = (this.#closed ? undefined : this.#idle.pop()) ?? (await this.session())
    const heedless = session.heed(options.signal)
    try {
      const answer = await work(session)
      this.#giveBack(session)
      return answer
    } catch (error) {
      // Not lent again: it may stand in a half-read answer or an open transaction.
      session.close()
      throw error
    } finally {
      heedless()
    }
  }

  /**
   * Like `read`, and all that `work` reads is of one moment, that of its first statement, whatever is published meanwhile.
   * `commits`, to be asked after that statement: their number at that moment; undefined where it cannot be told, since one was
   * going on about then.
   */
  async snapshot<T>(
    work: (session: Session, commits: () => number | undefined) => Promise<T>,
    options: { signal?: AbortSignal } = {},
  ): Promise<T> {
    return this.read(async (session) => {
      const before = this.#still()
      await session.run('BEGIN TRANSACTION READ ONLY')
      const answer = await work(session, () => (before === this.#still() ? before : undefined))
      await session.run('COMMIT')
      return answer
    }, options)
  }

  /**
   * Runs `work` in one transaction, alone among writers. Commits at its end, rolls back where it throws.
   * A `write` inside a `write` would wait for itself: pass the session on instead.
   */
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
      this.#committing = true
      await session.run('COMMIT')
      this.#commits += 1
      return answer
    } catch (error) {
      await session.run('ROLLBACK').catch(() => undefined)
      throw error
    } finally {
      this.#committing = false
      session.close()
    }
  }

  /** Undefined while one more is on its way. */
  #still(): number | undefined {
    return this.#committing ? undefined : this.#commits
  }

  #giveBack(session: Session): void {
    if (this.#closed || this.#idle.length >= IDLE_SESSIONS) session.close()
    else this.#idle.push(session)
  }

  /** Takes no more work and interrupts what runs. The file is free when the last session is closed. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#instance.closeSync()
    for (const session of this.#idle) session.close()
    for (const session of this.#live) session.interrupt()
    if (this.#live.size === 0) held.delete(this.#path)
  }

  #ended(session: Session): void {
    this.#live.delete(session)
    if (this.#closed && this.#live.size === 0) held.delete(this.#path)
  }
}

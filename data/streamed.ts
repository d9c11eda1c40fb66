import type { DuckDBConnection, DuckDBDataChunk, DuckDBResult, DuckDBType, DuckDBValue } from '@duckdb/node-api'
import { QueryError } from '../errors.ts'

/**
 * A large answer, read vector by vector (up to 2,048 rows) in one loop; memory stays flat. Leaving the loop early ends the query.
 *
 * DuckDB's client ends a streamed answer that fails on the way as if it were whole: nothing tells a conversion error in row
 * five million from the last row. What does tell is the transaction around it, which the failure aborts. So every answer is
 * streamed inside one, and after the last vector the transaction is asked.
 */
export class Streamed implements AsyncIterable<DuckDBDataChunk> {
  readonly #connection: DuckDBConnection
  readonly #result: DuckDBResult
  readonly #sql: string
  /** The transaction was begun for this answer, and ends with it. */
  readonly #own: boolean
  #ended = false

  private constructor(connection: DuckDBConnection, result: DuckDBResult, { sql, own }: { sql: string; own: boolean }) {
    this.#connection = connection
    this.#result = result
    this.#sql = sql
    this.#own = own
  }

  static async open(
    connection: DuckDBConnection,
    sql: string,
    parameters: DuckDBValue[] | undefined,
  ): Promise<Streamed> {
    const own = !(await inTransaction(connection))
    if (own) await connection.run('BEGIN TRANSACTION')
    try {
      return new Streamed(connection, await connection.stream(sql, parameters), { sql, own })
    } catch (error) {
      if (own) await connection.run('ROLLBACK')
      throw error
    }
  }

  get names(): string[] {
    return this.#result.deduplicatedColumnNames()
  }

  get types(): DuckDBType[] {
    return this.#result.columnTypes()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<DuckDBDataChunk, void, undefined> {
    let rows = 0
    try {
      for (;;) {
        const chunk = await this.#result.fetchChunk()
        if (chunk === null || chunk.rowCount === 0) break
        rows += chunk.rowCount
        yield chunk
      }
      await this.#connection.run('SELECT 1')
      if (this.#own) await this.#connection.run('COMMIT')
      this.#ended = true
    } catch (cause) {
      const detail = cause instanceof Error && !/transaction is aborted/.test(cause.message) ? `: ${cause.message}` : ''
      throw new QueryError(
        `the answer broke off after ${rows} rows, by an error in a later row or an interruption${detail}`,
        { sql: this.#sql, cause },
      )
    } finally {
      await this.discard()
    }
  }

  /** Gives up an answer that is not or not wholly read: it must keep neither threads nor its snapshot. */
  async discard(): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    await this.#connection.run(this.#own ? 'ROLLBACK' : 'SELECT 1').catch(() => undefined)
  }
}

/** Outside a transaction every statement has a new number. */
async function inTransaction(connection: DuckDBConnection): Promise<boolean> {
  const number = async (): Promise<unknown> => (await (await connection.run('SELECT txid_current()')).getRows())[0]?.[0]
  return (await number()) === (await number())
}

import { mkdtemp, open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { identifier, literal } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import { PLAIN_CSV, readCsv, writeParquet, type TypedColumn } from './parquet.ts'

const CHUNK_BYTES = 48 * 1024 * 1024

/** A row whose text does not fit the type its source declared: kept whole, as CSV. */
export interface Misfit {
  readonly column: string
  readonly value: string
  readonly row: string
}

/**
 * Makes one Parquet file of any number of CSV rows with flat memory: rows are gathered in a file of bounded size,
 * which DuckDB turns into a part while the next is being filled; at the end the parts become one.
 */
export class Chunks {
  readonly misfits: Misfit[] = []
  readonly #session: Session
  readonly #columns: readonly TypedColumn[]
  readonly #path: string
  #folder: string | undefined
  #file: FileHandle | undefined
  #bytes = 0
  #count = 0
  #rows = 0
  #parts: string[] = []
  #converting: Promise<void> = Promise.resolve()

  constructor(session: Session, columns: readonly TypedColumn[], path: string) {
    this.#session = session
    this.#columns = columns
    this.#path = path
  }

  /** Appends CSV text that ends at the end of a row. */
  async add(text: Uint8Array): Promise<void> {
    this.#folder ??= await mkdtemp(join(dirname(this.#path), 'chunks-'))
    this.#file ??= await open(this.#chunk(), 'w')
    await this.#file.write(text)
    this.#bytes += text.byteLength
    if (this.#bytes >= CHUNK_BYTES) await this.#convert()
  }

  /** Writes the Parquet file and answers its rows; none: no file. */
  async finish(): Promise<number> {
    await this.#convert()
    await this.#converting
    const [first, ...more] = this.#parts
    if (first === undefined) return 0
    if (more.length === 0) {
      await rename(first, this.#path)
      return this.#rows
    }
    return writeParquet(this.#session, `FROM read_parquet([${this.#parts.map(literal).join(', ')}])`, this.#path)
  }

  /** Removes what was written on the way. Always to be called. */
  async discard(): Promise<void> {
    await this.#file?.close()
    await this.#converting.catch(() => undefined)
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true })
  }

  #casts(): string[] {
    return this.#columns.map(({ name, type }) => `CAST(${identifier(name)} AS ${type}) AS ${identifier(name)}`)
  }

  #chunk(): string {
    return join(this.#folder ?? '', `${this.#count}.csv`)
  }

  async #convert(): Promise<void> {
    if (this.#file === undefined) return
    await this.#file.close()
    const chunk = this.#chunk()
    this.#file = undefined
    this.#bytes = 0
    this.#count++
    // One chunk waits while one is converted: what is on disk and in memory stays bounded.
    await this.#converting
    this.#converting = this.#part(chunk)
    this.#converting.catch(() => undefined)
  }

  async #part(chunk: string): Promise<void> {
    const part = `${chunk}.parquet`
    let rows = 0
    try {
      rows = await writeParquet(
        this.#session,
        `SELECT ${this.#casts().join(', ')} FROM ${readCsv([chunk], this.#columns.map(strict), PLAIN_CSV)}`,
        part,
      )
    } catch (error) {
      if (this.#columns.every(({ type }) => type === 'VARCHAR')) throw error
      rows = await this.#fitting(chunk, part)
    }
    await rm(chunk)
    this.#rows += rows
    if (rows > 0) this.#parts.push(part)
  }

  /** The rows whose every value has its column's type; the others become misfits. */
  async #fitting(chunk: string, part: string): Promise<number> {
    const text = readCsv(
      [chunk],
      this.#columns.map(({ name }) => ({ name, type: 'VARCHAR' })),
      PLAIN_CSV,
    )
    const typed = this.#columns.filter(({ type }) => type !== 'VARCHAR')
    const unfit = typed.map(({ name, type }) => ({
      name,
      sql: `(${identifier(name)} IS NOT NULL AND TRY_CAST(${identifier(name)} AS ${strict({ name, type }).type}) IS NULL)`,
    }))
    const any = unfit.map(({ sql }) => sql).join(' OR ')
    const first = `CASE ${unfit.map(({ name, sql }) => `WHEN ${sql} THEN struct_pack(name := ${literal(name)}, value := ${identifier(name)})`).join(' ')} END`
    const rows = await this.#session.rows<{ fault: { name: string; value: string }; line: string }>(
      `SELECT ${first} AS fault, CAST(to_json(whole) AS VARCHAR) AS line FROM ${text} AS whole WHERE ${any}`,
    )
    for (const { fault, line } of rows) this.misfits.push({ column: fault.name, value: fault.value, row: line })
    return writeParquet(this.#session, `SELECT ${this.#casts().join(', ')} FROM ${text} WHERE NOT (${any})`, part)
  }
}

/** A day is read as an instant: DuckDB reads '0044-03-15 BC' as a day of our era, but as no instant. */
function strict({ name, type }: TypedColumn): TypedColumn {
  return { name, type: type === 'DATE' ? 'TIMESTAMP' : type }
}

import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { identifier, literal } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import { pace } from '../../pace.ts'
import { headLine, readCopyText } from './copy-text.ts'
import { joinParquet } from './parquet-join.ts'
import { writeParquet, type TypedColumn } from './parquet.ts'

const CHUNK_BYTES = 48 * 1024 * 1024
/** Many small blocks are written at once. */
const BLOCK_BYTES = 1024 * 1024
const LINE_FEED = 10

/** A row whose text does not fit the type its source declared: kept whole, as JSON. */
export interface Misfit {
  readonly column: string
  readonly value: string
  readonly row: string
}

/**
 * Makes one Parquet file of any number of rows in COPY's text layout with flat memory: rows are gathered in a file of
 * bounded size, which DuckDB turns into a part while the next is being filled; at the end the parts become one.
 * The same rows give the same file, however their bytes came in blocks.
 */
export class Chunks {
  readonly misfits: Misfit[] = []
  readonly #session: Session
  readonly #columns: readonly TypedColumn[]
  readonly #path: string
  #folder: string | undefined
  #file: FileHandle | undefined
  #gathered: Uint8Array[] = []
  #gatheredBytes = 0
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

  /** Appends text, which may end anywhere. The block must not change afterwards. */
  async add(text: Uint8Array): Promise<void> {
    await pace()
    let rest = text
    while (this.#bytes + rest.byteLength >= CHUNK_BYTES) {
      const end = rest.indexOf(LINE_FEED, Math.max(0, CHUNK_BYTES - this.#bytes - 1))
      if (end < 0) break
      this.#gather(rest.subarray(0, end + 1))
      await this.#convert()
      rest = rest.subarray(end + 1)
    }
    this.#gather(rest)
    if (this.#gatheredBytes >= BLOCK_BYTES) await this.#write()
  }

  /** Writes the Parquet file and answers its rows; none: no file. */
  async finish(): Promise<number> {
    await this.#convert()
    await this.#converting
    await joinParquet(this.#parts, this.#path)
    return this.#rows
  }

  /** Removes what was written on the way. Always to be called. */
  async discard(): Promise<void> {
    await this.#file?.close()
    await this.#converting.catch(() => undefined)
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true })
  }

  #gather(text: Uint8Array): void {
    if (text.byteLength === 0) return
    this.#gathered.push(text)
    this.#gatheredBytes += text.byteLength
    this.#bytes += text.byteLength
  }

  async #write(): Promise<void> {
    if (this.#gathered.length === 0) return
    this.#folder ??= await mkdtemp(join(dirname(this.#path), 'chunks-'))
    if (this.#file === undefined) {
      this.#file = await open(this.#chunk(), 'w')
      await this.#file.writeFile(headLine(this.#columns))
    }
    const blocks = this.#gathered
    this.#gathered = []
    this.#gatheredBytes = 0
    await this.#file.writev(blocks)
  }

  #chunk(): string {
    return join(this.#folder ?? '', `${this.#count}.txt`)
  }

  async #convert(): Promise<void> {
    await this.#write()
    if (this.#file === undefined) return
    await this.#file.close()
    const chunk = { path: this.#chunk(), bytes: this.#bytes }
    this.#file = undefined
    this.#bytes = 0
    this.#count++
    // One chunk waits while one is converted: what is on disk and in memory stays bounded.
    await this.#converting
    this.#converting = this.#part(chunk)
    this.#converting.catch(() => undefined)
  }

  async #part({ path, bytes }: Chunk): Promise<void> {
    const part = `${path}.parquet`
    const rows = await writeParquet(
      this.#session,
      `SELECT ${this.#casts()} FROM ${readCopyText(path, this.#columns.map(strict))}`,
      part,
    ).catch(() => this.#fitting({ path, bytes }, part))
    await rm(path)
    this.#rows += rows
    if (rows > 0) this.#parts.push(part)
  }

  #casts(): string {
    return this.#columns
      .map(({ name, type }) => `CAST(${identifier(name)} AS ${type}) AS ${identifier(name)}`)
      .join(', ')
  }

  /** The rows whose every value has its column's type, whatever their length; the others become misfits. */
  async #fitting({ path, bytes }: Chunk, part: string): Promise<number> {
    const longest = Math.max(bytes, 32 * BLOCK_BYTES)
    const text = readCopyText(
      path,
      this.#columns.map(({ name }) => ({ name, type: 'VARCHAR' })),
      longest,
    )
    const typed = this.#columns.filter(({ type }) => type !== 'VARCHAR')
    if (typed.length === 0) return writeParquet(this.#session, `SELECT ${this.#casts()} FROM ${text}`, part)
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
    return writeParquet(this.#session, `SELECT ${this.#casts()} FROM ${text} WHERE NOT (${any})`, part)
  }
}

interface Chunk {
  readonly path: string
  readonly bytes: number
}

/** A day is read as an instant: DuckDB reads '0044-03-15 BC' as a day of our era, but as no instant. */
function strict({ name, type }: TypedColumn): TypedColumn {
  return { name, type: type === 'DATE' ? 'TIMESTAMP' : type }
}

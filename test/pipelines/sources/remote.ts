import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect } from 'node:util'
import type { Feed, FilesSource, Remote } from '../../../config/source.ts'
import { literal } from '../../../data/quote.ts'
import type { Row } from '../../../data/warehouse.ts'
import { SourceError } from '../../../errors.ts'
import type { World } from '../../../pipelines/clients/tries.ts'
import { filesReader } from '../../../pipelines/sources/files.ts'
import type { FileRead, SourceReader } from '../../../pipelines/sources/reader.ts'
import { remoteReader } from '../../../pipelines/sources/remote-files.ts'
import { Reading } from './reading.ts'

interface Order {
  readonly from?: string
  readonly files?: readonly FileRead[]
  readonly limit?: number
  readonly signal?: AbortSignal
}

/** Reads feeds of a remote folder through the reader that runs use; does not wait between tries, and remembers how long it would have. */
export class RemoteReading {
  waited: number[] = []
  readonly #reading: Reading
  readonly #world: World = {
    wait: async (milliseconds) => void this.waited.push(milliseconds),
    now: () => Date.now(),
    random: () => 0.5,
  }

  private constructor(reading: Reading) {
    this.#reading = reading
  }

  static async begin(): Promise<RemoteReading> {
    return new RemoteReading(await Reading.begin())
  }

  /** Where the copies are. */
  get folder(): string {
    return join(this.#reading.folder, 'cache', 'far')
  }

  async open(remote: Remote): Promise<SourceReader> {
    const source: FilesSource & { remote: Remote } = {
      name: 'far',
      kind: 'files',
      folder: this.folder,
      remote,
      feeds: [],
    }
    return remoteReader(source, filesReader(source, await this.#reading.warehouse.session()), this.#world)
  }

  async read(remote: Remote, order: Order = {}): Promise<{ files: readonly FileRead[]; table: Row[] }> {
    const reader = await this.open(remote)
    try {
      return await this.readWith(reader, order)
    } finally {
      await reader.close()
    }
  }

  async readWith(
    reader: SourceReader,
    { from = '**/*.csv', files = [], limit, signal = new AbortController().signal }: Order,
  ): Promise<{ files: readonly FileRead[]; table: Row[] }> {
    const parquet = this.#reading.path(`${crypto.randomUUID()}.parquet`)
    const loaded = new Map(files.map((file) => [file.path, file]))
    const feed: Feed = { entity: 'requests', columns: {}, from }
    const extracted = await reader.extract(
      feed,
      { since: null, files: loaded },
      { parquet, signal, ...(limit !== undefined && { limit }) },
    )
    const rows = (): Promise<Row[]> =>
      this.#reading.warehouse.read((session) => session.rows(`FROM read_parquet(${literal(parquet)}) ORDER BY ALL`))
    return { files: extracted.files, table: extracted.rows === 0 ? [] : await rows() }
  }

  async refused(remote: Remote, message: RegExp, retry: boolean, order: Order = {}): Promise<void> {
    await assert.rejects(this.read(remote, order), (error) => {
      assert.ok(error instanceof SourceError, inspect(error))
      assert.match(error.message, message)
      assert.equal(error.retry, retry, error.message)
      return true
    })
  }

  /** The copies by name, with what is in them. */
  async copies(): Promise<Record<string, string>> {
    if (!existsSync(this.folder)) return {}
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true })
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    const texts = paths
      .toSorted()
      .map(async (path) => [path.slice(this.folder.length + 1), await readFile(path, 'utf8')] as const)
    return Object.fromEntries(await Promise.all(texts))
  }

  /** What was begun and not ended. */
  async parts(): Promise<string[]> {
    return existsSync(`${this.folder}.part`) ? readdir(`${this.folder}.part`) : []
  }

  async forget(): Promise<void> {
    this.waited = []
    await rm(this.folder, { recursive: true, force: true })
    await rm(`${this.folder}.part`, { recursive: true, force: true })
  }

  async end(): Promise<void> {
    await this.#reading.end()
  }
}

import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Feed } from '../config/source.ts'
import type { EntityName } from '../entities/entities.ts'
import { fault } from '../entities/faults.ts'
import { ConfigError, withoutSecrets } from '../errors.ts'
import { DECISIONS, type Decisions } from './decisions.ts'
import type { Drift, Profile } from './drift.ts'
import type { Extracted, FileRead } from './sources/reader.ts'

/** What stands beside the Parquet file of a batch: where its rows came from and how to know them again. */
export interface Manifest {
  readonly batch_id: string
  readonly run_id: string
  readonly source: string
  readonly entity: EntityName
  /** The feed's `from`. */
  readonly origin: string
  /** `full`: asked for from the beginning, whatever was read before. */
  readonly window: { readonly since: string | null; readonly full: boolean; readonly until?: string }
  readonly cursor: string | null
  readonly files: readonly FileRead[]
  readonly rows: number
  /** Lines that are not even rows; they stand in `<batch_id>.unreadable.ndjson`. */
  readonly unreadable: number
  /** Lines that a declared rule mended; they stand in `<batch_id>.recovered.ndjson`. Absent: none. */
  readonly recovered?: number
  readonly bytes: number
  /** Of the Parquet file; null where there are no rows. */
  readonly sha256: string | null
  /** What its columns were like; absent without rows. */
  readonly profile?: Profile
  /** What differs from the batch before; absent: nothing. */
  readonly drift?: readonly Drift[]
  /** The row is a rejected one that a person corrected. */
  readonly correction?: Correction
  /** When the extraction began: later than that of every batch before it. Becomes `loaded_at` of its rows. */
  readonly extracted_at: string
  /** The feed as it was configured then, for the record; a rebuild uses today's. */
  readonly feed: Feed
}

/** Who corrected which reject, and what stood there before. */
export interface Correction {
  readonly reject_id: string
  readonly of_batch: string
  readonly by: string
  readonly at: string
  readonly reason?: string
  readonly before: Readonly<Record<string, string | null>>
  readonly after: Readonly<Record<string, string | null>>
}

/** A batch with a manifest. */
export interface LandedBatch {
  readonly batch_id: string
  readonly manifest: string
}

/** A batch being written; it happens when its manifest is there. */
export interface OpenBatch {
  readonly batch_id: string
  readonly extracted_at: string
  readonly parquet: string
}

/**
 * The folder `landing/<source>/<entity>/`. Batches are immutable: a Parquet file, then its manifest by an atomic rename.
 * A file without a manifest is what a process left that ended before its batch did, and is removed on opening.
 */
export class Landing {
  readonly folder: string
  #last: number
  #batches: LandedBatch[]

  private constructor(folder: string, batches: LandedBatch[]) {
    this.folder = folder
    this.#batches = batches
    this.#last = instantOf(batches.at(-1)?.batch_id)
  }

  /** `tidy: false` only looks: what is being written by a run under way stays. */
  static async open(folder: string, { tidy = true } = {}): Promise<Landing> {
    await mkdir(folder, { recursive: true })
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const paths = entries
      .filter((entry) => entry.isFile() && entry.parentPath !== folder && basename(entry.parentPath) !== DECISIONS)
      .map((entry) => join(entry.parentPath, entry.name))
    const manifests = paths.filter((path) => path.endsWith('.json'))
    const finished = new Set(manifests.map((path) => path.slice(0, -'.json'.length)))
    const strays = paths.filter(
      (path) => !finished.has(path.replace(/\.(parquet|json|(unreadable|recovered)\.ndjson)$/, '')),
    )
    // Below the folder of an entity there are only batches: a folder there is what an extraction gathered its rows in.
    const scratch = entries
      .filter((entry) => entry.isDirectory() && dirname(dirname(entry.parentPath)) === folder)
      .map((entry) => join(entry.parentPath, entry.name))
    if (tidy) await Promise.all([...strays, ...scratch].map((path) => rm(path, { recursive: true, force: true })))
    const batches = manifests.map((manifest) => ({ batch_id: basename(manifest, '.json'), manifest }))
    return new Landing(
      folder,
      batches.toSorted((one, other) => compare(one.batch_id, other.batch_id)),
    )
  }

  /** Every batch, oldest first: by id, which sorts by time. */
  get batches(): readonly LandedBatch[] {
    return this.#batches
  }

  /** The batches of an entity from a source, oldest first. */
  batchesOf(source: string, entity: EntityName): LandedBatch[] {
    const folder = join(this.folder, source, entity)
    return this.#batches.filter(({ manifest }) => dirname(manifest) === folder)
  }

  /** A new batch, later than every one before it even where the clock went back. */
  async begin(source: string, entity: EntityName, now: Date): Promise<OpenBatch> {
    this.#last = Math.max(now.getTime(), this.#last + 1)
    const extracted_at = new Date(this.#last).toISOString()
    const batch_id = `${extracted_at.replaceAll(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`
    const folder = join(this.folder, source, entity)
    await mkdir(folder, { recursive: true })
    return { batch_id, extracted_at, parquet: join(folder, `${batch_id}.parquet`) }
  }

  /** The instant, or that of the newest batch where the clock went back. */
  noEarlier(now: Date): Date {
    return new Date(Math.max(now.getTime(), this.#last))
  }

  /** Makes the batch happen: files to disk, then the manifest. */
  async seal(
    batch: OpenBatch,
    manifest: Manifest,
    { unreadable, recovered = [] }: Pick<Extracted, 'unreadable' | 'recovered'>,
  ): Promise<LandedBatch> {
    if (manifest.rows > 0) await synchronise(batch.parquet)
    const base = batch.parquet.replace(/\.parquet$/, '')
    if (unreadable.length > 0) await writeLines(`${base}.unreadable.ndjson`, unreadable)
    if (recovered.length > 0) await writeLines(`${base}.recovered.ndjson`, recovered)
    await removeSpilled(batch)
    await writeDurably(`${base}.json.writing`, `${withoutSecrets(JSON.stringify(manifest, null, 2))}\n`)
    await rename(`${base}.json.writing`, `${base}.json`)
    await synchronise(dirname(base))
    const landed = { batch_id: batch.batch_id, manifest: `${base}.json` }
    this.#batches = [...this.#batches, landed].toSorted((one, other) => compare(one.batch_id, other.batch_id))
    return landed
  }

  /** Forgets a batch that was begun and not sealed. */
  async discard(batch: OpenBatch): Promise<void> {
    await rm(batch.parquet, { force: true })
    await removeSpilled(batch)
  }
}

/** Reads the manifest of a batch. A file that cannot be read is for the operator: nothing is skipped in silence. */
export async function readManifest({ manifest }: LandedBatch): Promise<Manifest> {
  try {
    return JSON.parse(await readFile(manifest, 'utf8')) as Manifest
  } catch (cause) {
    throw new ConfigError(fault('manifest_unreadable', { file: manifest }), { cause })
  }
}

/** Whether a batch waits for a person: it looks as if it would do harm, and nobody has accepted it. */
export function isHeld({ batch_id, drift = [] }: Manifest, decisions: Decisions): boolean {
  return drift.some(({ severity }) => severity === 'held') && !decisions.isAccepted(batch_id)
}

/** The Parquet file of a batch, the lines of it that were not rows, and those that were mended. */
export function filesOf({ manifest }: LandedBatch): { parquet: string; unreadable: string; recovered: string } {
  const base = manifest.replace(/\.json$/, '')
  return {
    parquet: `${base}.parquet`,
    unreadable: `${base}.unreadable.ndjson`,
    recovered: `${base}.recovered.ndjson`,
  }
}

/** Size and SHA-256 of what an extraction wrote; nothing for a batch without rows. */
export async function fingerprint(
  batch: OpenBatch,
  { rows }: Extracted,
): Promise<{ bytes: number; sha256: string | null }> {
  if (rows === 0) return { bytes: 0, sha256: null }
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(batch.parquet, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
  return { bytes: (await stat(batch.parquet)).size, sha256: hash.digest('hex') }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** The instant in a batch id, as milliseconds: 20260102T030405678Z-… */
function instantOf(batchId: string | undefined): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z/.exec(batchId ?? '')
  if (!parts) return 0
  const [year, month, day, hour, minute, second, millisecond] = parts.slice(1).map(Number)
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second, millisecond)
}

/** Lines that were too many for memory while they were gathered. */
async function removeSpilled({ parquet }: OpenBatch): Promise<void> {
  await Promise.all(['unreadable', 'recovered'].map((kind) => rm(`${parquet}.${kind}`, { force: true })))
}

async function writeLines(path: string, lines: Iterable<unknown>): Promise<void> {
  const file = await open(path, 'w')
  try {
    let text = ''
    for (const line of lines) {
      text += `${JSON.stringify(line)}\n`
      if (text.length < 1 << 20) continue
      await file.appendFile(text)
      text = ''
    }
    await file.appendFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w')
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function synchronise(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

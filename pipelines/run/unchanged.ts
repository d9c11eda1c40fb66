import { existsSync } from 'node:fs'
import { open, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Source } from '../../config/source.ts'
import type { Landing } from '../landing.ts'
import type { ConfiguredFeed } from '../load/prepare.ts'

/** A file written this shortly before it is looked at may be written again without its time telling. */
const UNSETTLED_MILLISECONDS = 2_000
const HEADER_BYTES = 100

/**
 * What a SQLite file looked like when each of its feeds was last read into landing, in `landing/unchanged.json`. A file that
 * looks the same has nothing new, so an idle run need not go through its tables. The header holds a counter of changes.
 */
export class Unchanged {
  readonly #landing: Landing
  readonly #path: string
  readonly #known: Record<string, string>
  #changed = false

  private constructor(landing: Landing, path: string, known: Record<string, string>) {
    this.#landing = landing
    this.#path = path
    this.#known = known
  }

  static async read(landing: Landing): Promise<Unchanged> {
    const path = join(landing.folder, 'unchanged.json')
    return new Unchanged(
      landing,
      path,
      existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as Record<string, string>) : {},
    )
  }

  /** True where the feed was read when its source looked as it does now, and what it had is in landing still. */
  has(feed: ConfiguredFeed, look: string | undefined): boolean {
    return look !== undefined && this.#known[nameOf(feed)] === this.#standing(feed, look)
  }

  /** The feed was read, and what it had is in landing. `look` is from before the reading. */
  note(feed: ConfiguredFeed, look: string | undefined): void {
    if (look === undefined) return
    this.#known[nameOf(feed)] = this.#standing(feed, look)
    this.#changed = true
  }

  #standing({ source, feed }: ConfiguredFeed, look: string): string {
    return `${look} ${this.#landing.batchesOf(source.name, feed.entity).at(-1)?.batch_id ?? ''}`
  }

  async write(): Promise<void> {
    if (!this.#changed) return
    await writeFile(`${this.#path}.writing`, JSON.stringify(this.#known, null, 2))
    await rename(`${this.#path}.writing`, this.#path)
  }
}

/** Sizes, times and header of a SQLite file and its log; undefined for other sources, and where they cannot be relied on. */
export async function lookOf(source: Source): Promise<string | undefined> {
  if (source.kind !== 'sqlite') return undefined
  const parts = await Promise.all([source.file, `${source.file}-wal`].map(partOf))
  const [main, log] = parts
  if (main === undefined) return undefined
  const newest = Math.max(main.time, log?.time ?? 0)
  return Date.now() - newest < UNSETTLED_MILLISECONDS ? undefined : `${main.look} ${log?.look ?? ''}`.trimEnd()
}

async function partOf(path: string): Promise<{ look: string; time: number } | undefined> {
  try {
    const { size, mtimeNs, mtimeMs, ino } = await stat(path, { bigint: true })
    return { look: `${ino}:${size}:${mtimeNs}:${await headerOf(path)}`, time: Number(mtimeMs) }
  } catch {
    return undefined
  }
}

async function headerOf(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0)
    return buffer.subarray(0, bytesRead).toString('base64')
  } finally {
    await file.close()
  }
}

/** A feed that is read in another way is another feed. */
function nameOf({ source, feed }: ConfiguredFeed): string {
  return JSON.stringify([source.name, source.kind, feed.entity, feed.from, feed.cursor, feed.deletions])
}

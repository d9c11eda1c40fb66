import { createHash } from 'node:crypto'
import { mkdir, readdir, rename, rm, rmdir, stat, utimes } from 'node:fs/promises'
import { dirname, join, matchesGlob, posix, resolve, sep } from 'node:path'
import type { FilesSource, Remote } from '../../config/source.ts'
import { fault } from '../../entities/faults.ts'
import { ConfigError, SourceError } from '../../errors.ts'
import { isOfDisk, placeOf, type RemoteFile, type RemoteFolder } from '../clients/remote-folder.ts'
import { S3Folder } from '../clients/s3.ts'
import { SftpFolder } from '../clients/sftp.ts'
import { world, type World } from '../clients/tries.ts'
import { LOOKED_AT, SAMPLED, setsOf } from './file-list.ts'
import type { SourceReader } from './reader.ts'

const AT_ONCE = 4
const DAY = 24 * 3_600_000

/**
 * Files that lie elsewhere: those of a feed that are new or changed are copied to the folder of the source, and what is gone
 * there is gone here; then `files` reads that folder as any other. The other side is listed once for all feeds of a reading, so
 * that two feeds of one file see the same.
 */
export function remoteReader(
  source: FilesSource & { readonly remote: Remote },
  files: SourceReader,
  given: World = world,
): SourceReader {
  const { name, remote } = source
  const folder = remote.kind === 's3' ? new S3Folder(name, remote, given) : new SftpFolder(name, remote, given)
  const copies = new Copies(source, folder, given)
  return {
    tables: async () => setsOf(await copies.names(new AbortController().signal)),
    columns: async (feed, signal = new AbortController().signal) => {
      await copies.bring(feed.from, signal, LOOKED_AT)
      return files.columns(feed, signal)
    },
    extract: async (feed, window, to) => {
      await copies.bring(feed.from, to.signal, to.limit === undefined ? undefined : SAMPLED)
      return files.extract(feed, window, to)
    },
    close: async () => {
      folder.close()
      await files.close()
    },
  }
}

/**
 * Copies of remote files. Whether one is right its size and time tell, which are those of the other side: nothing else is
 * remembered, and a copy has both from the instant it has its name.
 */
class Copies {
  readonly #remote: RemoteFolder
  readonly #place: string
  readonly #source: string
  readonly #folder: string
  readonly #world: World
  #listed: readonly RemoteFile[] | undefined

  constructor(
    { name, folder, remote: at }: FilesSource & { readonly remote: Remote },
    remote: RemoteFolder,
    given: World,
  ) {
    this.#remote = remote
    this.#place = placeOf(at)
    this.#source = name
    this.#folder = folder
    this.#world = given
  }

  /** Has a right copy of every file that matches, or of the last `most` of them by name. */
  async bring(pattern: string, signal: AbortSignal, most?: number): Promise<void> {
    try {
      this.#listed ??= await this.#list(signal)
      const glob = posix.normalize(pattern)
      const matching = this.#listed.filter(({ path }) => matchesGlob(path, glob))
      const wanted = most === undefined ? matching : matching.slice(-most)
      await this.#fetchAll(wanted, signal)
    } catch (error) {
      // Whatever is tried again begins with what is there by then.
      this.#listed = undefined
      throw error
    }
  }

  /** Of all files there are, copied or not. */
  async names(signal: AbortSignal): Promise<string[]> {
    this.#listed ??= await this.#list(signal)
    return this.#listed.map(({ path }) => path)
  }

  async #list(signal: AbortSignal): Promise<RemoteFile[]> {
    const listed = await this.#remote.list(signal)
    for (const { path } of listed) if (!isBelow(this.#folder, path)) throw this.#refuse(path)
    await this.#onDisk(this.#place, async () => {
      await mkdir(this.#folder, { recursive: true })
      await mkdir(this.#parts, { recursive: true })
      await this.#forget(new Set(listed.map(({ path }) => path)))
    })
    return listed.toSorted((one, other) => (one.path < other.path ? -1 : 1))
  }

  /** Takes away copies of what is gone, and parts of a process that was killed. */
  async #forget(there: ReadonlySet<string>): Promise<void> {
    const entries = await readdir(this.#folder, { recursive: true, withFileTypes: true })
    // The deepest first: a folder is taken away when nothing is left in it.
    for (const entry of entries.toReversed()) {
      const absolute = join(entry.parentPath, entry.name)
      const path = absolute.slice(this.#folder.length + 1).replaceAll(sep, '/')
      if (entry.isDirectory()) await rmdir(absolute).catch(() => undefined)
      else if (!there.has(path)) await rm(absolute, { force: true })
    }
    for (const name of await readdir(this.#parts)) {
      const part = join(this.#parts, name)
      const stats = await stat(part).catch(() => undefined)
      if (stats !== undefined && stats.mtimeMs < this.#world.now() - DAY) await rm(part, { force: true })
    }
  }

  async #fetchAll(files: readonly RemoteFile[], signal: AbortSignal): Promise<void> {
    const queue = [...files]
    const failures: unknown[] = []
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined && failures.length === 0; next = queue.shift()) {
        const file = next
        await this.#onDisk(file.path, () => this.#fetch(file, signal)).catch((error: unknown) => failures.push(error))
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    if (failures.length > 0) throw failures[0]
  }

  async #fetch(file: RemoteFile, signal: AbortSignal): Promise<void> {
    const copy = resolve(this.#folder, file.path)
    const time = timeOf(file)
    const there = await stat(copy).catch(() => undefined)
    if (there?.isFile() === true && there.size === file.size && Math.round(there.mtimeMs) === time) return
    const part = join(this.#parts, `${crypto.randomUUID()}.part`)
    try {
      await this.#remote.fetch(file, part, signal)
      await utimes(part, time / 1_000, time / 1_000)
      await mkdir(dirname(copy), { recursive: true })
      await rename(part, copy)
    } finally {
      await rm(part, { force: true })
    }
  }

  /** Beside the folder, not in it: no glob finds half a file. */
  get #parts(): string {
    return `${this.#folder}.part`
  }

  async #onDisk(file: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!isOfDisk(error)) throw error
      const details = { source: this.#source, file, folder: this.#folder, message: error.message }
      throw new ConfigError(fault('remote_not_kept', details), { cause: error })
    }
  }

  #refuse(path: string): SourceError {
    const details = { source: this.#source, place: this.#place, file: JSON.stringify(path).slice(1, -1) }
    return new SourceError(fault('remote_name', details), { source: this.#source, retry: false })
  }
}

/**
 * A name that lies below the folder and says so in one way only: no '..', no '/' in front, nothing that an operating system
 * reads as something else.
 */
function isBelow(folder: string, path: string): boolean {
  if (/[\\\0]/.test(path)) return false
  if (path.split('/').some((part) => part === '' || part === '.' || part === '..')) return false
  return resolve(folder, path).startsWith(resolve(folder) + sep)
}

/**
 * The time that a copy gets: the second in which the other side changed it. A file that is written twice within a second, with
 * as many bytes, differs by its tag alone: that makes the milliseconds.
 */
function timeOf({ modified, etag }: RemoteFile): number {
  const second = Math.floor(modified / 1_000) * 1_000
  return etag === undefined ? second : second + (createHash('sha256').update(etag).digest().readUInt32BE(0) % 1_000)
}

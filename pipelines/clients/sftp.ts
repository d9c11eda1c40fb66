import { open, type FileHandle } from 'node:fs/promises'
import { posix } from 'node:path'
import type { FileEntryWithStats, Stats } from 'ssh2'
import type { SftpRemote } from '../../config/source.ts'
import { fault, type Fault } from '../../entities/faults.ts'
import { SourceError } from '../../errors.ts'
import { insisting, placeOf, type RemoteFile, type RemoteFolder } from './remote-folder.ts'
import { HostKeyError, SftpConnection, SilenceError } from './sftp-connection.ts'
import { world, type World } from './tries.ts'

/** What every server gives at once, and how many such pieces are asked for ahead: the way there and back is waited for once. */
const PIECE = 32 * 1024
const PIECES_AHEAD = 32

/** Status codes of the SFTP protocol (draft-ietf-secsh-filexfer-02, 7). */
const NO_SUCH_FILE = 2
const PERMISSION_DENIED = 3

/** A folder of a server that is reached by SFTP, over one connection that is made again when it is lost. */
export class SftpFolder implements RemoteFolder {
  readonly #source: string
  readonly #remote: SftpRemote
  readonly #world: World
  #connection: SftpConnection | undefined

  constructor(source: string, remote: SftpRemote, given: World = world) {
    this.#source = source
    this.#remote = remote
    this.#world = given
  }

  async list(signal: AbortSignal): Promise<RemoteFile[]> {
    return this.#insist(signal, async (connection) => {
      const files: RemoteFile[] = []
      const folders = ['']
      for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
        const at = this.#absolute(folder)
        const entries = await connection.ask<FileEntryWithStats[]>((sftp, done) => sftp.readdir(at, done))
        for (const { filename, attrs } of entries) {
          if (filename === '.' || filename === '..') continue
          const path = folder === '' ? filename : `${folder}/${filename}`
          const kind = attrs.isSymbolicLink() ? await this.#target(connection, path) : attrs
          // Links to files are followed; links to folders may lead in a circle.
          if (kind?.isFile() === true) files.push({ path, size: kind.size, modified: kind.mtime * 1_000 })
          if (attrs.isDirectory()) folders.push(path)
        }
      }
      return files
    })
  }

  async fetch(file: RemoteFile, to: string, signal: AbortSignal): Promise<void> {
    const isSame = await this.#insist(signal, async (connection) => {
      const local = await open(to, 'w')
      const at = this.#absolute(file.path)
      try {
        const handle = await connection.ask<Buffer>((sftp, done) => sftp.open(at, 'r', done))
        try {
          await this.#copy(connection, { file, handle, local })
          await local.sync()
          // A file that is still being written has grown meanwhile.
          const now = await connection.ask<Stats>((sftp, done) => sftp.fstat(handle, done))
          return now.size === file.size && now.mtime * 1_000 === file.modified
        } finally {
          await connection
            .ask<void>((sftp, done) => sftp.close(handle, (error) => done(error, undefined)))
            .catch(() => undefined)
        }
      } catch (error) {
        if (codeOf(error) === NO_SUCH_FILE) return false
        throw error
      } finally {
        await local.close()
      }
    })
    if (!isSame) throw this.#fail(fault('remote_changed', { ...this.#named, file: file.path }), true)
  }

  close(): void {
    this.#connection?.end()
  }

  /** Of a link; undefined where it leads nowhere. */
  async #target(connection: SftpConnection, path: string): Promise<Stats | undefined> {
    const at = this.#absolute(path)
    return connection
      .ask<Stats>((sftp, done) => sftp.stat(at, done))
      .catch((error: unknown) => {
        if (typeof codeOf(error) === 'number') return undefined
        throw error
      })
  }

  async #copy(
    connection: SftpConnection,
    { file, handle, local }: { file: RemoteFile; handle: Buffer; local: FileHandle },
  ): Promise<void> {
    let [next, got] = [0, 0]
    const copyPieces = async (): Promise<void> => {
      const piece = Buffer.alloc(Math.min(PIECE, file.size))
      while (next < file.size) {
        const at = next
        const length = Math.min(PIECE, file.size - at)
        next += length
        for (let filled = 0; filled < length;) {
          const [from, rest] = [filled, length - filled]
          const read = await connection.ask<number>((sftp, done) =>
            sftp.read(handle, piece, from, rest, at + from, (error, bytes) => done(error, bytes)),
          )
          if (read === 0)
            throw this.#fail(fault('remote_cut', { ...this.#named, file: file.path, got, size: file.size }), true)
          filled += read
          got += read
        }
        await local.write(piece, 0, length, at)
      }
    }
    const pieces = Math.min(PIECES_AHEAD, Math.ceil(file.size / PIECE))
    const ends = Array.from({ length: pieces }, async () =>
      copyPieces().catch((error: unknown) => {
        next = file.size
        throw error
      }),
    )
    // All have ended before an error goes on: nothing is written into a file that is closed.
    for (const end of await Promise.allSettled(ends)) if (end.status === 'rejected') throw end.reason
  }

  #absolute(path: string): string {
    return path === '' ? this.#remote.path : posix.join(this.#remote.path, path)
  }

  async #insist<Answer>(signal: AbortSignal, work: (connection: SftpConnection) => Promise<Answer>): Promise<Answer> {
    return insisting({ world: this.#world, signal, failureOf: (error) => this.#failure(error) }, async () => {
      const connection = this.#connected()
      const stop = (): void => connection.end()
      signal.addEventListener('abort', stop)
      try {
        await connection.ready
        return await work(connection)
      } finally {
        signal.removeEventListener('abort', stop)
      }
    })
  }

  #connected(): SftpConnection {
    if (this.#connection?.isLost !== false) this.#connection = new SftpConnection(this.#remote, this.#seconds)
    return this.#connection
  }

  #failure(error: unknown): SourceError {
    if (error instanceof SourceError) return error
    const named = this.#named
    const { user } = this.#remote
    if (error instanceof HostKeyError) {
      const { found, type } = error
      return this.#fail(fault('sftp_host_key', { ...named, found, type }), false)
    }
    if (error instanceof SilenceError)
      return this.#fail(fault('remote_timeout', { ...named, seconds: this.#seconds }), true)
    const message = (error instanceof Error ? error.message || error.name : String(error)).replace(/\.$/, '')
    const details = { ...named, message }
    if (/privateKey|passphrase/i.test(message)) return this.#fail(fault('sftp_key', details), false)
    switch (levelOf(error)) {
      case 'client-authentication':
        return this.#fail(fault('sftp_credentials', { ...details, user }), false)
      case 'client-timeout':
        return this.#fail(fault('remote_timeout', { ...named, seconds: this.#seconds }), true)
      case 'handshake':
      case 'protocol':
        return this.#fail(fault('sftp_failed', details), false)
      default:
    }
    const code = codeOf(error)
    if (code === NO_SUCH_FILE) return this.#fail(fault('sftp_folder', details), false)
    if (code === PERMISSION_DENIED) return this.#fail(fault('sftp_denied', { ...details, user }), false)
    if (typeof code === 'number') return this.#fail(fault('sftp_failed', details), true)
    return this.#fail(fault('remote_lost', details), true)
  }

  #fail(found: Fault, retry: boolean): SourceError {
    return new SourceError(found, { source: this.#source, retry })
  }

  get #named(): { source: string; place: string } {
    return { source: this.#source, place: placeOf(this.#remote) }
  }

  get #seconds(): number {
    return this.#remote.timeoutSeconds ?? 60
  }
}

/** A number where the server answered so; a word where the network did not. */
function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

function levelOf(error: unknown): unknown {
  return error instanceof Error && 'level' in error ? error.level : undefined
}

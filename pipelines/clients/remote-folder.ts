import type { Remote } from '../../config/source.ts'
import type { SourceError } from '../../errors.ts'
import { untilAnswered, type Tried, type World } from './tries.ts'

/** A file that lies elsewhere. */
export interface RemoteFile {
  /** Below the folder, as the other side names it: not to be trusted. */
  readonly path: string
  readonly size: number
  /** Milliseconds since 1970. */
  readonly modified: number
  /** What says more than size and time whether it is the same still, where the other side has such a thing. */
  readonly etag?: string
}

/** A folder of files on another machine. Throws SourceErrors that never hold a secret; knows no entity and no local folder. */
export interface RemoteFolder {
  /** All files below it, in no order. */
  list(signal: AbortSignal): Promise<RemoteFile[]>
  /** Writes a file to a local path, all of it as it was listed, or throws. Errors of the local disk are thrown as they are. */
  fetch(file: RemoteFile, to: string, signal: AbortSignal): Promise<void>
  close(): void
}

/** As people write a place: s3://bucket/folder/, sftp://host/folder. */
export function placeOf(remote: Remote): string {
  if (remote.kind === 's3') return `s3://${remote.bucket}/${prefixOf(remote)}`
  const { host, port = 22, path } = remote
  return `sftp://${host}${port === 22 ? '' : `:${port}`}/${path.replace(/^\//, '')}`
}

/** What the keys of a folder within a bucket begin with: 'exports' has no files of 'exports-of-2020'. */
export function prefixOf({ prefix = '' }: { readonly prefix?: string }): string {
  return prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
}

/** The answer of `work`, tried again while its failure may pass. `failureOf` makes of any error what is told. */
export function insisting<Answer>(
  { world, signal, failureOf }: { world: World; signal: AbortSignal; failureOf: (error: unknown) => SourceError },
  work: () => Promise<Answer>,
): Promise<Answer> {
  return untilAnswered(world, signal, async (): Promise<Tried<Answer>> => {
    signal.throwIfAborted()
    try {
      return { answer: await work() }
    } catch (error) {
      signal.throwIfAborted()
      if (isOfDisk(error)) throw error
      return { failure: failureOf(error) }
    }
  })
}

/** What a local disk says, and no network. */
export function isOfDisk(error: unknown): error is Error {
  if (!(error instanceof Error && 'code' in error) || ('syscall' in error && error.syscall === 'connect')) return false
  return /^(ENOSPC|EDQUOT|EROFS|EACCES|EPERM|EIO|EISDIR|ENOTDIR|ENOTEMPTY|ENOENT|EEXIST|EFBIG|E[MN]FILE|ENAMETOOLONG)$/.test(
    String(error.code),
  )
}

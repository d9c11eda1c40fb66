import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import type { Readable } from 'node:stream'

/** What one look at all bytes of a file tells. */
export interface FileLook {
  readonly checksum: string
  /** The first bytes, decompressed, as latin1: enough for a header. */
  readonly head: string
  /** Physical lines, the last one with or without its end. */
  readonly lines: number
  /** Why the file cannot be read to its end. */
  readonly broken: string | undefined
  /** Of a broken file, the last line as far as it goes. */
  readonly tail: string
}

const HEAD_BYTES = 1_000_000

export async function lookAt(path: string): Promise<FileLook> {
  const hash = createHash('sha256')
  const raw = createReadStream(path, { highWaterMark: 1 << 18 })
  raw.on('data', (bytes) => hash.update(bytes))
  let head = ''
  let lines = 0
  let last: Buffer = Buffer.from('\n')
  let broken: string | undefined
  try {
    for await (const bytes of decompressed(path, raw)) {
      if (head.length < HEAD_BYTES) head += bytes.toString('latin1', 0, HEAD_BYTES - head.length)
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++
      if (bytes.length > 0) last = bytes
    }
  } catch (error) {
    if (!isCompressed(path) || !isDamage(error)) throw error
    broken = (error as Error).message
    for await (const bytes of createReadStream(path)) void bytes
  }
  const tail = last.subarray(last.lastIndexOf(10) + 1)
  return {
    checksum: hash.digest('hex'),
    head,
    lines: lines + (tail.length === 0 ? 0 : 1),
    broken,
    tail: broken === undefined ? '' : tail.toString('utf8'),
  }
}

/** The lines of a file as latin1 text, without what parts them, in groups as they come. Of a damaged file come the whole lines. */
export async function* linesOf(path: string, separator = '\n'): AsyncGenerator<string[]> {
  let rest = ''
  try {
    for await (const bytes of decompressed(path)) {
      const lines = (rest + bytes.toString('latin1')).split(separator)
      rest = lines.pop() ?? ''
      if (lines.length > 0) yield lines
    }
  } catch (error) {
    if (!isDamage(error)) throw error
    return
  }
  if (rest !== '') yield [rest]
}

function isCompressed(path: string): boolean {
  return path.endsWith('.gz')
}

/** The bytes of a file, decompressed. Of a damaged file comes all that could be decompressed before it throws. */
export async function* decompressed(
  path: string,
  raw: Readable = createReadStream(path, { highWaterMark: 1 << 18 }),
): AsyncGenerator<Buffer> {
  if (!isCompressed(path)) {
    yield* raw as AsyncIterable<Buffer>
    return
  }
  // A stream that is read to its error forgets what it had ready; what it has said by then is kept here.
  const gunzip = createGunzip({ chunkSize: 1 << 18 })
  let said: Buffer[] = []
  let damage: Error | undefined
  gunzip.on('data', (bytes: Buffer) => said.push(bytes))
  gunzip.on('error', (error) => (damage = error))
  const ended = new Promise<void>((resolve) => gunzip.once('close', resolve))
  try {
    for await (const bytes of raw as AsyncIterable<Buffer>) {
      await new Promise<void>((resolve) => gunzip.write(bytes, () => resolve()))
      yield* said
      said = []
      if (damage !== undefined) throw damage
    }
    gunzip.end()
    await ended
    yield* said
    if (damage !== undefined) throw damage
  } finally {
    gunzip.destroy()
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}

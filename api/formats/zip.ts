import { pipeline, Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'
import { Zip, type ZipInputFile } from 'fflate'

/** A file of an archive: its name and its text, piece by piece. */
export interface ArchiveFile {
  readonly name: string
  readonly text: AsyncIterable<string> | Iterable<string>
}

/** A ZIP archive, packed beside the event loop and sent as it grows, so memory stays flat. */
export async function* zipped(files: readonly ArchiveFile[]): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const made: Uint8Array<ArrayBuffer>[] = []
  const zip = new Zip((error, piece) => {
    if (error) throw error
    made.push(new Uint8Array(piece))
  })
  for (const { name, text } of files) {
    const file: ZipInputFile = { filename: name, compression: DEFLATE, size: 0, crc: 0 }
    zip.add(file)
    const packing = createDeflateRaw({ level: 4 })
    // What fails on the way destroys the other end, and so is thrown by the loop.
    pipeline(Readable.from(counted(text, file)), packing, () => undefined)
    for await (const piece of packing as AsyncIterable<Buffer>) {
      file.ondata?.(null, new Uint8Array(piece), false)
      yield* made.splice(0)
    }
    file.ondata?.(null, new Uint8Array(0), true)
    yield* made.splice(0)
  }
  zip.end()
  yield* made.splice(0)
}

const DEFLATE = 8
/** What the plain form of an archive can say of a file. */
const MOST_BYTES = 0xffff_ffff

/** The bytes of the text; the archive says how many there are, and their checksum, after them. */
async function* counted(text: ArchiveFile['text'], file: ZipInputFile): AsyncGenerator<Buffer> {
  for await (const part of text) {
    const bytes = Buffer.from(part)
    file.crc = crc32(bytes, file.crc)
    file.size += bytes.length
    if (file.size > MOST_BYTES) throw new RangeError(`${file.filename} is larger than ${MOST_BYTES} bytes`)
    yield bytes
  }
}

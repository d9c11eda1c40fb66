import { open } from 'node:fs/promises'
import { decompressed, lookAt } from './file-lines.ts'
import type { SourceFile } from './file-list.ts'

const MARKS: readonly (readonly [mark: string, encoding: string])[] = [
  ['\xff\xfe', 'utf-16le'],
  ['\xfe\xff', 'utf-16be'],
]
/** What stands where bytes are not text of the encoding, in UTF-8. */
export const REPLACEMENT = '\xef\xbf\xbd'

/** The encoding of a text file: what its byte order mark says, else what is declared, else UTF-8. */
export function encodingOf({ head }: SourceFile, declared: string | undefined): string {
  const marked = MARKS.find(([mark]) => head.startsWith(mark))?.[1]
  return marked ?? new TextDecoder(declared ?? 'utf-8').encoding
}

/**
 * The file as UTF-8: itself, or a copy at `scratch` with the same lines, written as a stream. Path, size and checksum stay
 * those of the original. What is no text of its encoding becomes a replacement character, and the file is `doubtful`.
 */
export async function asUtf8(file: SourceFile, encoding: string, scratch: string): Promise<SourceFile> {
  if (encoding === 'utf-8') return file
  const decoder = new TextDecoder(encoding)
  const output = await open(scratch, 'w')
  let doubtful = false
  const write = async (text: string): Promise<void> => {
    doubtful ||= text.includes('\ufffd')
    if (text !== '') await output.write(text)
  }
  try {
    for await (const bytes of decompressed(file.absolute)) await write(decoder.decode(bytes, { stream: true }))
    await write(decoder.decode())
  } catch (error) {
    if (file.broken === undefined) throw error
  } finally {
    await output.close()
  }
  const { head, lines } = await lookAt(scratch)
  return { ...file, absolute: scratch, head, lines, encoding, doubtful }
}

/**
 * The encoding that bytes which are no UTF-8 look like: GB18030 where bytes above ASCII come in pairs, as each Chinese
 * character is two of them, else Windows-1252, in which one mostly stands alone. A guess for a remedy, never used to read.
 */
export function likelyEncoding(head: string): string {
  const runs = head.slice(0, 200_000).match(/[\x80-\xff]+/g) ?? []
  const paired = runs.filter((run) => run.length % 2 === 0).length
  return paired >= 0.8 * runs.length ? 'gb18030' : 'windows-1252'
}

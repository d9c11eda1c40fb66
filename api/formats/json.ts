import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Answer } from '../../models/metrics/metric.ts'

interface Bytes {
  readonly plain: Uint8Array<ArrayBuffer>
  gzipped?: Promise<Uint8Array<ArrayBuffer>>
}

/** Below this many bytes, packing costs more than it saves. */
const WORTH_PACKING = 1_024
const known = new WeakMap<Answer, Bytes>()
const pack = promisify(gzip)

/** An answer as JSON bytes, made once for as long as the answer is kept. */
export async function jsonBytes(
  answer: Answer,
  options: { gzip: boolean },
): Promise<{ bytes: Uint8Array<ArrayBuffer>; gzipped: boolean }> {
  const entry: Bytes = known.get(answer) ?? { plain: new TextEncoder().encode(JSON.stringify(answer)) }
  known.set(answer, entry)
  if (!options.gzip || entry.plain.length < WORTH_PACKING) return { bytes: entry.plain, gzipped: false }
  entry.gzipped ??= pack(entry.plain).then((packed) => new Uint8Array(packed))
  return { bytes: await entry.gzipped, gzipped: true }
}

import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { pace } from '../../pace.ts'
import type { Answer } from '../../models/metrics/metric.ts'
import type { OpenAnswer } from '../queries/queries.ts'

interface Bytes {
  readonly plain: Promise<Uint8Array<ArrayBuffer>>
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
  const entry: Bytes = known.get(answer) ?? { plain: written(answer) }
  known.set(answer, entry)
  const plain = await entry.plain
  if (!options.gzip || plain.length < WORTH_PACKING) return { bytes: plain, gzipped: false }
  entry.gzipped ??= pack(plain).then((packed) => new Uint8Array(packed))
  return { bytes: await entry.gzipped, gzipped: true }
}

/** Rows written between two looks at the clock. */
const AT_ONCE = 200

/** The same text as JSON.stringify, in steps. */
async function written({ columns, rows, ...rest }: Answer): Promise<Uint8Array<ArrayBuffer>> {
  if (rows.length <= AT_ONCE) return bytesOf(JSON.stringify({ columns, rows, ...rest }))
  const parts: Uint8Array[] = [Buffer.from(head(columns))]
  for await (const part of rowTexts([rows])) parts.push(Buffer.from(part))
  return new Uint8Array(Buffer.concat([...parts, Buffer.from(tail(rest))]))
}

/** An answer of any size as JSON, of the same form, while it is read. */
export async function* jsonChunks(answer: OpenAnswer): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { session, columns, statement } = answer
  let start = head(columns)
  for await (const part of rowTexts(session.batches(statement.sql, statement.parameters))) {
    yield bytesOf(start + part)
    start = ''
  }
  yield bytesOf(start + tail(await answer.rest()))
}

/** Rows as the inside of a JSON list, some at a time. */
async function* rowTexts(
  batches: AsyncIterable<readonly object[]> | Iterable<readonly object[]>,
): AsyncGenerator<string> {
  let comma = ''
  for await (const rows of batches) {
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      yield comma + JSON.stringify(rows.slice(from, from + AT_ONCE)).slice(1, -1)
      comma = ','
      await pace()
    }
  }
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text))
const head = (columns: Answer['columns']): string => `{"columns":${JSON.stringify(columns)},"rows":[`
const tail = (rest: object): string => `],${JSON.stringify(rest).slice(1)}`

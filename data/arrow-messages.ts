import { Field, Message, Schema, type DataType } from 'apache-arrow'
import { BufferRegion, DictionaryBatch, FieldNode, RecordBatch } from 'apache-arrow/ipc/metadata/message'
import type { ColumnBuffer, Filled } from './arrow-buffers.ts'

export interface ArrowField {
  readonly name: string
  readonly type: DataType
}

/** First message of a stream. */
export function schemaMessage(fields: readonly ArrowField[]): Uint8Array {
  return framed(Message.from(new Schema(fields.map(({ name, type }) => new Field(name, type, true)))), [])
}

/** Takes what the columns have collected. */
export function recordBatchMessage(rows: number, columns: readonly ColumnBuffer[]): Uint8Array {
  const filled = columns.map((column) => column.take())
  const { header, body, length } = recordBatch(rows, filled)
  return framed(Message.from(header, length), body)
}

/** The words a dictionary column refers to by their place. */
export function dictionaryMessage(id: number, words: readonly string[]): Uint8Array {
  const texts = words.map((word) => Buffer.from(word))
  const offsets = new Int32Array(words.length + 1)
  for (const [index, text] of texts.entries()) offsets[index + 1] = (offsets[index] ?? 0) + text.length
  const buffers = [new Uint8Array(0), new Uint8Array(offsets.buffer), Buffer.concat(texts)]
  const { header, body, length } = recordBatch(words.length, [{ nulls: 0, buffers }])
  return framed(Message.from(new DictionaryBatch(header, id), length), body)
}

/** Last eight bytes of a stream. */
export function endOfStream(): Uint8Array {
  return Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0)
}

interface Body {
  readonly header: RecordBatch
  readonly body: readonly Uint8Array[]
  readonly length: number
}

function recordBatch(rows: number, columns: readonly Filled[]): Body {
  const body = columns.flatMap((column) => column.buffers)
  let length = 0
  const regions = body.map((buffer) => {
    const region = new BufferRegion(length, buffer.byteLength)
    length += padded(buffer.byteLength)
    return region
  })
  const nodes = columns.map((column) => new FieldNode(rows, column.nulls))
  return { header: new RecordBatch(rows, nodes, regions, null), body, length }
}

/** Everything in a message begins at a multiple of eight bytes. */
function padded(length: number): number {
  return (length + 7) & ~7
}

/** A message as it travels: a mark, the length of its head, the head, the body. One copy of the body is made here. */
function framed(message: Message, body: readonly Uint8Array[]): Uint8Array {
  const head = Message.encode(message)
  const start = padded(8 + head.byteLength)
  const bytes = new Uint8Array(start + body.reduce((sum, buffer) => sum + padded(buffer.byteLength), 0))
  const view = new DataView(bytes.buffer)
  view.setInt32(0, -1, true)
  view.setInt32(4, start - 8, true)
  bytes.set(head, 8)
  let at = start
  for (const buffer of body) {
    bytes.set(buffer, at)
    at += padded(buffer.byteLength)
  }
  return bytes
}

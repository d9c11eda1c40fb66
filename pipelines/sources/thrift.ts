/**
 * Thrift's compact protocol, in which Parquet writes what it knows of itself: read into a tree and written again.
 * https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
const TRUE = 1
const FALSE = 2
const BYTE = 3
const DOUBLE = 7
const BINARY = 8
const LIST = 9
const SET = 10
const STRUCT = 12

export interface Field {
  readonly id: number
  readonly type: number
  value: Value
}
export type Struct = Field[]
export interface List {
  readonly type: number
  items: Value[]
}
/** Whole numbers are bigint; doubles and single bytes stay bytes. */
export type Value = bigint | boolean | Buffer | List | Struct

export function readStruct(bytes: Buffer): Struct {
  return new Reader(bytes).struct()
}

export function writeStruct(struct: Struct): Buffer {
  const parts: Buffer[] = []
  putStruct(parts, struct)
  return Buffer.concat(parts)
}

class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  struct(): Struct {
    const fields: Struct = []
    for (let id = 0; ;) {
      const head = this.#byte()
      if (head === 0) return fields
      const type = head & 15
      id = head >> 4 === 0 ? Number(zigzag(this.#varint())) : id + (head >> 4)
      fields.push({ id, type, value: type === TRUE || type === FALSE ? type === TRUE : this.#value(type) })
    }
  }

  #value(type: number): Value {
    if (type === TRUE || type === FALSE || type === BYTE) return this.#take(1)
    if (type > BYTE && type < DOUBLE) return zigzag(this.#varint())
    if (type === DOUBLE) return this.#take(8)
    if (type === BINARY) return this.#take(Number(this.#varint()))
    if (type === STRUCT) return this.struct()
    if (type === LIST || type === SET) return this.#list()
    throw new Error(`Thrift type ${type} is not one that Parquet uses`)
  }

  #list(): List {
    const head = this.#byte()
    const size = head >> 4 === 15 ? Number(this.#varint()) : head >> 4
    const type = head & 15
    return { type, items: Array.from({ length: size }, () => this.#value(type)) }
  }

  #varint(): bigint {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.#byte()
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return value
    }
  }

  #byte(): number {
    return this.#bytes.readUInt8(this.#at++)
  }

  #take(length: number): Buffer {
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }
}

function putStruct(parts: Buffer[], struct: Struct): void {
  let before = 0
  for (const { id, type, value } of struct) {
    const delta = id - before
    before = id
    const written = typeof value === 'boolean' ? (value ? TRUE : FALSE) : type
    if (delta > 0 && delta < 16) parts.push(Buffer.from([(delta << 4) | written]))
    else parts.push(Buffer.from([written]), varint(unzigzag(BigInt(id))))
    if (typeof value !== 'boolean') put(parts, value, type)
  }
  parts.push(Buffer.from([0]))
}

function put(parts: Buffer[], value: Value, type: number): void {
  if (typeof value === 'bigint') parts.push(varint(unzigzag(value)))
  else if (Buffer.isBuffer(value)) parts.push(...(type === BINARY ? [varint(BigInt(value.length)), value] : [value]))
  else if (Array.isArray(value)) putStruct(parts, value)
  else if (typeof value === 'object') {
    const size = value.items.length
    const head = Buffer.from([((size < 15 ? size : 15) << 4) | value.type])
    parts.push(head, ...(size < 15 ? [] : [varint(BigInt(size))]))
    for (const item of value.items) put(parts, item, value.type)
  }
}

function varint(value: bigint): Buffer {
  const bytes: number[] = []
  for (; value > 127n; value >>= 7n) bytes.push(Number(value & 127n) | 128)
  return Buffer.from([...bytes, Number(value)])
}

function zigzag(value: bigint): bigint {
  return (value & 1n) === 0n ? value >> 1n : -(value >> 1n) - 1n
}

function unzigzag(value: bigint): bigint {
  return value < 0n ? -value * 2n - 1n : value * 2n
}

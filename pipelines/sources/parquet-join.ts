import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { readStruct, writeStruct, type List, type Struct, type Value } from './thrift.ts'

/**
 * Makes one Parquet file of several with the same columns, one after the other, and removes them. The rows are moved as
 * they stand, compressed: only what the files know of themselves is read and written anew, with each place in its file
 * shifted. Reading and compressing all rows again would cost as much as the extraction itself.
 */
export async function joinParquet(parts: readonly string[], path: string): Promise<void> {
  const [first, ...more] = parts
  if (first === undefined) return
  if (more.length > 0) await join(parts, `${path}.partial`)
  await rename(more.length > 0 ? `${path}.partial` : first, path)
}

const MARK = Buffer.from('PAR1')
/** The length of the description, and the mark once more. */
const TAIL_BYTES = 8

async function join(parts: readonly string[], path: string): Promise<void> {
  const output = await open(path, 'w')
  try {
    let whole: Struct | undefined
    let at = await append(output, MARK)
    for (const part of parts) {
      const input = await open(part, 'r')
      try {
        const { description, end } = await describe(input)
        shift(description, BigInt(at - MARK.length))
        whole = whole === undefined ? description : united(whole, description)
        at += await copy(input, output, end)
      } finally {
        await input.close()
      }
      await rm(part)
    }
    const description = writeStruct(whole ?? [])
    const length = Buffer.alloc(4)
    length.writeUInt32LE(description.length)
    await append(output, Buffer.concat([description, length, MARK]))
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await output.close()
  }
}

async function append(output: FileHandle, bytes: Buffer): Promise<number> {
  await output.writeFile(bytes)
  return bytes.length
}

/** What a file says of itself, and where its rows end. */
async function describe(input: FileHandle): Promise<{ description: Struct; end: number }> {
  const { size } = await input.stat()
  const tail = await slice(input, size - TAIL_BYTES, TAIL_BYTES)
  const length = tail.readUInt32LE(0)
  const end = size - TAIL_BYTES - length
  return { description: readStruct(await slice(input, end, length)), end }
}

async function slice(input: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer } = await input.read(Buffer.alloc(length), 0, length, position)
  return buffer
}

const COPY_BYTES = 4 << 20

async function copy(input: FileHandle, output: FileHandle, end: number): Promise<number> {
  const buffer = Buffer.alloc(COPY_BYTES)
  for (let at = MARK.length; at < end;) {
    const { bytesRead } = await input.read(buffer, 0, Math.min(COPY_BYTES, end - at), at)
    if (bytesRead === 0) throw new Error('a part of the Parquet file is cut short')
    await output.writeFile(buffer.subarray(0, bytesRead))
    at += bytesRead
  }
  return end - MARK.length
}

/** Numbers of the fields, from https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift */
const FILE = { schema: 2, rows: 3, groups: 4 }
const GROUP = { columns: 1, offset: 5, ordinal: 7 }
const COLUMN = { offsets: [2, 4, 6], description: 3 }
/** Of data, index and dictionary pages and of Bloom filters. */
const PAGES = [9, 10, 11, 14]

function shift(file: Struct, by: bigint): void {
  for (const group of structs(file, FILE.groups)) {
    move(group, [GROUP.offset], by)
    for (const column of structs(group, GROUP.columns)) {
      move(column, COLUMN.offsets, by)
      move(valueOf(column, COLUMN.description) as Struct, PAGES, by)
    }
  }
}

/** An offset of 0 stands for none: the first four bytes are the mark. */
function move(struct: Struct, ids: readonly number[], by: bigint): void {
  for (const field of struct) {
    if (ids.includes(field.id) && typeof field.value === 'bigint' && field.value > 0n) field.value += by
  }
}

function united(one: Struct, other: Struct): Struct {
  if (!schemaOf(one).equals(schemaOf(other))) throw new Error('parts with different columns cannot be one Parquet file')
  const groups = [...structs(one, FILE.groups), ...structs(other, FILE.groups)]
  for (const [index, group] of groups.entries()) set(group, GROUP.ordinal, BigInt(index))
  set(one, FILE.rows, (valueOf(one, FILE.rows) as bigint) + (valueOf(other, FILE.rows) as bigint))
  ;(valueOf(one, FILE.groups) as List).items = groups
  return one
}

function schemaOf(file: Struct): Buffer {
  return writeStruct(file.filter(({ id }) => id === FILE.schema))
}

function set(struct: Struct, id: number, value: Value): void {
  const field = struct.find((candidate) => candidate.id === id)
  if (field !== undefined) field.value = value
}

function valueOf(struct: Struct, id: number): Value {
  const field = struct.find((candidate) => candidate.id === id)
  if (field === undefined) throw new Error(`a Parquet file without field ${id} in its description`)
  return field.value
}

function structs(struct: Struct, id: number): Struct[] {
  return (valueOf(struct, id) as List).items as Struct[]
}

import duckdb, { type Vector } from '@duckdb/node-bindings'

/** What one column gives a record batch: how many of its rows are null, and its Arrow buffers in order, the bitmap first. */
export interface Filled {
  readonly nulls: number
  readonly buffers: readonly Uint8Array[]
}

/** Collects the vectors of one column until a record batch is full. `take` answers views that the next `append` overwrites. */
export interface ColumnBuffer {
  append(vector: Vector, rows: number): void
  take(): Filled
  /** Bytes of text collected: what makes a batch large before it has many rows. */
  readonly textBytes: number
}

const NOTHING = new Uint8Array(0)

/** A bitmap, least significant bit first, as in both DuckDB and Arrow. */
export class Bitmap {
  readonly #bytes: Uint8Array
  #length = 0
  #ones = 0

  constructor(capacity: number) {
    // One byte to spare: a shifted append writes into the next.
    this.#bytes = new Uint8Array((capacity >> 3) + 2)
  }

  get zeros(): number {
    return this.#length - this.#ones
  }

  /** Appends the first `rows` bits of `source`; null stands for all ones. */
  append(source: Uint8Array | null, rows: number): void {
    const bytes = this.#bytes
    const shift = this.#length & 7
    const count = (rows + 7) >> 3
    let at = this.#length >> 3
    for (let index = 0; index < count; index++, at++) {
      let byte = source === null ? 255 : (source[index] ?? 0)
      if (index === count - 1 && (rows & 7) !== 0) byte &= (1 << (rows & 7)) - 1
      bytes[at] = (bytes[at] ?? 0) | (byte << shift)
      if (shift !== 0) bytes[at + 1] = byte >> (8 - shift)
      if (source !== null) this.#ones += ONES[byte] ?? 0
    }
    if (source === null) this.#ones += rows
    this.#length += rows
  }

  /** The bytes so far, which stay as they are until the next append after `reset`. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, (this.#length + 7) >> 3)
  }

  /** Call when the bytes have been copied away. */
  reset(): void {
    if (this.#length === 0) return
    this.#bytes.fill(0)
    this.#length = 0
    this.#ones = 0
  }
}

/** How many ones each byte has. */
const ONES = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length)

/** The validity bits of a vector, or null where no row is null. */
function validityOf(vector: Vector, rows: number): Uint8Array | null {
  // The declaration leaves out that DuckDB answers nothing where there are no nulls.
  const bits: Uint8Array | null | undefined = duckdb.vector_get_validity(vector, ((rows + 63) >> 6) * 8)
  return bits ?? null
}

/**
 * Calls `empty` with each row that is null. What the engine has in its place is left over from other work, and may be a value of a
 * row that the reader is not to see.
 */
function eachNull(validity: Uint8Array | null, rows: number, empty: (row: number) => void): void {
  if (validity === null) return
  for (let row = 0; row < rows; row++) {
    const byte = validity[row >> 3] ?? 255
    if (byte === 255 && (row & 7) === 0) row += 7
    else if (((byte >> (row & 7)) & 1) === 0) empty(row)
  }
}

/** Base of all columns: keeps the bitmap, and leaves it out of the batch where no row is null. */
export abstract class NullableBuffer implements ColumnBuffer {
  readonly #validity: Bitmap
  protected rows = 0
  #taken = false

  constructor(capacity: number) {
    this.#validity = new Bitmap(capacity)
  }

  get textBytes(): number {
    return 0
  }

  append(vector: Vector, rows: number): void {
    if (this.#taken) this.#reset()
    const validity = validityOf(vector, rows)
    this.#validity.append(validity, rows)
    this.fill(vector, rows, validity)
    this.rows += rows
  }

  take(): Filled {
    if (this.#taken) this.#reset()
    this.#taken = true
    const nulls = this.#validity.zeros
    return { nulls, buffers: [nulls === 0 ? NOTHING : this.#validity.view(), ...this.values()] }
  }

  #reset(): void {
    this.#taken = false
    this.#validity.reset()
    this.rows = 0
    this.clear()
  }

  protected abstract fill(vector: Vector, rows: number, validity: Uint8Array | null): void
  protected abstract values(): Uint8Array[]
  protected clear(): void {}
}

/** Values that lie in DuckDB as Arrow wants them: `width` bytes each, little-endian. */
export class FixedBuffer extends NullableBuffer {
  readonly #width: number
  readonly #bytes: Uint8Array

  constructor(capacity: number, width: number) {
    super(capacity)
    this.#width = width
    this.#bytes = new Uint8Array(capacity * width)
  }

  protected override fill(vector: Vector, rows: number, validity: Uint8Array | null): void {
    const [bytes, width, start] = [this.#bytes, this.#width, this.rows * this.#width]
    // The length must be exact: the binding copies that many bytes, whether they are there or not.
    bytes.set(duckdb.vector_get_data(vector, rows * width), start)
    eachNull(validity, rows, (row) => bytes.fill(0, start + row * width, start + (row + 1) * width))
  }

  protected override values(): Uint8Array[] {
    return [this.#bytes.subarray(0, this.rows * this.#width)]
  }
}

/** Booleans: a byte each in DuckDB, a bit each in Arrow. */
export class BooleanBuffer extends NullableBuffer {
  readonly #bits: Bitmap
  readonly #packed = new Uint8Array(duckdb.vector_size() >> 3)

  constructor(capacity: number) {
    super(capacity)
    this.#bits = new Bitmap(capacity)
  }

  protected override fill(vector: Vector, rows: number, validity: Uint8Array | null): void {
    const flags = duckdb.vector_get_data(vector, rows)
    this.#packed.fill(0)
    for (let row = 0; row < rows; row++) {
      if (flags[row] === 1) this.#packed[row >> 3] = (this.#packed[row >> 3] ?? 0) | (1 << (row & 7))
    }
    if (validity !== null)
      for (let at = 0; at << 3 < rows; at++) this.#packed[at] = (this.#packed[at] ?? 0) & (validity[at] ?? 0)
    this.#bits.append(this.#packed, rows)
  }

  protected override values(): Uint8Array[] {
    return [this.#bits.view()]
  }

  protected override clear(): void {
    this.#bits.reset()
  }
}

/** Decimals of up to 18 digits, which DuckDB keeps in 2, 4 or 8 bytes: widened, with their sign, to Arrow's 16. */
export class DecimalBuffer extends NullableBuffer {
  readonly #width: 2 | 4 | 8
  readonly #words: Int32Array

  constructor(capacity: number, width: 2 | 4 | 8) {
    super(capacity)
    this.#width = width
    this.#words = new Int32Array(capacity * 4)
  }

  protected override fill(vector: Vector, rows: number, validity: Uint8Array | null): void {
    const { buffer, byteOffset } = duckdb.vector_get_data(vector, rows * this.#width)
    const words = this.#words
    const wide = this.#width === 8
    const source =
      this.#width === 2
        ? new Int16Array(buffer, byteOffset, rows)
        : new Int32Array(buffer, byteOffset, wide ? rows * 2 : rows)
    for (let row = 0, at = this.rows * 4; row < rows; row++, at += 4) {
      const low = (wide ? source[row * 2] : source[row]) ?? 0
      const high = wide ? (source[row * 2 + 1] ?? 0) : low >> 31
      words[at] = low
      words[at + 1] = high
      words[at + 2] = words[at + 3] = high >> 31
    }
    eachNull(validity, rows, (row) => words.fill(0, (this.rows + row) * 4, (this.rows + row + 1) * 4))
  }

  protected override values(): Uint8Array[] {
    return [new Uint8Array(this.#words.buffer, 0, this.rows * 16)]
  }
}

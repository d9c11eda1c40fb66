import duckdb, { type Vector } from '@duckdb/node-bindings'
import { NullableBuffer } from './arrow-buffers.ts'

/** A text of up to so many bytes lies inside DuckDB's 16-byte entry; a longer one behind a pointer. */
const INLINE = 12

/** Text. Long texts that lie one behind the other in DuckDB's memory, as those of one vector mostly do, are copied as one. */
export class TextBuffer extends NullableBuffer {
  readonly #offsets: Int32Array
  #bytes = new Uint8Array(1 << 20)
  #used = 0

  constructor(capacity: number) {
    super(capacity)
    this.#offsets = new Int32Array(capacity + 1)
  }

  override get textBytes(): number {
    return this.#used
  }

  protected override fill(vector: Vector, rows: number, validity: Uint8Array | null): void {
    const entries = duckdb.vector_get_data(vector, rows * 16)
    const words = new Uint32Array(entries.buffer, entries.byteOffset, rows * 4)
    const isNull = (row: number): boolean => validity !== null && ((validity[row >> 3] ?? 0) & (1 << (row & 7))) === 0
    const known = new Map<number, number>()
    for (let row = 0; row < rows; row++) {
      const length = words[row * 4] ?? 0
      if (isNull(row)) this.#offsets[this.rows + row + 1] = this.#used
      else if (length <= INLINE) this.#appendInline(entries, row, length)
      else row = this.#appendRun({ entries, words, rows, isNull, known }, row)
    }
  }

  #appendInline(entries: Uint8Array, row: number, length: number): void {
    this.#reserve(INLINE)
    const bytes = this.#bytes
    let at = this.#used
    for (let from = row * 16 + 4, end = from + length; from < end; from++) bytes[at++] = entries[from] ?? 0
    this.#used = at
    this.#offsets[this.rows + row + 1] = at
  }

  /** Copies the text at `first` and those that follow it without a gap; answers the last row copied. */
  #appendRun(texts: Texts, first: number): number {
    const { words, rows, isNull, known } = texts
    const start = pointer(words, first)
    let last = first
    let length = words[first * 4] ?? 0
    const seen = known.get(start)
    if (seen !== undefined) {
      this.#reserve(length)
      this.#bytes.copyWithin(this.#used, seen, seen + length)
    } else {
      this.#offsets[this.rows + first + 1] = this.#used + length
      for (
        let row = first + 1;
        row < rows && !isNull(row) && (words[row * 4] ?? 0) > INLINE && pointer(words, row) === start + length;
        row++
      ) {
        length += words[row * 4] ?? 0
        this.#offsets[this.rows + row + 1] = this.#used + length
        last = row
      }
      this.#reserve(length)
      const { buffer, byteOffset } = texts.entries
      this.#bytes.set(
        duckdb.get_data_from_pointer(buffer as ArrayBuffer, byteOffset + first * 16 + 8, length),
        this.#used,
      )
      if (last === first) known.set(start, this.#used)
    }
    this.#used += length
    this.#offsets[this.rows + last + 1] = this.#used
    return last
  }

  #reserve(length: number): void {
    if (this.#used + length <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#used + length))
    grown.set(this.#bytes.subarray(0, this.#used))
    this.#bytes = grown
  }

  protected override values(): Uint8Array[] {
    return [new Uint8Array(this.#offsets.buffer, 0, (this.rows + 1) * 4), this.#bytes.subarray(0, this.#used)]
  }

  protected override clear(): void {
    this.#used = 0
  }
}

interface Texts {
  readonly entries: Uint8Array
  readonly words: Uint32Array
  readonly rows: number
  readonly isNull: (row: number) => boolean
  /** Where the text behind a pointer was put: repeated values of a compressed column share one. */
  readonly known: Map<number, number>
}

/** Addresses have 48 bits, so a number holds one. */
function pointer(words: Uint32Array, row: number): number {
  return (words[row * 4 + 3] ?? 0) * 4_294_967_296 + (words[row * 4 + 2] ?? 0)
}

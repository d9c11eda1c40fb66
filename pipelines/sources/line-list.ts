import { appendFileSync, closeSync, openSync, readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'

/** So many lines are kept in memory; a file of which every line is broken has its lines on disk. */
const IN_MEMORY = 10_000
const BLOCK = 1 << 18

/** Lines that are told of, in order, however many there are. An array of them will do wherever one of these does. */
export interface Lines<Line> extends Iterable<Line> {
  readonly length: number
}

/** Lines that spill to a file of their own. Whoever made the list removes the file. */
export class LineList<Line> implements Lines<Line> {
  readonly #path: string
  readonly #kept: Line[] = []
  #waiting = ''
  #spilled = 0

  constructor(path: string) {
    this.#path = path
  }

  get length(): number {
    return this.#kept.length + this.#spilled
  }

  push(line: Line): void {
    if (this.#kept.length < IN_MEMORY) {
      this.#kept.push(line)
      return
    }
    this.#spilled++
    this.#waiting += `${JSON.stringify(line)}\n`
    if (this.#waiting.length >= BLOCK) this.#write()
  }

  *[Symbol.iterator](): Generator<Line> {
    yield* this.#kept
    if (this.#spilled === 0) return
    this.#write()
    for (const text of linesIn(this.#path)) yield JSON.parse(text) as Line
  }

  #write(): void {
    if (this.#waiting !== '') appendFileSync(this.#path, this.#waiting)
    this.#waiting = ''
  }
}

function* linesIn(path: string): Generator<string> {
  const file = openSync(path, 'r')
  const decoder = new StringDecoder('utf8')
  const buffer = Buffer.alloc(BLOCK)
  try {
    let rest = ''
    for (let bytes = readSync(file, buffer); bytes > 0; bytes = readSync(file, buffer)) {
      const lines = (rest + decoder.write(buffer.subarray(0, bytes))).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } finally {
    closeSync(file)
  }
}

import stringWidth from 'string-width'
import writeXlsxFile, { type Cell } from 'write-excel-file/node'
import type { Value } from '../../data/values.ts'
import { fault } from '../../entities/faults.ts'
import { RequestError } from '../../errors.ts'
import type { Unit } from '../../models/metrics/metric.ts'
import { MOST_ROWS, type OpenAnswer } from '../queries/queries.ts'
import { headingsOf, wordingOf, type Wording } from './words.ts'

/** How a spreadsheet shows figures of each unit. The figures themselves stay as they are. */
const FORMATS: Record<Unit, string> = {
  money: '#,##0.00',
  hours: '#,##0.0',
  days: '#,##0',
  count: '#,##0',
  share: '0.0%',
  rank: '0',
  number: '#,##0.00',
}
const DAY = /^\d{4}-\d{2}-\d{2}$/
const WIDTH = { least: 10, most: 48 }

/** A workbook for people: figures as numbers, days as days, a heading that stays in sight. A workbook is no stream, so it has an end. */
export async function* xlsxChunks(answer: OpenAnswer, wording: Wording): AsyncGenerator<Uint8Array> {
  const { session, columns, statement } = answer
  const worded = wordingOf(columns, wording)
  const headings = headingsOf(columns, wording)
  const rows: Cell[][] = [headings.map((value) => ({ value, fontWeight: 'bold', wrap: true }))]
  const widths = headings.map(widthOf)
  for await (const batch of session.batches(statement.sql, statement.parameters)) {
    for (const row of batch) {
      rows.push(columns.map(({ name, unit }) => cellOf(worded(name, row[name] ?? null), unit)))
      for (const [at, { name }] of columns.entries())
        widths[at] = Math.max(widths[at] ?? 0, widthOf(worded(name, row[name] ?? null)))
    }
    if (rows.length > MOST_ROWS + 1)
      throw new RequestError(fault('limit_too_large', { limit: rows.length - 1, most: MOST_ROWS }), { field: 'limit' })
  }
  const book = writeXlsxFile(rows, {
    stickyRowsCount: 1,
    columns: widths.map((width) => ({ width: Math.min(WIDTH.most, Math.max(WIDTH.least, width + 2)) })),
  })
  yield new Uint8Array(await book.toBuffer())
}

function cellOf(value: Value, unit: Unit | undefined): Cell {
  if (value === null) return null
  if (unit !== undefined && Number.isFinite(Number(value)))
    return { value: Number(value), type: Number, format: FORMATS[unit] }
  if (typeof value === 'string' && DAY.test(value))
    return { value: new Date(`${value}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' }
  // Text is a cell of text: whatever it begins with, no spreadsheet takes it for a formula.
  if (typeof value === 'string') return { value, type: String }
  return typeof value === 'boolean' ? { value, type: Boolean } : { value: JSON.stringify(value), type: String }
}

/** Chinese takes two places. */
function widthOf(value: Value): number {
  return stringWidth(typeof value === 'string' ? value : JSON.stringify(value))
}

import stringWidth from 'string-width'
import { pace } from '../../pace.ts'
import type { Value } from '../../data/values.ts'
import type { Column, Unit } from '../../models/metrics/metric.ts'
import { isSheetDay } from '../../models/metrics/sheet-cell.ts'
import type { OpenAnswer } from '../queries/queries.ts'
import { headingsOf, wordingOf, type Wording } from './words.ts'
import { workbookChunks, type Cell } from './workbook.ts'

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
const CODES = [...Object.values(FORMATS), 'yyyy-mm-dd']
const FORMAT_OF_DAYS = CODES.length - 1
const WIDTH = { least: 10, most: 48 }

/** Rows made between two looks at the clock. */
const AT_ONCE = 100

/** A workbook for people: figures as numbers, days as days, columns as wide as the first rows need. */
export async function* xlsxChunks(answer: OpenAnswer, wording: Wording): AsyncGenerator<Uint8Array> {
  const { session, columns, statement } = answer
  const worded = wordingOf(columns, wording)
  const headings = headingsOf(columns, wording)
  const kinds = columns.map((column) => column.unit ?? kindOf(column, wording))
  const batches = session.batches(statement.sql, statement.parameters)
  const shown = (row: Readonly<Record<string, Value>>): Value[] =>
    columns.map(({ name }) => worded(name, row[name] ?? null))
  const first = await batches.next()
  const seen = first.done ? [] : first.value.slice(0, AT_ONCE).map(shown)
  const widths = await widthsOf([headings, ...seen])
  async function* rows(): AsyncGenerator<Cell[][]> {
    try {
      for (let batch = first; !batch.done; batch = await batches.next()) {
        for (let from = 0; from < batch.value.length; from += AT_ONCE) {
          const part = batch.value.slice(from, from + AT_ONCE).map(shown)
          yield part.map((values) => values.map((value, at) => cellOf(value, kinds[at])))
          await pace()
        }
      }
    } finally {
      await batches.return(undefined)
    }
  }
  yield* workbookChunks({ headings, widths, formats: CODES, rows: rows() })
}

/** Of what is no figure: days stand as days in their own columns alone. A name may look like one. */
function kindOf({ name, kind }: Column, { catalogue }: Wording): 'day' | 'text' {
  const dimension = kind === 'dimension' ? catalogue.dimensions[name]?.kind : undefined
  return dimension === 'day' || dimension === 'month' ? 'day' : 'text'
}

function cellOf(value: Value, kind: Unit | 'day' | 'text' = 'text'): Cell {
  if (value === null || typeof value === 'boolean') return value
  if (kind !== 'day' && kind !== 'text' && Number.isFinite(Number(value)))
    return { number: Number(value), format: CODES.indexOf(FORMATS[kind]) }
  if (kind === 'day' && typeof value === 'string' && isSheetDay(value))
    return { number: new Date(`${value}T00:00:00Z`), format: FORMAT_OF_DAYS }
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Of each column, by what stands in it. */
async function widthsOf(rows: readonly (readonly Value[])[]): Promise<number[]> {
  const widths: number[] = []
  for (const row of rows) {
    for (const [at, value] of row.entries()) widths[at] = Math.max(widths[at] ?? WIDTH.least, widthOf(value) + 2)
    await pace()
  }
  return widths.map((width) => Math.min(WIDTH.most, width))
}

/** Chinese takes two places. */
function widthOf(value: Value): number {
  return stringWidth(typeof value === 'string' ? value : JSON.stringify(value))
}

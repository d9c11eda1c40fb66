import { unzipSync } from 'fflate'
import stringWidth from 'string-width'
import writeWorkbook, { type Cell, type Sheet } from 'write-excel-file/node'
import type { Unit } from '../../models/metrics/metric.ts'
import { isSheetDay, sheetText } from '../../models/metrics/sheet-cell.ts'
import { isFigure, type ReportCell, type ReportColumn, type ReportDocument, type ReportTable } from './document.ts'
import { packed } from './packed.ts'
import { sheetsOf } from './sheets.ts'

const WIDTH = { least: 9, most: 60 }
/** What no name of a sheet may have, and how long one may be. */
const FORBIDDEN = /[[\]:*?/\\]/g
const LONGEST = 31

/** A workbook with a sheet for each table, whose heading stays in sight; figures are numbers, days are days. The same document gives the same bytes. */
export async function workbookOf(document: ReportDocument): Promise<Uint8Array> {
  const names = new Set<string>()
  const sheets = sheetsOf(document).map((table) => sheetOf(table, nameFor(table.title, names), document))
  const written = await writeWorkbook(sheets as never, { fontFamily: 'Calibri', fontSize: 11 }).toBuffer()
  return packed(unzipSync(new Uint8Array(written)), document.published_at)
}

function sheetOf({ columns, rows }: ReportTable, sheet: string, document: ReportDocument): Sheet<never> {
  const formats = formatsFor(document)
  const head = columns.map((column) => ({
    value: column.words,
    type: String,
    fontWeight: 'bold' as const,
    wrap: true,
    ...(isFigure(column) ? { align: 'right' as const } : {}),
  }))
  const body = rows.map((cells) => cells.map((cell, at) => cellOf(cell, columns[at], formats)))
  return {
    sheet,
    data: [head, ...body],
    stickyRowsCount: 1,
    columns: columns.map((column, at) => ({ width: widthOf(column, rows.slice(0, 200).map((cells) => cells[at]?.text ?? '')) })), // prettier-ignore
  }
}

type Formats = Readonly<Record<Unit | 'day' | 'month', string>>

function formatsFor({ currency }: ReportDocument): Formats {
  const parts = new Intl.NumberFormat('en-US', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    .formatToParts(0)
    .find(({ type }) => type === 'currency')
  const money = `[$${parts?.value ?? currency}]#,##0.00`
  return {
    money: `${money};[Red]-${money}`,
    hours: '#,##0.0',
    days: '#,##0',
    count: '#,##0',
    share: '0.0%',
    rank: '0',
    number: '#,##0.00',
    day: 'yyyy-mm-dd',
    month: 'yyyy-mm',
  }
}

function cellOf({ value, text, unit }: ReportCell, column: ReportColumn | undefined, formats: Formats): Cell {
  const kind = unit ?? column?.kind ?? 'words'
  if (value === null) return null
  if (typeof value === 'number' && kind in formats) return { value, type: Number, format: formats[kind as Unit] }
  if ((kind === 'day' || kind === 'month') && typeof value === 'string' && isSheetDay(value))
    return { value: new Date(`${value}T00:00:00Z`), type: Date, format: formats[kind] }
  return { value: sheetText(text), type: String }
}

/** Chinese takes two places. */
function widthOf({ words }: ReportColumn, texts: readonly string[]): number {
  const widest = Math.max(stringWidth(words) * 1.1, ...texts.map((text) => stringWidth(text)))
  return Math.min(WIDTH.most, Math.max(WIDTH.least, Math.ceil(widest + 2)))
}

/** The title as far as it can be the name of a sheet, with a number where another has it already. */
function nameFor(title: string, taken: Set<string>): string {
  const plain = title.replace(FORBIDDEN, ' ').replace(/^'+|'+$/g, '').trim() || '–' // prettier-ignore
  for (let at = 1; ; at += 1) {
    const suffix = at === 1 ? '' : ` (${at})`
    const name = `${plain
      .slice(0, LONGEST - suffix.length)
      .toWellFormed()
      .trimEnd()}${suffix}`
    if (taken.has(name.toLowerCase())) continue
    taken.add(name.toLowerCase())
    return name
  }
}

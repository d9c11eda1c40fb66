import { sheetText } from '../../models/metrics/sheet-cell.ts'
import { zipped } from './zip.ts'

/** A cell of text, a truth, a figure or a day ('YYYY-MM-DD') in one of the formats, or nothing. */
export type Cell = string | boolean | null | { readonly number: number | Date; readonly format: number }

export interface Workbook {
  readonly headings: readonly string[]
  /** Of the columns, in characters. */
  readonly widths: readonly number[]
  /** Number formats that cells name by their place, from 0. */
  readonly formats: readonly string[]
  readonly rows: AsyncIterable<readonly (readonly Cell[])[]>
}

/** Rows of a sheet, the heading not counted. */
export const SHEET_ROWS = 1_048_575

/**
 * A workbook of one sheet with a heading that stays in sight, ECMA-376, written row by row. Text stands in the cells themselves: a
 * table of shared strings would have to be held until the end.
 */
export function workbookChunks(book: Workbook): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  return zipped([
    { name: '[Content_Types].xml', text: [TYPES] },
    { name: '_rels/.rels', text: [RELATIONS] },
    { name: 'xl/workbook.xml', text: [BOOK] },
    { name: 'xl/_rels/workbook.xml.rels', text: [BOOK_RELATIONS] },
    { name: 'xl/styles.xml', text: [styles(book.formats)] },
    { name: 'xl/worksheets/sheet1.xml', text: sheet(book) },
  ])
}

async function* sheet({ headings, widths, rows }: Workbook): AsyncGenerator<string> {
  const columns = widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>`
  yield `<row>${headings.map((text) => textCell(text, HEADING)).join('')}</row>`
  for await (const batch of rows) yield batch.map((cells) => `<row>${cells.map(cellXml).join('')}</row>`).join('')
  yield '</sheetData></worksheet>'
}

function cellXml(cell: Cell): string {
  if (cell === null) return '<c/>'
  if (typeof cell === 'string') return textCell(cell, PLAIN)
  if (typeof cell === 'boolean') return `<c t="b"><v>${cell ? 1 : 0}</v></c>`
  const { number, format } = cell
  return `<c s="${FIRST_FORMAT + format}"><v>${typeof number === 'number' ? number : serial(number)}</v></c>`
}

/** Text is a cell of text: whatever it begins with, no spreadsheet takes it for a formula. */
function textCell(text: string, style: number): string {
  return `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(sheetText(text))}</t></is></c>`
}

/** Days since that before 1900 which spreadsheets count from. */
function serial(day: Date): number {
  return day.getTime() / 86_400_000 + 25_569
}

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** What XML cannot hold is left out; what looks like the escape of a character is no escape. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>]/g, (mark) => MARKS[mark] ?? mark)
}

/** Styles of cells: plain, heading, then one for each number format. */
const PLAIN = 0
const HEADING = 1
const FIRST_FORMAT = 2
/** Numbers of formats below it belong to the standard. */
const OWN_FORMATS = 164

function styles(formats: readonly string[]): string {
  const own = formats.map((code, i) => `<numFmt numFmtId="${OWN_FORMATS + i}" formatCode="${escaped(code)}"/>`)
  const cells = formats.map((_, i) => `<xf numFmtId="${OWN_FORMATS + i}" applyNumberFormat="1"/>`)
  return `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="${own.length}">${own.join('')}</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${cells.length + FIRST_FORMAT}"><xf/><xf fontId="1" applyFont="1" applyAlignment="1"><alignment wrapText="1"/></xf>${cells.join('')}</cellXfs></styleSheet>`
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const FORMATS = 'http://schemas.openxmlformats.org'
const MAIN = `${FORMATS}/spreadsheetml/2006/main`
const OFFICE = `${FORMATS}/officeDocument/2006/relationships`
const PACKAGE = `${FORMATS}/package/2006`
const SHEETS = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const TYPES = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEETS}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEETS}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEETS}.styles+xml"/></Types>`
const RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`
const BOOK = `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Trueworth" sheetId="1" r:id="rId1"/></sheets></workbook>`
const BOOK_RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`

import { SSF, utils, type CellObject, type DenseWorkSheet, type Range, type WorkBook } from '@e965/xlsx'
import type { FileFormat } from '../../config/source.ts'

/** How the table of a sheet is found. */
export interface TableLayout extends Pick<FileFormat, 'sheet' | 'headerLine' | 'headerLines' | 'mergedCells'> {
  /** As of CSV: names stand in the sheet, or are these, or there are none. */
  readonly header: boolean | readonly string[]
  /** Words that mean nothing was entered: an error that is one of them is an empty cell. */
  readonly nulls: readonly string[]
}

export interface SheetTable {
  readonly sheet: string
  /** Names as they stand there; several lines joined. */
  readonly names: readonly string[]
  /** Line of the first name, from 1; 0 where there is none. */
  readonly headerLine: number
  readonly rows: readonly SheetRow[]
}

export interface SheetRow {
  readonly line: number
  readonly fields: readonly (string | null)[]
  /** The first cell that holds an error. */
  readonly error?: { readonly cell: string; readonly found: string }
}

/** The part of the library that knows formats of numbers; its own types leave it open. */
const formats = SSF as {
  is_date(format: string): boolean
  parse_date_code(serial: number, options: { date1904: boolean }): DateParts | null
}

interface DateParts {
  readonly y: number
  readonly m: number
  readonly d: number
  readonly H: number
  readonly M: number
  readonly S: number
}

type Grid = readonly (readonly (CellObject | undefined)[] | undefined)[]

/** Thrown where the workbook has no such sheet. */
export class NoSheetError extends Error {
  readonly sheets: readonly string[]

  constructor(sheets: readonly string[]) {
    super('no such sheet')
    this.sheets = sheets
  }
}

/** The table of one sheet: its names, and its rows as text, days and instants in ISO 8601. Rows without any value are left out. */
export function sheetTable(book: WorkBook, layout: TableLayout): SheetTable {
  const sheet = sheetOf(book, layout.sheet)
  const { '!data': cells = [], '!merges': merges = [] } = book.Sheets[sheet] as Partial<DenseWorkSheet>
  const date1904 = book.Workbook?.WBProps?.date1904 === true
  const grid = layout.mergedCells === 'repeat' ? spread(cells, merges) : cells
  const named = layout.header === true
  const first = named ? (layout.headerLine ?? likelyHeader(grid)) : (layout.headerLine ?? 1)
  const depth = named ? (layout.headerLines ?? 1) : 0
  const names = named ? namesOf(spread(cells, sideways(merges)), first, depth) : []
  const body = [...grid.entries()].filter(([index]) => index >= first - 1 + depth)
  const width = Math.max(names.length, typeof layout.header === 'object' ? layout.header.length : widthOf(body))
  const rows = body
    .map(([index, row]) => rowOf(row ?? [], { line: index + 1, width, date1904, nulls: layout.nulls }))
    .filter(({ fields, error }) => error !== undefined || fields.some((field) => field !== null))
  return { sheet, names, headerLine: named ? first : 0, rows }
}

function sheetOf(book: WorkBook, wanted: string | number | undefined): string {
  const names = book.SheetNames
  const visible = names.filter((_, index) => (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) === 0)
  const found =
    wanted === undefined
      ? (visible.find((name) => hasRows(book, name)) ?? visible[0])
      : typeof wanted === 'number'
        ? names[wanted - 1]
        : names.find((name) => name.trim() === wanted.trim())
  if (found === undefined) throw new NoSheetError(names)
  return found
}

function hasRows(book: WorkBook, name: string): boolean {
  const sheet: Partial<DenseWorkSheet> | undefined = book.Sheets[name]
  return (sheet?.['!data'] ?? []).some((row) => row?.some(isFilled))
}

function isFilled(cell: CellObject | undefined): boolean {
  return cell !== undefined && cell.t !== 'z' && String(cell.v ?? '').trim() !== ''
}

/** Merged ranges of which every cell has the value of the first. */
function spread(cells: Grid, merges: readonly Range[]): Grid {
  if (merges.length === 0) return cells
  const grid = Array.from(cells, (row) => [...(row ?? [])])
  for (const { s, e } of merges) {
    const value = grid[s.r]?.[s.c]
    for (let line = s.r; line <= e.r; line++) {
      const row = (grid[line] ??= [])
      for (let column = s.c; column <= e.c; column++) row[column] = value
    }
  }
  return grid
}

function sideways(merges: readonly Range[]): Range[] {
  return merges.filter(({ s, e }) => s.r === e.r)
}

/** The first line that has words in at least half as many cells as the widest of the first lines, and no number or day. */
function likelyHeader(grid: Grid): number {
  // A line without cells is a hole in the list, which most of its methods pass over.
  const top = Array.from(grid.slice(0, 50))
  const widest = Math.max(0, ...top.map((row) => (row ?? []).filter(isFilled).length))
  const place = top.findIndex((row) => {
    const filled = (row ?? []).filter(isFilled)
    return filled.length > 0 && filled.length >= widest / 2 && filled.every((cell) => cell?.t === 's')
  })
  return place < 0 ? 1 : place + 1
}

function namesOf(grid: Grid, first: number, depth: number): string[] {
  const lines = grid.slice(first - 1, first - 1 + depth)
  const width = Math.max(0, ...lines.map((row) => (row ?? []).findLastIndex(isFilled) + 1))
  return Array.from({ length: width }, (_, column) => {
    const words = lines.map((row) =>
      String(row?.[column]?.v ?? '')
        .trim()
        .replaceAll(/\s+/g, ' '),
    )
    return [...new Set(words)].filter((word) => word !== '').join(' ')
  })
}

function widthOf(body: readonly (readonly [number, Grid[number] | undefined])[]): number {
  return Math.max(0, ...body.map(([, row]) => (row ?? []).findLastIndex(isFilled) + 1))
}

function rowOf(
  row: readonly (CellObject | undefined)[],
  { line, width, date1904, nulls }: { line: number; width: number; date1904: boolean; nulls: readonly string[] },
): SheetRow {
  let error: SheetRow['error']
  const fields = Array.from({ length: width }, (_, column) => {
    const cell = row[column]
    if (cell?.t === 'e') {
      const found = cell.w ?? String(cell.v)
      if (!nulls.includes(found)) error ??= { cell: utils.encode_cell({ r: line - 1, c: column }), found }
      return null
    }
    return textOf(cell, date1904)
  })
  return { line, fields, ...(error !== undefined && { error }) }
}

/** All digits of a number, whatever it is shown as; a day or instant where the cell is formatted as one. */
function textOf(cell: CellObject | undefined, date1904: boolean): string | null {
  if (cell === undefined || !isFilled(cell)) return null
  if (cell.t === 'b') return cell.v === true ? 'true' : 'false'
  if (cell.t !== 'n' || typeof cell.v !== 'number') return String(cell.v)
  return formats.is_date(String(cell.z ?? '')) ? dateText(cell.v, date1904) : numberText(cell.v)
}

function numberText(number: number): string {
  const text = String(number)
  return text.includes('e') ? number.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 }) : text
}

function dateText(serial: number, date1904: boolean): string {
  const parts = formats.parse_date_code(serial, { date1904 })
  if (parts === null) return numberText(serial)
  const two = (number: number): string => String(number).padStart(2, '0')
  const time = `${two(parts.H)}:${two(parts.M)}:${two(parts.S)}`
  if (serial >= 0 && serial < 1) return time
  const day = `${String(parts.y).padStart(4, '0')}-${two(parts.m)}-${two(parts.d)}`
  return Number.isInteger(serial) ? day : `${day} ${time}`
}

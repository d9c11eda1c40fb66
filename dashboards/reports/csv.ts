import { isFigure, type ReportCell, type ReportColumn, type ReportTable } from './document.ts'

/**
 * A table for spreadsheets: RFC 4180, UTF-8 with a byte order mark, headings in words. Figures are plain numbers, days
 * 'YYYY-MM-DD'. Text that a spreadsheet would take for a formula gets a leading apostrophe (CWE-1236).
 */
export function csvOf({ columns, rows }: ReportTable): Uint8Array {
  const lines = [
    columns.map(({ words }) => quoted(words)),
    ...rows.map((cells) => cells.map((cell, at) => written(cell, columns[at]))),
  ]
  return new TextEncoder().encode(`\uFEFF${lines.map((line) => `${line.join(',')}\r\n`).join('')}`)
}

function written({ value, text }: ReportCell, column: ReportColumn | undefined): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const plain = column !== undefined && (isFigure(column) || column.kind === 'day' || column.kind === 'month')
  return quoted(plain ? String(value) : text)
}

function quoted(words: string): string {
  const text = /^-?\d+(\.\d+)?$/.test(words) ? words : words.replace(/^[=+\-@\t\r\n＝＋－＠]/, "'$&")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

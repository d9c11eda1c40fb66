import { html } from 'hono/html'
import type { Answer, Unit } from '../../models/metrics/metric.ts'
import type { Html } from '../page.ts'
import type { Speech } from '../words/speech.ts'

/** A column of a table as both server and browser draw it. */
export interface TableColumn {
  readonly name: string
  readonly title: string
  readonly kind: 'name' | 'words' | 'id' | 'flag' | 'figure'
  readonly unit?: Unit
  /** What a calendar day stands for. */
  readonly date?: 'day' | 'month'
  /** Where a value leads: the address without it, and the column that holds it. */
  readonly link?: { readonly href: string; readonly value: string }
  /** What a user reads for each value of a closed list. */
  readonly words?: Readonly<Record<string, string>>
}

type Row = Answer['rows'][number]
type Cell = Row[string] | undefined

/** The rows of a table's body. The first column names the row. */
export function tableRows(rows: readonly Row[], columns: readonly TableColumn[], speech: Speech): readonly Html[] {
  return rows.map(
    (row) =>
      html`<tr>
        ${columns.map((column) => cell(row, column, speech))}
      </tr>`,
  )
}

function cell(row: Row, column: TableColumn, speech: Speech): Html {
  const value = row[column.name]
  if (column.kind === 'name') return html`<th scope="row">${linked(row, column, speech)}</th>`
  if (column.kind === 'id') return html`<td>${linked(row, column, speech)}</td>`
  if (column.kind === 'words') return html`<td class="words">${linked(row, column, speech)}</td>`
  if (column.kind === 'flag') return flag(value, column, speech)
  const figure = value === null || value === undefined ? null : Number(value)
  // Money below zero is a loss; a rank drop below zero is a rise.
  const negative = column.unit === 'money' && figure !== null && figure < 0 ? ' negative' : ''
  return html`<td class="figure${negative}">${speech.figure(figure, column.unit ?? 'number')}</td>`
}

/** What a reader reads in a cell. */
export function cellText(row: Row, column: TableColumn, speech: Speech): string {
  const value = row[column.name]
  if (column.kind === 'flag') return speech.say(String(value) === 'true' ? 'yes' : 'no')
  if (column.kind !== 'figure') return words(value, column, speech)
  return speech.figure(value === null || value === undefined ? null : Number(value), column.unit ?? 'number')
}

function linked(row: Row, column: TableColumn, speech: Speech): Html | string {
  const text = words(row[column.name], column, speech)
  const id = column.link && row[column.link.value]
  return column.link === undefined || id === null || id === undefined
    ? text
    : html`<a href="${column.link.href}${encodeURIComponent(String(id))}">${text}</a>`
}

function words(value: Cell, column: TableColumn, speech: Speech): string {
  const text = value === null || value === undefined ? '–' : String(value)
  if (column.date !== undefined && /^\d{4}-\d\d-\d\d/.test(text)) return speech[column.date](text)
  return column.words?.[text] ?? text
}

function flag(value: Cell, column: TableColumn, speech: Speech): Html {
  return String(value) === 'true'
    ? html`<td><span class="badge" title="${column.title}">▼ ${speech.say('yes')}</span></td>`
    : html`<td class="quiet">${speech.say('no')}</td>`
}

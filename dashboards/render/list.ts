import { html } from 'hono/html'
import type { Html } from '../page.ts'
import type { View } from './view.ts'

export interface ListColumn<Row> {
  readonly title: string
  readonly cell: (row: Row) => Html | string
  readonly figure?: true
  /** Long text that may wrap. */
  readonly wide?: true
}

interface List<Row> {
  readonly name: string
  readonly title: string
  readonly about: string
  readonly rows: readonly Row[]
  readonly columns: readonly ListColumn<Row>[]
  /** Said where there are no rows. */
  readonly none: string
  /** Shut until opened. */
  readonly folded?: boolean
}

/** A card with a list of things as a table. */
export function listCard<Row>(list: List<Row>, { speech }: View): Html {
  const heading = `${list.name}-title`
  const content =
    list.rows.length === 0
      ? html`<p class="nothing">${list.none}</p>`
      : listTable(list, speech.say('table_scroll', { table: list.title }))
  return html`<section class="card table-card" id="${list.name}" aria-labelledby="${heading}">
    <h2 id="${heading}">${list.title}</h2>
    ${list.about === '' ? '' : html`<p>${list.about}</p>`}
    ${
      list.folded && list.rows.length > 0
        ? html`<details>
            <summary>${speech.say('list_show', { count: list.rows.length })}</summary>
            ${content}
          </details>`
        : content
    }
  </section>`
}

function listTable<Row>({ title, rows, columns: all }: List<Row>, label: string): Html {
  // A column of long text that says nothing in any row only takes room.
  const columns = all.filter((column) => !column.wide || rows.some((row) => column.cell(row) !== ''))
  const kind = (column: ListColumn<Row>) => (column.figure ? 'figure' : column.wide ? 'wide' : '')
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${label}">
    <table>
      <caption class="hidden">
        ${title}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col" class="${kind(column)}">${column.title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${columns.map((column) => html`<td class="${kind(column)}">${column.cell(row)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

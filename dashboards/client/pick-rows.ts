import type { View } from 'vega'
import type { ChartRow } from '../page.ts'
import { tableRows } from '../render/table-rows.ts'
import type { Speech } from '../words/speech.ts'
import type { PageData } from './page-data.ts'

/** The most rows listed at once; a table of a thousand rows helps nobody. */
const LISTED = 200

/** What a brush covers: for each field, the ends of the interval. */
type Picked = Readonly<Record<string, readonly number[]>>

/** Rows within every interval of the brush. */
export function rowsWithin(rows: readonly ChartRow[], picked: Picked): readonly ChartRow[] {
  const fields = Object.entries(picked)
  return rows.filter((row) =>
    fields.every(([field, ends]) => {
      const value = row[field]
      return (
        value !== null &&
        value !== undefined &&
        Number(value) >= Math.min(...ends) &&
        Number(value) <= Math.max(...ends)
      )
    }),
  )
}

/** Rows in the table's own order; those without the figure stand last. */
export function sortedRows(rows: readonly ChartRow[], order: string): readonly ChartRow[] {
  const name = order.replace(/^-/, '')
  const sign = order.startsWith('-') ? -1 : 1
  const figure = (row: ChartRow) =>
    row[name] === null || row[name] === undefined ? sign * Infinity : Number(row[name])
  return rows.toSorted((a, b) => (figure(a) === figure(b) ? 0 : sign * (figure(a) - figure(b))))
}

/** Shows in the table what is picked in a chart, and the table as it came when nothing is. */
export function tablePicker(page: PageData, speech: Speech) {
  const body = document.querySelector<HTMLElement>('[data-table] tbody')
  const shown = document.querySelector<HTMLElement>('[data-shown]')
  const pager = document.querySelector<HTMLElement>('[data-pager]')
  const before = { rows: body?.innerHTML ?? '', words: shown?.textContent ?? '' }

  const restore = () => {
    if (body) body.innerHTML = before.rows
    if (shown) shown.textContent = before.words
    pager?.removeAttribute('hidden')
  }
  const show = (rows: readonly ChartRow[], clear: () => void) => {
    const listed = sortedRows(rows, page.order).slice(0, LISTED)
    if (body) body.innerHTML = tableRows(listed, page.columns, speech).map(String).join('')
    shown?.replaceChildren(pickedWords(rows.length, speech), ' ', clearButton(clear, speech))
    pager?.setAttribute('hidden', '')
  }
  const listen = (view: View, rows: readonly ChartRow[]) => {
    let due = 0
    view.addSignalListener('picked', (_name, value: unknown) => {
      cancelAnimationFrame(due)
      due = requestAnimationFrame(() => {
        const picked = value as Picked
        if (Object.keys(picked).length === 0) restore()
        else show(rowsWithin(rows, picked), () => void clearBrush(view))
      })
    })
  }
  return { listen }
}

function pickedWords(count: number, speech: Speech): string {
  const values = { count: speech.figure(count, 'count'), shown: LISTED }
  return speech.say(count > LISTED ? 'table_picked_cut' : 'table_picked', values)
}

function clearButton(clear: () => void, speech: Speech): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'quiet-button'
  button.textContent = speech.say('table_clear')
  button.addEventListener('click', clear)
  return button
}

async function clearBrush(view: View): Promise<void> {
  view.signal('picked_tuple', null)
  view.data('picked_store', [])
  await view.runAsync()
}

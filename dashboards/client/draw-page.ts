import { drawCharts } from './draw-charts.ts'
import type { PageData } from './page-data.ts'

let current: AbortController | undefined
let last: Promise<void> = Promise.resolve()

/** Draws the charts of the page as it is now, in place of those of before, one page after the other. */
export function drawPage(): Promise<void> {
  current?.abort()
  const { signal } = (current = new AbortController())
  last = last.then(async () => {
    const block = document.querySelector('#page-data')
    if (!signal.aborted && block?.textContent) await drawCharts(JSON.parse(block.textContent) as PageData, signal)
  })
  return last
}

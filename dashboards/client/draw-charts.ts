import embed, { type Result } from 'vega-embed'
import { expressionInterpreter } from 'vega-interpreter'
import type { ChartRow } from '../page.ts'
import { createSpeech, type Speech } from '../words/speech.ts'
import type { ChartData, PageData } from './page-data.ts'
import { tablePicker } from './pick-rows.ts'

/** Draws every chart of the page, and again when the theme of the system changes, until `signal` says it is another page. */
export async function drawCharts(page: PageData, signal: AbortSignal): Promise<void> {
  const speech = createSpeech(page.manner)
  const system = matchMedia('(prefers-color-scheme: dark)')
  const picker = tablePicker(page, speech)
  const drawn = new Map<string, Result>()
  const drawAll = async () => {
    for (const place of document.querySelectorAll<HTMLElement>('[data-chart]')) {
      const name = place.dataset['chart'] ?? ''
      const chart = page.charts[name]
      if (chart === undefined || signal.aborted) continue
      drawn.get(name)?.finalize()
      const result = await draw(place, chart, { speech, dark: isDark(system) })
      if (result === undefined) continue
      drawn.set(name, result)
      if (chart.picks) picker.listen(result.view, chart.rows)
    }
  }
  signal.addEventListener('abort', () => drawn.forEach((result) => result.finalize()))
  await drawAll()
  system.addEventListener('change', () => void drawAll(), { signal })
}

function isDark(system: MediaQueryList): boolean {
  const theme = document.documentElement.dataset['theme']
  return theme === 'dark' || (theme !== 'light' && system.matches)
}

async function draw(
  place: HTMLElement,
  chart: ChartData,
  { speech, dark }: { speech: Speech; dark: boolean },
): Promise<Result | undefined> {
  const spec = {
    ...chart.specs[dark ? 'dark' : 'light'],
    datasets: { rows: chart.rows.map((row) => withTexts(row, chart, speech)) },
  }
  const name = place.getAttribute('aria-label') ?? ''
  try {
    const result = await embed(place, spec, {
      actions: false,
      ast: true,
      expr: expressionInterpreter,
      renderer: 'svg',
      defaultStyle: false,
      tooltip: { disableDefaultStyle: true, theme: 'page' },
    })
    // The place itself is the picture and keeps its name, over which Vega writes; its hundreds of marks would be nameless ones.
    place.setAttribute('role', 'img')
    place.setAttribute('aria-label', name)
    place.removeAttribute('aria-roledescription')
    place.querySelector('svg')?.setAttribute('aria-hidden', 'true')
    place.dataset['drawn'] = 'true'
    return result
  } catch (error) {
    place.replaceChildren(
      Object.assign(document.createElement('p'), { className: 'nothing', textContent: speech.say('chart_failed') }),
    )
    console.error(error)
    return undefined
  }
}

/** Figures as a reader sees them, for tooltips. */
function withTexts(row: ChartRow, { texts }: ChartData, speech: Speech): ChartRow {
  const written = texts.map(({ name, unit }): [string, string] => {
    const value = row[name]
    return [`${name}_text`, speech.figure(value === null || value === undefined ? null : Number(value), unit)]
  })
  return { ...row, ...Object.fromEntries(written) }
}

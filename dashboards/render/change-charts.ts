import { html } from 'hono/html'
import type { Change } from '../../models/metrics/change.ts'
import { componentRows, drawComponents } from '../charts/change-components.ts'
import { drawWaterfall, spanWords, waterfallRows } from '../charts/change-waterfall.ts'
import { palettes } from '../charts/palette.ts'
import type { PageData } from '../client/page-data.ts'
import type { Html } from '../page.ts'
import type { WordKey } from '../words/en.ts'
import type { View } from './view.ts'

const texts = [{ name: 'amount', unit: 'money' }] as const

/** The pictures of a change; the table of its parts below has the same figures. */
export function changeCharts(change: Change, view: View): Html {
  return html`<div class="charts">
    ${figure('change-waterfall', 'chart_change_title', 'chart_change_about', view)}
    ${change.components.length < 2 ? '' : figure('change-components', 'chart_change_parts_title', 'chart_change_parts_about', view)}
  </div>`
}

function figure(name: string, title: WordKey, about: WordKey, { speech }: View): Html {
  return html`<figure class="card chart" aria-labelledby="${name}-title">
    <figcaption>
      <h2 id="${name}-title">${speech.say(title)}</h2>
      <p>${speech.say(about)}</p>
    </figcaption>
    <div class="drawing" data-chart="${name}" role="img" aria-label="${speech.say(title)}">
      <p class="nothing">${speech.say('chart_wait')}</p>
    </div>
  </figure>`
}

export function changeData(change: Change, { speech }: View): PageData {
  const { language, currency, timeZone } = speech
  const names = { before: spanWords(change.from, speech), now: spanWords(change.to, speech), speech }
  return {
    manner: { language, currency, timeZone },
    charts: {
      'change-waterfall': {
        rows: waterfallRows(change, names),
        texts,
        specs: { light: drawWaterfall(speech, palettes.light), dark: drawWaterfall(speech, palettes.dark) },
        picks: false,
      },
      'change-components': {
        rows: componentRows(change, speech),
        texts,
        specs: {
          light: drawComponents(change, speech, palettes.light),
          dark: drawComponents(change, speech, palettes.dark),
        },
        picks: false,
      },
    },
    columns: [],
    order: '',
  }
}

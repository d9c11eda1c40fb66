import { html, raw } from 'hono/html'
import type { Answers } from '../answers.ts'
import { dimensionWords, metricWords, unitOf } from '../charts/rows.ts'
import { palettes } from '../charts/palette.ts'
import type { ChartBlock, ChartRow, Html } from '../page.ts'
import { coverageWords, isThin } from './coverage.ts'
import { tableRows, type TableColumn } from './table-rows.ts'
import type { View } from './view.ts'

/** A chart as the browser part receives it: its rows once, its spec for each theme. */
export function chartData(block: ChartBlock, answers: Answers, { speech }: View) {
  return {
    rows: block.chart.rows(answers.answerOf(block), speech),
    texts: block.asking.metrics.map((name) => ({ name, unit: unitOf(name) })),
    specs: { light: block.chart.draw(speech, palettes.light), dark: block.chart.draw(speech, palettes.dark) },
    picks: block.picks ?? false,
  }
}

/** The place where a chart is drawn, with the same figures as a table for who cannot see it. */
export function chartFigure(block: ChartBlock, answers: Answers, view: View): Html {
  const { speech } = view
  const { chart } = block
  const answer = answers.answerOf(block)
  const picture = view.drawings?.get(chart.name)
  const cut = answer.total > answer.rows.length
  const thin = block.asking.metrics.filter((metric) => isThin(metric, answer, view))
  return html`<figure class="card chart${block.large ? ' large' : ''}" aria-labelledby="${chart.name}-title">
    <figcaption>
      <h2 id="${chart.name}-title">${speech.say(chart.title)}</h2>
      <p>${speech.say(chart.about)}</p>
      ${cut && block.picks ? html`<p>${speech.say('chart_value_cut', { shown: answer.rows.length, total: answer.total })}</p>` : ''}
      ${thin.map((metric) => html`<p class="thin-note">${speech.say('coverage_below', { coverage: coverageWords(metric, answer, speech) ?? '' })}</p>`)}
    </figcaption>
    ${
      answer.rows.length === 0
        ? html`<p class="nothing">${speech.say('chart_no_rows')}</p>`
        : html`<div class="drawing" data-chart="${chart.name}" role="img" aria-label="${speech.say(chart.title)}">
              ${picture === undefined ? html`<p class="nothing">${speech.say('chart_wait')}</p>` : raw(picture)}
            </div>
            ${block.picks ? '' : figuresBelow(block, chart.rows(answer, speech), view)}`
    }
  </figure>`
}

function figuresBelow(block: ChartBlock, rows: readonly ChartRow[], { speech }: View): Html {
  const [by = ''] = block.asking.by
  const columns: readonly TableColumn[] = [
    { name: 'label', title: dimensionWords(by, speech), kind: 'name' },
    ...block.asking.metrics.map((name) => ({
      name,
      title: metricWords(name, speech),
      kind: 'figure' as const,
      unit: unitOf(name),
    })),
  ]
  return html`<details>
    <summary>${speech.say('chart_as_table')}</summary>
    <table>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col" class="${column.kind}">${column.title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${tableRows(rows, columns, speech)}
      </tbody>
    </table>
  </details>`
}

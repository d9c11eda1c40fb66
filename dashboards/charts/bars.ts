import type { TopLevelSpec } from 'vega-lite'
import type { Speech } from '../words/speech.ts'
import { chartConfig, shortNumbers } from './axes.ts'
import type { Palette } from './palette.ts'
import { metricWords, unitOf } from './rows.ts'

/** One bar a row by its label, each with its figure at its end; `marked` rows stand out. */
export function bars(metric: string, speech: Speech, palette: Palette): TopLevelSpec {
  const labels = unitOf(metric) === 'share' ? { format: '.0%' } : { labelExpr: shortNumbers(speech) }
  const figure = (field: string) => ({
    field,
    type: 'quantitative' as const,
    title: null,
    axis: { tickCount: 4, ...labels, domain: false, ticks: false },
  })
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 'container',
    height: { step: 26 },
    padding: { left: 3, right: 64, top: 0, bottom: 4 },
    data: { name: 'rows' },
    config: chartConfig(palette),
    // Below zero the figure stands right of the line, never on its bar.
    transform: [{ calculate: `max(datum['${metric}'], 0)`, as: 'end' }],
    encoding: {
      y: {
        field: 'label',
        type: 'ordinal',
        sort: null,
        title: null,
        axis: { domain: false, ticks: false, labelLimit: 220 },
      },
      tooltip: [
        { field: 'label', type: 'nominal', title: ' ' },
        { field: `${metric}_text`, type: 'nominal', title: metricWords(metric, speech) },
      ],
    },
    layer: [
      {
        mark: { type: 'bar', height: 15, cornerRadiusEnd: 2 },
        encoding: {
          x: figure(metric),
          color: { condition: { test: 'datum.marked', value: palette.groups.eats }, value: palette.accent },
        },
      },
      {
        mark: { type: 'text', align: 'left', dx: 4, color: palette.text, fontSize: 11.5 },
        encoding: { x: figure('end'), text: { field: 'short', type: 'nominal' } },
      },
    ],
  }
}

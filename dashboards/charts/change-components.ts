import type { TopLevelSpec } from 'vega-lite'
import { changeComponents, EFFECTS, type Change } from '../../models/metrics/change.ts'
import type { ChartRow } from '../page.ts'
import type { Speech } from '../words/speech.ts'
import { amountAxis, chartConfig } from './axes.ts'
import { shownEffects } from './change-waterfall.ts'
import type { Palette } from './palette.ts'

/** What each part of the figure adds to the change, by cause. */
export function componentRows(change: Change, speech: Speech): readonly ChartRow[] {
  return change.components.flatMap((each) =>
    shownEffects(change).map((name) => ({
      component: speech.pick(changeComponents[each.component]),
      cause: speech.say(`effect_${name}`),
      place: EFFECTS.indexOf(name),
      amount: each[name],
    })),
  )
}

export function drawComponents(change: Change, speech: Speech, palette: Palette): TopLevelSpec {
  const shown = shownEffects(change)
  // The last colour but one of the flows is grey: what nobody did.
  const colours = EFFECTS.map((_, at) => palette.flows[[0, 2, 3, 5, 4][at] ?? 0] ?? palette.accent)
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 'container',
    height: { step: 24 },
    padding: { left: 3, right: 12, top: 0, bottom: 4 },
    data: { name: 'rows' },
    config: chartConfig(palette),
    mark: { type: 'bar', height: 15, stroke: palette.surface, strokeWidth: 1 },
    encoding: {
      y: {
        field: 'component',
        type: 'nominal',
        sort: null,
        title: null,
        axis: { domain: false, ticks: false, labelLimit: 200 },
      },
      x: {
        field: 'amount',
        type: 'quantitative',
        title: null,
        axis: amountAxis(speech),
      },
      order: { field: 'place', type: 'quantitative' },
      color: {
        field: 'cause',
        type: 'nominal',
        scale: {
          domain: shown.map((name) => speech.say(`effect_${name}`)),
          range: shown.map((name) => colours[EFFECTS.indexOf(name)] ?? palette.accent),
        },
        legend: { orient: 'top', title: null, columns: 2 },
      },
      tooltip: [
        { field: 'component', type: 'nominal', title: speech.say('changes_part') },
        { field: 'cause', type: 'nominal', title: speech.say('changes_cause_title') },
        { field: 'amount_text', type: 'nominal', title: speech.say('chart_change_amount') },
      ],
    },
  }
}

import type { TopLevelSpec } from 'vega-lite'
import { EFFECTS, type Change, type ChangePeriod, type Effect } from '../../models/metrics/change.ts'
import type { ChartRow } from '../page.ts'
import type { Speech } from '../words/speech.ts'
import { amountAxis, chartConfig } from './axes.ts'
import type { Palette } from './palette.ts'

/** The causes that say something: rule and late records only where there are any. */
export function shownEffects(change: Change): readonly Effect[] {
  return EFFECTS.filter((name) => (name !== 'rule' && name !== 'late') || hasAny(change, name))
}

function hasAny({ components, ...whole }: Change, name: Effect): boolean {
  return (
    whole[name] !== 0 || components.some((each) => each[name] !== 0) || (name === 'late' && whole.grace_days !== null)
  )
}

/** Two totals and the steps between them: each step begins where the one before ends. */
export function waterfallRows(
  change: Change,
  { before, now, speech }: { before: string; now: string; speech: Speech },
): readonly ChartRow[] {
  let end = change.was
  const steps = shownEffects(change).map((name) => {
    const start = end
    end = Math.round((end + change[name]) * 100) / 100
    const sign = change[name] > 0 ? '▲ ' : change[name] < 0 ? '▼ ' : ''
    const text = `${sign}${speech.glance(Math.abs(change[name]), 'money')}`
    return {
      label: speech.say(`effect_${name}`),
      kind: change[name] < 0 ? 'less' : 'more',
      start,
      end,
      top: Math.max(start, end),
      amount: change[name],
      text,
    }
  })
  const total = (label: string, amount: number): ChartRow => ({
    label,
    kind: 'total',
    start: 0,
    end: amount,
    top: Math.max(0, amount),
    amount,
    text: speech.glance(amount, 'money'),
  })
  return [total(before, change.was), ...steps, total(now, change.is)]
}

export function drawWaterfall(speech: Speech, palette: Palette): TopLevelSpec {
  const axis = amountAxis(speech)
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 'container',
    height: 260,
    padding: { left: 3, right: 8, top: 12, bottom: 4 },
    data: { name: 'rows' },
    config: chartConfig(palette),
    encoding: {
      x: {
        field: 'label',
        type: 'ordinal',
        sort: null,
        title: null,
        axis: { labelAngle: 0, labelLimit: 170, ticks: false, domain: false },
      },
    },
    layer: [
      {
        mark: { type: 'bar', cornerRadius: 2, size: 54 },
        encoding: {
          y: { field: 'start', type: 'quantitative', title: null, axis },
          y2: { field: 'end' },
          color: {
            field: 'kind',
            type: 'nominal',
            scale: {
              domain: ['total', 'more', 'less'],
              range: [palette.groups.regular, palette.accent, palette.groups.eats],
            },
            legend: null,
          },
          tooltip: [
            { field: 'label', type: 'nominal', title: speech.say('chart_change_step') },
            { field: 'amount_text', type: 'nominal', title: speech.say('chart_change_amount') },
          ],
        },
      },
      {
        mark: { type: 'text', dy: -8, fontSize: 12.5, color: palette.text },
        encoding: { y: { field: 'top', type: 'quantitative' }, text: { field: 'text', type: 'nominal' } },
      },
    ],
  }
}

/** The months of a period in words. */
export function spanWords({ first, last }: ChangePeriod, speech: Speech): string {
  if (first === last) return speech.month(first)
  return speech.say('changes_span', { first: speech.month(first), last: speech.month(last) })
}

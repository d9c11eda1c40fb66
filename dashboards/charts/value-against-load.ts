import type { TopLevelSpec } from 'vega-lite'
import type { Answer } from '../../models/metrics/metric.ts'
import type { ChartDefinition, ChartRow } from '../page.ts'
import type { Speech } from '../words/speech.ts'
import { bigCustomers, costliest } from './big-customers.ts'
import { chartConfig, shortNumbers } from './axes.ts'
import type { Palette } from './palette.ts'
import { dimensionWords, figureOf, labelColumn, metricWords, valueWords, type AnswerRow } from './rows.ts'

/** How many of the big customers below the line are named in the chart. */
const NAMED = 4
/** Share of the chart's height that a name takes. */
const NAME_HEIGHT = 0.06

/** What each customer leaves against the hours it takes; who eats service stands out by colour and shape. */
export const valueAgainstLoad: ChartDefinition = {
  name: 'value-against-load',
  title: 'chart_value_title',
  about: 'chart_value_about',
  rows: points,
  draw: (speech, palette) => ({
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 'container',
    height: 400,
    padding: { left: 3, right: 12, top: 4, bottom: 4 },
    data: { name: 'rows' },
    config: chartConfig(palette),
    // Names lie under the marks: no customer is hidden behind the name of another.
    layer: [zeroLine(palette), ...names(palette), marks(speech, palette)],
    encoding: {
      x: {
        field: 'service_hours',
        type: 'quantitative',
        title: metricWords('service_hours', speech),
        scale: { type: 'sqrt', nice: true, zero: true },
        axis: { labelExpr: shortNumbers(speech), tickCount: 6, grid: false },
      },
      y: {
        field: 'profit',
        type: 'quantitative',
        title: `${metricWords('profit', speech)} (${speech.currency})`,
        scale: { type: 'sqrt', nice: true },
        axis: { labelExpr: shortNumbers(speech), tickCount: 8 },
      },
    },
  }),
}

function points(answer: Answer, speech: Speech): readonly ChartRow[] {
  const label = labelColumn(answer, 'customer')
  const named = apart(costliest(bigCustomers(answer)), answer.rows)
  return answer.rows.map((row) => ({
    ...row,
    group: groupOf(row, speech),
    name: String(row[label] ?? ''),
    tag: named.has(row) ? String(row[label] ?? '') : '',
  }))
}

/** The first few whose names do not cover each other, by where the scale puts them. */
function apart(costly: readonly AnswerRow[], all: readonly AnswerRow[]): ReadonlySet<AnswerRow> {
  const height = (row: AnswerRow) => {
    const profit = figureOf(row, 'profit') ?? 0
    return Math.sign(profit) * Math.sqrt(Math.abs(profit))
  }
  const heights = all.map(height)
  const span = Math.max(...heights, 0) - Math.min(...heights, 0)
  const named: AnswerRow[] = []
  for (const row of costly) {
    const free = named.every((other) => Math.abs(height(other) - height(row)) >= span * NAME_HEIGHT)
    if (free && named.length < NAMED) named.push(row)
  }
  return new Set(named)
}

function groupOf(row: AnswerRow, speech: Speech): string {
  if (row['eats_service'] === true || row['eats_service'] === 'true') return speech.say('group_eats_service')
  return groupName(String(row['crm_class'] ?? 'unknown'), speech)
}

const groupName = (value: string, speech: Speech): string =>
  value === 'unknown' ? speech.say('group_unclassed') : valueWords('crm_class', value, speech)

type Layer = Extract<TopLevelSpec, { layer: unknown }>['layer'][number]

function marks(speech: Speech, { groups, surface, muted }: Palette): Layer {
  const classes = ['VIP', 'key', 'regular', 'unknown'].map((value) => groupName(value, speech))
  const domain = [speech.say('group_eats_service'), ...classes]
  const money = (field: string, title: string) => ({ field: `${field}_text`, type: 'nominal' as const, title })
  return {
    params: [
      {
        name: 'picked',
        select: { type: 'interval', encodings: ['x', 'y'], mark: { stroke: muted, strokeOpacity: 1 } },
      },
    ],
    mark: { type: 'point', filled: true, opacity: 0.85, stroke: surface, strokeWidth: 0.6 },
    encoding: {
      color: {
        condition: {
          param: 'picked',
          field: 'group',
          type: 'nominal',
          scale: { domain, range: [groups.eats, groups.vip, groups.key, groups.regular, groups.regular] },
          legend: { orient: 'top', title: null, direction: 'horizontal', columns: { expr: 'width < 420 ? 3 : 5' } },
        },
        value: groups.regular,
      },
      shape: {
        field: 'group',
        type: 'nominal',
        scale: { domain, range: ['triangle-down', 'diamond', 'square', 'circle', 'cross'] },
      },
      size: { condition: { test: `datum.group === '${domain[0]}'`, value: 140 }, value: 70 },
      opacity: { condition: { param: 'picked', value: 0.88 }, value: 0.18 },
      order: { condition: { test: `datum.group === '${domain[0]}'`, value: 1 }, value: 0 },
      tooltip: [
        { field: 'name', type: 'nominal', title: speech.say('table_name') },
        { field: 'group', type: 'nominal', title: dimensionWords('crm_class', speech) },
        money('profit', metricWords('profit', speech)),
        money('service_hours', metricWords('service_hours', speech)),
        money('revenue', metricWords('revenue', speech)),
        money('rank_drop', metricWords('rank_drop', speech)),
      ],
    },
  }
}

function zeroLine({ text }: Palette): Layer {
  return {
    data: { values: [{ zero: 0 }] },
    mark: { type: 'rule', color: text, strokeWidth: 1.4 },
    encoding: { x: { value: 0 }, x2: { value: 'width' }, y: { field: 'zero', type: 'quantitative' } },
  }
}

/** Names stand on the side of their mark that has more room, each on a halo that keeps it legible. */
function names({ text, surface }: Palette): readonly Layer[] {
  const left = "scale('x', datum.service_hours) < width / 2"
  const mark = {
    type: 'text' as const,
    align: { expr: `${left} ? 'left' : 'right'` },
    dx: { expr: `${left} ? 10 : -10` },
    fontSize: 12,
    fontWeight: 600 as const,
  }
  const encoding = { text: { field: 'tag' } }
  return [
    { mark: { ...mark, color: surface, stroke: surface, strokeWidth: 4, strokeJoin: 'round' }, encoding },
    { mark: { ...mark, color: text }, encoding },
  ]
}

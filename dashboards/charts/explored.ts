import type { TopLevelSpec } from 'vega-lite'
import type { Answer } from '../../models/metrics/metric.ts'
import type { Pictured } from '../explore/answer.ts'
import type { ChartRow } from '../page.ts'
import type { Speech } from '../words/speech.ts'
import { amountAxis, chartConfig, monthsAcross, shortNumbers } from './axes.ts'
import { bars } from './bars.ts'
import type { Palette } from './palette.ts'
import { dimensions } from '../../models/metrics/catalogue.ts'
import { grainOf, spanAfter, spanWords } from './spans.ts'
import { dimensionWords, figureOf, labelColumn, metricWords, unitOf, valueWords, type AnswerRow } from './rows.ts'

/** A picture of one figure, or of two against each other. */
export interface Drawing {
  readonly metric: string
  readonly title: string
  /** Figures that a tooltip shows. */
  readonly metrics: readonly string[]
  readonly rows: readonly ChartRow[]
  readonly draw: (palette: Palette) => TopLevelSpec
}

/** No page draws more figures. */
const MOST_DRAWINGS = 4
const MOST_BARS = 30
/** Of each figure, where there are several. */
const FEW_BARS = 12

export function drawingsOf(pictured: Pictured, asked: readonly string[], speech: Speech): readonly Drawing[] {
  const { answer, show } = pictured
  const metrics = answer.columns.filter(({ kind }) => kind === 'metric').map(({ name }) => name)
  if (show === 'scatter') return [scatter(answer, asked, speech)]
  const draw = show === 'bar' ? bar : show === 'line' ? lines : stacks
  return metrics.slice(0, MOST_DRAWINGS).map((metric) => draw(metric, pictured, speech))
}

/** What a reader reads for the value of a dimension in a row. */
export function wordsIn(row: AnswerRow, name: string, answer: Answer, speech: Speech): string {
  const value = row[name]
  if (value === null || value === undefined)
    return dimensions[name]?.values?.['unknown'] === undefined
      ? speech.say('explore_not_known')
      : valueWords(name, 'unknown', speech)
  const grain = grainOf(name, answer)
  if (grain !== undefined) return spanWords(String(value), grain, speech)
  if (dimensions[name]?.kind === 'flag') return speech.say(String(value) === 'true' ? 'yes' : 'no')
  const label = labelColumn(answer, name)
  return label !== name && row[label] ? String(row[label]) : valueWords(name, value, speech)
}

const keyOf = (row: AnswerRow, name: string): string => String(row[name])

/** Names that stand for several rows get a number, so that no bar is laid upon another. */
function unlike(labels: readonly string[]): readonly string[] {
  const seen = new Map<string, number>()
  return labels.map((label) => {
    const count = (seen.get(label) ?? 0) + 1
    seen.set(label, count)
    return count === 1 ? label : `${label} (${count})`
  })
}

function bar(metric: string, { answer }: Pictured, speech: Speech): Drawing {
  const isAlone = answer.columns.filter(({ kind }) => kind === 'metric').length === 1
  const by = answer.columns.filter(({ kind }) => kind === 'dimension').map(({ name }) => name)
  const rows = answer.rows.slice(0, isAlone ? MOST_BARS : FEW_BARS)
  const labels = unlike(rows.map((row) => by.map((name) => wordsIn(row, name, answer, speech)).join(' · ')))
  return {
    metric,
    title: metricWords(metric, speech),
    metrics: [metric],
    rows: rows.map((row, at) => {
      const figure = figureOf(row, metric)
      const short = speech.glance(figure, unitOf(metric))
      return { label: labels[at] ?? '', [metric]: figure, short, marked: (figure ?? 0) < 0 }
    }),
    draw: (palette) => bars(metric, speech, palette),
  }
}

/** Each place along the axis with its words: times as they run, spans without a row too; else the largest first. */
function placesOf(
  metric: string,
  { answer, along = '', whole }: Pictured,
  speech: Speech,
): ReadonlyMap<string, string> {
  const named = new Map(answer.rows.map((row) => [keyOf(row, along), wordsIn(row, along, answer, speech)]))
  const grain = grainOf(along, answer)
  if (grain === 'day') return named
  if (grain === undefined) {
    const sums = Map.groupBy((whole ?? answer).rows, (row) => keyOf(row, along))
    const sum = (key: string): number =>
      (sums.get(key) ?? []).reduce((total, row) => total + (figureOf(row, metric) ?? 0), 0)
    return new Map([...named].toSorted(([one], [other]) => sum(other) - sum(one)))
  }
  const days = [...named.keys()].filter((value) => /^\d{4}-\d\d/.test(value)).toSorted()
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return named
  const places = new Map<string, string>()
  for (let day = first.slice(0, 10); day <= last; day = spanAfter(day, grain)) {
    const words = spanWords(day, grain, speech)
    const runs = spanAfter(day, grain) > dayAfter(answer.evidence.as_of)
    places.set(day, runs ? speech.say('chart_month_so_far', { month: words }) : words)
  }
  return places
}

function dayAfter(day: string): string {
  return spanAfter(day, 'day')
}

/** A row for every place and series, so that a line breaks where there is no figure. */
function cells(metric: string, pictured: Pictured, speech: Speech): { rows: ChartRow[]; names: readonly string[] } {
  const { answer, along = '', series = '', leaders, whole } = pictured
  const places = placesOf(metric, pictured, speech)
  const named = leaders?.rows.map((row) => wordsIn(row, series, leaders, speech)) ?? ['']
  // The same in every picture of the page, so that a series keeps its colour.
  const ordered = leaders?.rows.map((row) => keyOf(row, series)) ?? ['']
  const names = unlike(named)
  const found = new Map(
    answer.rows.map((row) => [
      JSON.stringify([keyOf(row, along), leaders === undefined ? '' : keyOf(row, series)]),
      figureOf(row, metric),
    ]),
  )
  const figureAt = (place: string, key: string): number | null => found.get(JSON.stringify([place, key])) ?? null
  const rows = [...places].flatMap(([place, label]) =>
    ordered.map((key, at) => ({ label, series: names[at] ?? '', place: at, [metric]: figureAt(place, key) })),
  )
  if (whole === undefined) return { rows, names }
  const others = speech.say('explore_others')
  const rest = whole.rows.map((row) => {
    const place = keyOf(row, along)
    const shown = ordered.reduce((sum, key) => sum + (figureAt(place, key) ?? 0), 0)
    const figure = Math.round(100 * ((figureOf(row, metric) ?? 0) - shown)) / 100
    return { label: places.get(place) ?? '', series: others, place: names.length, [metric]: figure }
  })
  return { rows: [...rows, ...rest], names: [...names, others] }
}

const base = (speech: Speech, palette: Palette, metric: string) => ({
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json' as const,
  width: 'container' as const,
  padding: { left: 3, right: 8, top: 4, bottom: 4 },
  data: { name: 'rows' },
  config: chartConfig(palette),
  amounts: {
    field: metric,
    type: 'quantitative' as const,
    title: null,
    axis:
      unitOf(metric) === 'share' ? { tickCount: 5, format: '.0%', domain: false, ticks: false } : amountAxis(speech),
  },
})

const tooltip = (metric: string, { along = '', series }: Pictured, speech: Speech) => [
  { field: 'label', type: 'nominal' as const, title: dimensionWords(along, speech) },
  ...(series === undefined
    ? []
    : [{ field: 'series', type: 'nominal' as const, title: dimensionWords(series, speech) }]),
  { field: `${metric}_text`, type: 'nominal' as const, title: metricWords(metric, speech) },
]

const colours = (names: readonly string[], { series }: Palette) => ({
  field: 'series',
  type: 'nominal' as const,
  scale: { domain: [...names], range: [...series] },
  legend: names.length < 2 ? null : { orient: 'top' as const, title: null, columns: 3, labelLimit: 180 },
})

/** Lines differ by dashes as well as by colour. */
const DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 1], [1, 3]] // prettier-ignore

function lines(metric: string, pictured: Pictured, speech: Speech): Drawing {
  const { rows, names } = cells(metric, pictured, speech)
  return {
    metric,
    title: metricWords(metric, speech),
    metrics: [metric],
    rows,
    draw: (palette) => {
      const { amounts, ...spec } = base(speech, palette, metric)
      return {
        ...spec,
        height: 260,
        mark: { type: 'line', point: { filled: true, size: 32 } },
        encoding: {
          x: monthsAcross,
          y: amounts,
          color: colours(names, palette),
          strokeDash: {
            field: 'series',
            type: 'nominal',
            scale: { domain: [...names], range: DASHES },
            legend: colours(names, palette).legend,
          },
          tooltip: tooltip(metric, pictured, speech),
        },
      }
    },
  }
}

function stacks(metric: string, pictured: Pictured, speech: Speech): Drawing {
  const { rows, names } = cells(metric, pictured, speech)
  const isTime = ['month', 'day'].includes(dimensions[pictured.along ?? '']?.kind ?? '')
  return {
    metric,
    title: metricWords(metric, speech),
    metrics: [metric],
    rows,
    draw: (palette) => {
      const { amounts, ...spec } = base(speech, palette, metric)
      const down = { domain: false, ticks: false, labelLimit: 180 }
      const labels = { field: 'label', type: 'ordinal' as const, sort: null, title: null, axis: down }
      return {
        ...spec,
        height: isTime ? 260 : { step: 26 },
        mark: { type: 'bar', stroke: palette.surface, strokeWidth: 1, ...(isTime ? {} : { height: 17 }) },
        encoding: {
          ...(isTime ? { x: monthsAcross, y: amounts } : { x: amounts, y: labels }),
          color: colours(names, palette),
          order: { field: 'place', type: 'quantitative' },
          tooltip: tooltip(metric, pictured, speech),
        },
      }
    },
  }
}

/** The first two figures against each other: a mark for each row. */
function scatter(answer: Answer, metrics: readonly string[], speech: Speech): Drawing {
  const [across = '', up = ''] = metrics
  const by = answer.columns.filter(({ kind }) => kind === 'dimension').map(({ name }) => name)
  const axis = (metric: string) => ({
    field: metric,
    type: 'quantitative' as const,
    title: metricWords(metric, speech),
    axis: {
      tickCount: 6,
      ...(unitOf(metric) === 'share' ? { format: '.0%' } : { labelExpr: shortNumbers(speech) }),
    },
  })
  return {
    metric: across,
    title: speech.say('explore_against', { one: metricWords(up, speech), other: metricWords(across, speech) }),
    metrics,
    rows: answer.rows.map((row) => ({
      label: by.map((name) => wordsIn(row, name, answer, speech)).join(' · '),
      ...Object.fromEntries(metrics.map((name) => [name, figureOf(row, name)])),
    })),
    draw: (palette) => {
      const { amounts: _amounts, ...spec } = base(speech, palette, across)
      return {
        ...spec,
        height: 380,
        mark: { type: 'point', filled: true, size: 55, opacity: 0.7, color: palette.accent },
        encoding: {
          x: axis(across),
          y: axis(up),
          tooltip: [
            { field: 'label', type: 'nominal', title: ' ' },
            ...metrics.map((name) => ({
              field: `${name}_text`,
              type: 'nominal' as const,
              title: metricWords(name, speech),
            })),
          ],
        },
      }
    },
  }
}

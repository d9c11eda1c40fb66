import type { Answer, Unit } from '../../models/metrics/metric.ts'
import { dimensions, metrics } from '../../models/metrics/catalogue.ts'
import type { Speech } from '../words/speech.ts'

export type AnswerRow = Answer['rows'][number]

/** A figure of a row as a number; null where there is none. */
export function figureOf(row: AnswerRow, name: string): number | null {
  const value = row[name]
  if (value === null || value === undefined || value === '') return null
  const figure = Number(value)
  return Number.isFinite(figure) ? figure : null
}

/** The column that holds the words to show for dimension `name`: its label where the answer has one. */
export function labelColumn(answer: Answer, name: string): string {
  const labels = answer.columns.filter(({ kind }) => kind === 'label').map((column) => column.name)
  return labels.find((label) => label.startsWith(`${name}_label`)) ?? name
}

/** What a user reads for a value of a dimension. */
export function valueWords(name: string, value: string | number | boolean | null | undefined, speech: Speech): string {
  const text = value === null || value === undefined ? 'unknown' : String(value)
  const words = dimensions[name]?.values?.[text]
  return words === undefined ? text : speech.pick(words)
}

/** What a user reads for a metric. */
export function metricWords(name: string, speech: Speech): string {
  const metric = metrics[name]
  return metric === undefined ? name : speech.pick(metric.words)
}

export function unitOf(name: string): Unit {
  return metrics[name]?.unit ?? 'number'
}

/** What a user reads for a dimension. */
export function dimensionWords(name: string, speech: Speech): string {
  const dimension = dimensions[name]
  return dimension === undefined ? name : speech.pick(dimension.words)
}

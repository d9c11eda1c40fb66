import type { Answer } from '../../models/metrics/metric.ts'
import { isThin, coverageWords } from '../render/coverage.ts'
import { cellText, type TableColumn } from '../render/table-rows.ts'
import { metricWords } from '../charts/rows.ts'
import type { Speech } from '../words/speech.ts'
import type { Composing } from './composing.ts'
import type { ReportCell, ReportColumn, ReportTable } from './document.ts'

type Row = Answer['rows'][number]

interface Tabled {
  readonly name: string
  readonly title: string
  readonly about: string
  readonly answer: Answer
  readonly columns: readonly TableColumn[]
}

/** An answer as a table of a report; incomplete figures are named in what it says of itself. */
export function tableOf({ name, title, about, answer, columns }: Tabled, at: Composing): ReportTable {
  const thin = columns.filter(({ kind, name: metric }) => kind === 'figure' && isThin(metric, answer, at))
  const notes = thin.map(({ name: metric }) => thinWords(metric, answer, at.speech))
  return {
    name,
    title,
    about: [about, ...notes].filter((words) => words !== '').join(' '),
    columns: columns.map(columnOf),
    rows: answer.rows.map((row) => columns.map((column) => cellOf(row, column, at))),
    total: answer.total,
  }
}

/** 'Service hours – Incomplete: 65 % of tasks have hours.' */
function thinWords(metric: string, answer: Answer, speech: Speech): string {
  const coverage = coverageWords(metric, answer, speech) ?? ''
  const stop = speech.language === 'zh' ? '。' : '.'
  return `${metricWords(metric, speech)} – ${speech.say('coverage_below', { coverage })}${stop}`
}

function columnOf({ name, title, kind, unit, date }: TableColumn): ReportColumn {
  if (kind === 'figure') return { name, words: title, kind: unit ?? 'number' }
  if (kind === 'name' || kind === 'flag') return { name, words: title, kind }
  return { name, words: title, kind: date ?? 'words' }
}

function cellOf(row: Row, column: TableColumn, { speech, link, opens }: Composing): ReportCell {
  const raw = row[column.name] ?? null
  const text = cellText(row, column, speech)
  const value = valueOf(raw, column, text)
  const id = column.link && row[column.link.value]
  const address = id === null || id === undefined || id === '' ? undefined : `${column.link?.href}${encodeURIComponent(String(id))}` // prettier-ignore
  const href = address !== undefined && opens(address.split('?')[0] ?? '') ? link(address) : undefined
  return { value, text, ...(href === undefined ? {} : { href }) }
}

/** Figures and days as they are; of a closed list the word that a person reads. */
function valueOf(raw: Row[string], { kind, date, words }: TableColumn, text: string): ReportCell['value'] {
  if (raw === null) return null
  if (kind === 'figure') return Number.isFinite(Number(raw)) ? Number(raw) : String(raw)
  if (kind === 'flag') return String(raw) === 'true'
  if (date !== undefined && /^\d{4}-\d\d-\d\d/.test(String(raw))) return String(raw).slice(0, 10)
  return words?.[String(raw)] === undefined ? raw : text
}

/** How many rows were left out, in words; empty: none. `shown`: rows a format has of it. */
export function cutWords({ rows, total }: ReportTable, shown: number, speech: Speech): string {
  const there = Math.min(shown, rows.length)
  return there >= total
    ? ''
    : speech.say('report_cut', { shown: speech.figure(there, 'count'), total: speech.figure(total, 'count') })
}

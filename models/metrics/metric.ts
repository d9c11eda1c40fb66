import type { Words } from '../../entities/entity.ts'

/** How a figure is written: money in the reporting currency, a share as per cent, and so on. */
export type Unit = 'money' | 'hours' | 'days' | 'count' | 'share' | 'rank' | 'number'

interface MetricBase {
  readonly words: Words
  /** What exactly is counted, in one sentence a manager understands. */
  readonly about: Words
  readonly unit: Unit
  /** Which way is good. */
  readonly direction: 'up' | 'down' | 'none'
  /** The fields of entities the figure stands on, as 'tasks.actual_minutes'. */
  readonly standsOn: readonly string[]
  /** Name in `targets.metric` of what is planned for it, where targets count as the figure does. Sums only. */
  readonly target?: string
  /** Hidden from roles that need not know what people earn. */
  readonly tells?: 'pay'
  /** Figures that it tells in another place, or parts of them: hidden where one of them is. */
  readonly sameAs?: readonly string[]
  /** Worked out among all rows, whoever's they are: only for who may see all of them. */
  readonly ofAll?: true
}

/** An aggregate over one mart. `sql` is written over the mart's columns, e.g. 'SUM(revenue)'. */
export interface MeasuredMetric extends MetricBase {
  readonly mart: string
  readonly sql: string
  /** How many of the rows behind the figure had what it needs: two aggregates over the same mart. Absent: always complete. */
  readonly coverage?: { readonly known: string; readonly of: string; readonly words: Words }
}

/** Computed from other metrics of the same answer: `sql` over their names, e.g. 'profit / NULLIF(revenue, 0)'. */
export interface DerivedMetric extends MetricBase {
  readonly from: readonly string[]
  readonly sql: string
}

/** The place of each row among all rows of the answer by another metric, largest first. Ties share a place. */
export interface RankMetric extends MetricBase {
  readonly rankOf: string
}

export type Metric = MeasuredMetric | DerivedMetric | RankMetric

/** What figures can be split and filtered by. */
export interface Dimension {
  readonly words: Words
  readonly kind: 'text' | 'day' | 'month' | 'flag'
  /** Column of each mart that carries it. A metric can be split by a dimension only where its mart is listed. */
  readonly columns: Readonly<Record<string, string>>
  /** Column with the words to show instead of an id (same marts), e.g. customer → customer_name. */
  readonly labels?: Readonly<Record<string, string>>
  /** Words of its values, where they are a closed list. */
  readonly values?: Readonly<Record<string, Words>>
  /** Its values name people who work here: hidden from roles that need not know. */
  readonly tells?: 'people'
  /** The month of a row is that of this day, so that a period says already which days there are. */
  readonly datesRows?: true
}

/** All metrics and dimensions of a company, by name. A name is used once: as a metric or as a dimension. */
export interface Catalogue {
  readonly metrics: Readonly<Record<string, Metric>>
  readonly dimensions: Readonly<Record<string, Dimension>>
}

export type Operator = 'eq' | 'ne' | 'in' | 'gt' | 'gte' | 'lt' | 'lte' | 'contains'

export interface Filter {
  readonly field: string
  readonly operator: Operator
  readonly values: readonly string[]
}

/** Spans of time that rows can be split by. Weeks begin on Monday. */
export const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const
export type Grain = (typeof GRAINS)[number]

/** What figures are held against: as many months before, the same months a year before, or what was planned. */
export const COMPARISONS = ['previous', 'last_year', 'target'] as const
export type Comparison = (typeof COMPARISONS)[number]

/** A question in the catalogue's words. Everything in it comes from outside and is checked against the catalogue. */
export interface MetricQuery {
  readonly metrics: readonly string[]
  readonly by: readonly string[]
  readonly where: readonly Filter[]
  /** Metric or dimension names; '-' in front: largest first. */
  readonly order: readonly string[]
  readonly limit?: number
  readonly offset?: number
  /** Spans of the day or month in `by`; `month` where none stands there. */
  readonly grain?: Grain
  /** Beside each figure the one compared with, the difference, and that as a share. */
  readonly compare?: Comparison
  /** So many values of the first dimension, those first in `order`; all others are one row, the rest. */
  readonly top?: number
  /** One more row after the page: everything the answer counts, as one. */
  readonly totals?: boolean
  /** Business date of the figures, 'YYYY-MM-DD'. Absent: that of the moment they are known at. */
  readonly asOf?: string
  /** What had been recorded by then: a day (its end, where the company is) or an instant in ISO 8601. Absent: all of it. */
  readonly knownAt?: string
}

/** Who asks. There is no query without one. */
export interface Viewer {
  readonly id: string
  readonly name: string
  readonly roles: readonly string[]
  /** What the record of the person says, which row rules compare: { region: ['East'] }. */
  readonly attributes?: Readonly<Record<string, readonly string[]>>
}

/** What a figure stands on. Travels with every answer. */
export interface Evidence {
  /** Business date of the figures. */
  readonly as_of: string
  /** Knowledge clock: what had been recorded by then. */
  readonly known_at: string
  /** Grows by one with each published run. */
  readonly warehouse_version: number
  /** Share of rows that had what each metric needs, under the same filters; metrics that are always complete are absent. */
  readonly coverage: Readonly<Record<string, { share: number | null; known: number; of: number }>>
  /**
   * What each asked figure stands on: the sources that feed the entities of its fields, when the oldest of them was last read,
   * and after how many days such records are keyed on average.
   */
  readonly figures: Readonly<Record<string, FigureEvidence>>
  /** When each source was last read without error. */
  readonly sources: readonly { source: string; read_at: string | null; stale: boolean }[]
}

export interface FigureEvidence {
  readonly sources: readonly string[]
  /** Null: one of them was never read. */
  readonly read_at: string | null
  readonly stale: boolean
  /** Days from what happened to its keying, on average, of the slowest entity; null where nothing is known of it. */
  readonly entry_lag_days: number | null
}

export interface Column {
  readonly name: string
  readonly kind: 'dimension' | 'label' | 'metric' | 'compared' | 'difference' | 'relative' | 'row_kind'
  readonly unit?: Unit
  /** The metric that is compared. */
  readonly metric?: string
  /** Of a dimension whose values are first days of such spans. */
  readonly grain?: Grain
}

/** The column that says what a row is, where `top` or `totals` is asked for: 'group', 'rest' or 'total'. */
export const ROW_KIND = 'row_kind'

/** What was compared: months that were over on the business date, as '2024-07..2025-05'. */
export interface Compared {
  readonly kind: Comparison
  readonly period: string
  /** Null for a target: it is of the same months. */
  readonly with: string | null
  /** False where months of the period that are not over were left out. */
  readonly whole: boolean
}

export interface Answer {
  readonly columns: readonly Column[]
  readonly rows: readonly Readonly<Record<string, string | number | boolean | null>>[]
  /** Rows before `limit` and `offset`, the rest among them, the row of totals not. */
  readonly total: number
  readonly compared?: Compared
  readonly evidence: Evidence
}

/** The one way pages, reports and the command line ask for figures. */
export type Ask = (viewer: Viewer, query: MetricQuery) => Promise<Answer>

import type { html } from 'hono/html'
import type { TopLevelSpec } from 'vega-lite'
import type { Answer, MetricQuery } from '../models/metrics/metric.ts'
import type { Palette } from './charts/palette.ts'
import type { WordKey } from './words/en.ts'
import type { Speech } from './words/speech.ts'

export type Html = ReturnType<typeof html>

/** What a block asks for, before the filters of the page are added. */
export interface Asking {
  readonly metrics: readonly string[]
  readonly by: readonly string[]
  /** What narrows this block beside the filters of the page. */
  readonly where?: MetricQuery['where']
  readonly order?: readonly string[]
  readonly limit?: number
}

/** One choice in the URL that narrows every figure of the page. */
export interface PageFilter {
  /** Name in the page's query string. */
  readonly name: string
  /** Dimension it compares, or 'period'. */
  readonly field: string
  /** What holds where the URL says nothing; absent: all. */
  readonly standard?: string
}

export type ChartRow = Readonly<Record<string, string | number | boolean | null>>

/** A chart: the rows it draws, made from an answer, and a Vega-Lite spec over data set 'rows'. */
export interface ChartDefinition {
  readonly name: string
  readonly title: WordKey
  readonly about: WordKey
  readonly rows: (answer: Answer, speech: Speech) => readonly ChartRow[]
  readonly draw: (speech: Speech, palette: Palette) => TopLevelSpec
}

/** A sentence that names the answer. */
export type Finding = (answer: Answer, speech: Speech, place: Place) => Html

export interface Place {
  /** The period as it stands in a sentence. */
  readonly period: string
  /** The address of this page with some parameters changed. */
  readonly hrefWith: (changes: Readonly<Record<string, string | undefined>>) => string
  /** A class may be set here. */
  readonly orders: boolean
  /** Whether the reader may open the page at an address. */
  readonly opens: (path: string) => boolean
}

export interface KpiBlock {
  readonly block: 'kpi'
  readonly metric: string
}
export interface FindingBlock {
  readonly block: 'finding'
  readonly find: Finding
  readonly asking: Asking
}
export interface ChartBlock {
  readonly block: 'chart'
  readonly chart: ChartDefinition
  readonly asking: Asking
  /** Takes two rows of the page's grid, the others stand beside it. */
  readonly large?: boolean
  /** Marks picked in it filter the page's table. Otherwise its own figures stand below it as a table. */
  readonly picks?: boolean
}
export interface TableBlock {
  readonly block: 'table'
  readonly title: WordKey
  readonly about: WordKey
  readonly asking: Asking & { readonly order: readonly string[] }
  readonly pageSize: number
  /** Values of a dimension lead to a page, where they are the filter `as`; filters of this page that it has too go along. */
  readonly links?: Readonly<Record<string, Link>>
  /** Dimensions of which the reader chooses one, in the address as 'by', instead of those asked; the first stands where it says nothing. */
  readonly splits?: readonly string[]
  /** How its rows are counted: '1–25 of 305 customers'. */
  readonly counted?: WordKey
}
export interface Link {
  readonly to: string
  readonly as: string
  /** Filters of the other page that this one lacks. */
  readonly with?: Readonly<Record<string, string>>
}
/** A short list that is shown whole, as far as its limit. */
export interface ListBlock {
  readonly block: 'list'
  /** Its place on the page, as in the address. */
  readonly name: string
  readonly title: WordKey
  readonly about: WordKey
  readonly asking: Asking & { readonly limit: number }
  readonly links?: TableBlock['links']
}
export type Block = KpiBlock | FindingBlock | ChartBlock | TableBlock | ListBlock

/** A page of figures: it names metrics, never SQL. */
export interface PageDefinition {
  readonly path: string
  readonly title: WordKey
  readonly intro: WordKey
  readonly filters: readonly PageFilter[]
  readonly rows: readonly (readonly Block[])[]
}

export function definePage(definition: PageDefinition): PageDefinition {
  return definition
}

export const kpi = (metric: string): KpiBlock => ({ block: 'kpi', metric })

export const finding = (find: Finding, asking: Asking): FindingBlock => ({ block: 'finding', find, asking })

export const chart = (
  definition: ChartDefinition,
  asking: Asking & { large?: boolean; picks?: boolean },
): ChartBlock => {
  const { large = false, picks = false, ...question } = asking
  return { block: 'chart', chart: definition, asking: question, large, picks }
}

export const table = (options: Omit<TableBlock, 'block'>): TableBlock => ({ block: 'table', ...options })

export const list = (options: Omit<ListBlock, 'block'>): ListBlock => ({ block: 'list', ...options })

/** The whole question of a block: what it asks for under the filters of the page. */
export function questionOf(asking: Asking, where: MetricQuery['where']): MetricQuery {
  const { metrics, by, order = [], limit, where: own = [] } = asking
  return { metrics, by, where: [...where, ...own], order, ...(limit === undefined ? {} : { limit }) }
}

import type { TopLevelSpec } from 'vega-lite'
import type { Unit } from '../../models/metrics/metric.ts'
import type { ChartRow } from '../page.ts'
import type { TableColumn } from '../render/table-rows.ts'
import type { Manner } from '../words/speech.ts'

export interface ChartData {
  readonly rows: readonly ChartRow[]
  /** Figures that a tooltip shows as text. */
  readonly texts: readonly { readonly name: string; readonly unit: Unit }[]
  readonly specs: { readonly light: TopLevelSpec; readonly dark: TopLevelSpec }
  /** Marks picked in it filter the table. */
  readonly picks: boolean
}

/** What the server hands to the browser beside the page itself. */
export interface PageData {
  readonly manner: Manner
  readonly charts: Readonly<Record<string, ChartData>>
  readonly columns: readonly TableColumn[]
  /** The order of the table: a metric, '-' in front for largest first. */
  readonly order: string
}

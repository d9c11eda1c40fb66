import type { Answer, Ask, Viewer } from '../../models/metrics/metric.ts'
import type { Sees } from '../../models/metrics/sight.ts'
import type { Speech } from '../words/speech.ts'
import type { ReportSection } from './document.ts'

/** What every part of one report is made with. */
export interface Composing {
  readonly viewer: Viewer
  readonly sight: Sees
  readonly ask: Ask
  /** Business date of the figures. */
  readonly asOf: string
  readonly speech: Speech
  /** Below this coverage a figure is doubtful. */
  readonly coverageThreshold: number
  /** Rows of a table at most. */
  readonly rows: number
  /** Whether the reader may open the page at an address. */
  readonly opens: (path: string) => boolean
  /** The address from outside of '/customers?class=key'; undefined: there is none. */
  readonly link: (address: string) => string | undefined
}

/** A section with the answers it was made of, the whole of its figures first, and the period it is about. */
export interface Composed {
  readonly section: ReportSection
  readonly answers: readonly Answer[]
  /** In words; empty: it has none. */
  readonly period: string
}

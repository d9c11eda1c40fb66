import type { Unit } from '../../models/metrics/metric.ts'
import type { Manner } from '../words/speech.ts'

/** A report as one reader gets it, before any format. Plain data, so that it can be kept; all words are in its language. */
export interface ReportDocument extends Manner {
  readonly title: string
  readonly company: string
  /** Whom it is for. */
  readonly recipient: string
  /** ISO 8601, UTC. The date of its files. */
  readonly published_at: string
  /** Business date of the figures, 'YYYY-MM-DD'. */
  readonly as_of: string
  readonly warehouse_version: number
  /** What it is about, line by line. */
  readonly about: readonly ReportLine[]
  /** What a reader must know before any figure. */
  readonly notices: readonly ReportNotice[]
  readonly sections: readonly ReportSection[]
  /** What the figures stand on: clocks, versions, sources with their age, coverage of each metric. */
  readonly sources: ReportTable
}

export interface ReportLine {
  readonly words: string
  readonly text: string
}

export interface ReportNotice {
  readonly severity: 'note' | 'warning' | 'error'
  readonly words: string
}

/** One page or saved exploration. */
export interface ReportSection {
  readonly title: string
  readonly intro: string
  /** What narrows its figures, in words. */
  readonly filters: string
  /** The live page; undefined: it has no address from outside. */
  readonly href: string | undefined
  readonly blocks: readonly ReportBlock[]
}

export type ReportBlock = FiguresBlock | SentenceBlock | PictureBlock | RowsBlock

export interface FiguresBlock {
  readonly block: 'figures'
  readonly figures: readonly ReportFigure[]
}

export interface ReportFigure {
  readonly name: string
  readonly words: string
  /** What exactly is counted. */
  readonly about: string
  readonly unit: Unit
  readonly value: number | null
  /** For a glance, and in full. */
  readonly text: string
  readonly full: string
  /** Against the period before; empty: there is none. */
  readonly change: string
  readonly judged: '' | 'better' | 'worse'
  /** How complete the records behind it are; empty: always complete. */
  readonly coverage: string
  /** Why it is not to be relied on: incomplete records, a source out of date. */
  readonly doubts: readonly string[]
  /** There is a figure. */
  readonly known: boolean
}

/** A finding in plain text. */
export interface SentenceBlock {
  readonly block: 'sentence'
  /** Empty: there is only the rest. */
  readonly headline: string
  readonly rest: readonly string[]
  readonly judged: '' | 'worse'
}

export interface PictureBlock {
  readonly block: 'chart'
  readonly name: string
  readonly title: string
  readonly about: string
  /** In the light palette; undefined: there is nothing to draw. */
  readonly svg: string | undefined
  /** What it shows, for who cannot see it. */
  readonly alternative: string
  readonly figures: ReportTable
  /** A table of the section has the same figures. */
  readonly repeated: boolean
}

export interface RowsBlock {
  readonly block: 'table'
  readonly table: ReportTable
}

export interface ReportTable {
  readonly name: string
  readonly title: string
  readonly about: string
  readonly columns: readonly ReportColumn[]
  readonly rows: readonly (readonly ReportCell[])[]
  /** Rows there are, those that were cut among them. */
  readonly total: number
}

export interface ReportColumn {
  readonly name: string
  readonly words: string
  readonly kind: 'name' | 'words' | 'flag' | 'day' | 'month' | 'instant' | Unit
}

export interface ReportCell {
  /** As the answer has it: what a spreadsheet counts with. Days and months are 'YYYY-MM-DD', instants ISO 8601. */
  readonly value: string | number | boolean | null
  /** As a person reads it. */
  readonly text: string
  /** The live page of what it names. */
  readonly href?: string
  /** Where the cells of a column are of different units. */
  readonly unit?: Unit
}

const UNITS: readonly string[] = ['money', 'hours', 'days', 'count', 'share', 'rank', 'number'] satisfies Unit[]

export function isFigure({ kind }: ReportColumn): boolean {
  return UNITS.includes(kind)
}

/** All tables with the section they stand in, in the order of the report; pictures by their figures, where no table has them. */
export function tablesOf({ sections }: ReportDocument): readonly { section: ReportSection; table: ReportTable }[] {
  return sections.flatMap((section) =>
    section.blocks.flatMap((block) => {
      if (block.block === 'table') return [{ section, table: block.table }]
      return block.block === 'chart' && !block.repeated ? [{ section, table: block.figures }] : []
    }),
  )
}

import type { TopLevelSpec } from 'vega-lite'
import { palettes, type Palette } from '../charts/palette.ts'
import type { ChartRow } from '../page.ts'
import { drawSvg } from '../render/draw.ts'
import type { Speech } from '../words/speech.ts'
import { isFigure, type PictureBlock, type ReportTable } from './document.ts'
import { FONT } from './fonts.ts'

interface Picture {
  readonly name: string
  readonly title: string
  readonly about: string
  readonly figures: ReportTable
  readonly rows: readonly ChartRow[]
  readonly draw: (palette: Palette) => TopLevelSpec
  readonly repeated: boolean
}

/** Pixels from edge to edge, as wide as the text of a mail. */
export const PICTURE_WIDTH = 640

/** A chart, drawn in the type of reports, with its figures and what it shows in words. */
export async function pictureOf({ rows, draw, ...picture }: Picture, speech: Speech): Promise<PictureBlock> {
  const alternative = alternativeOf(picture.title, picture.figures, speech)
  // Of a single mark its words say as much.
  const svg = rows.length < 2 ? undefined : await drawSvg(asPrinted(draw(palettes.light)), rows)
  return { block: 'chart', ...picture, svg, alternative }
}

function asPrinted(spec: TopLevelSpec): TopLevelSpec {
  const { config, ...rest } = spec
  return {
    ...rest,
    width: PICTURE_WIDTH,
    autosize: { type: 'fit-x', contains: 'padding' },
    config: { ...config, font: FONT, legend: { columns: 3, labelLimit: 190, ...config?.legend } },
  }
}

/** Rows and figures that are read out for who cannot see the picture. */
const TOLD = 8
const TOLD_FIGURES = 2

function alternativeOf(title: string, table: ReportTable, speech: Speech): string {
  const isZh = speech.language === 'zh'
  const told = table.rows.slice(0, TOLD).map((cells) => {
    const names = cells.filter((_, at) => table.columns[at]?.kind !== 'flag' && !isFigureAt(table, at))
    const figures = cells.flatMap((cell, at) =>
      isFigureAt(table, at) ? [`${table.columns[at]?.words ?? ''} ${cell.text}`] : [],
    )
    return `${names.map(({ text }) => text).join(' · ')} – ${speech.list(figures.slice(0, TOLD_FIGURES))}`
  })
  if (told.length === 0) return `${title}${isZh ? '：' : ': '}${speech.say('chart_no_rows')}`
  const more = table.total - told.length
  const rest = more > 0 ? [speech.say('report_more', { count: speech.figure(more, 'count') })] : []
  return `${title}${isZh ? '：' : ': '}${[...told, ...rest].join(isZh ? '；' : '; ')}${isZh ? '。' : '.'}`
}

const isFigureAt = ({ columns }: ReportTable, at: number): boolean => {
  const column = columns[at]
  return column !== undefined && isFigure(column)
}

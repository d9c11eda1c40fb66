import type { Content, ContentText } from 'pdfmake/interfaces.js'
import { palettes } from '../charts/palette.ts'
import { createSpeech } from '../words/speech.ts'
import type { FiguresBlock, PictureBlock, ReportDocument, ReportFigure, ReportNotice, SentenceBlock } from './document.ts' // prettier-ignore
import { FONT, OTHER_FONT } from './fonts.ts'
import { ROOM, runsOf } from './type-setting.ts'

const { muted, line, groups, accent } = palettes.light
const BAD = groups.eats
const GOOD = groups.key

/** A text in the types it needs. */
export function words(text: string): Content {
  const runs = runsOf(text)
  return runs.every(({ other }) => !other) ? text : { text: runs.map((run) => (run.other ? { text: run.text, font: OTHER_FONT } : run.text)) } // prettier-ignore
}

/** A heading that is never the last on its page. */
export function heading(text: string, size: number): ContentText {
  return { text: words(text), fontSize: size, bold: true, headlineLevel: 1 }
}

const COLOURS: Readonly<Record<ReportNotice['severity'], string>> = { note: accent, warning: '#b26a00', error: BAD }

export function noticesOn(document: ReportDocument): Content[] {
  const speech = createSpeech(document)
  return document.notices.map(({ severity, words: said }) => ({
    margin: [0, 0, 0, 6],
    layout: {
      hLineWidth: () => 0,
      vLineWidth: (at: number) => (at === 0 ? 3 : 0),
      vLineColor: () => COLOURS[severity],
      fillColor: () => '#f5f7f9',
      paddingLeft: () => 8,
      paddingTop: () => 4,
      paddingBottom: () => 4,
    },
    table: {
      widths: ['*'],
      dontBreakRows: true,
      body: [[{ text: [{ text: `${speech.say(`report_${severity}`)}  `, bold: true, color: COLOURS[severity] }, words(said)] }]], // prettier-ignore
    },
  }))
}

const TILES = { portrait: 4, landscape: 6 } as const

/** Figures side by side; rows of them are not torn apart. */
export function figuresOn({ figures }: FiguresBlock, turn: keyof typeof TILES): Content[] {
  const across = TILES[turn]
  const rows = Array.from({ length: Math.ceil(figures.length / across) }, (_, row) =>
    Array.from({ length: across }, (_each, at): Content => {
      const figure = figures[row * across + at]
      return figure === undefined ? '' : tile(figure)
    }),
  )
  return [
    {
      margin: [0, 0, 0, 10],
      layout: {
        hLineWidth: (at: number) => (at === 0 || at === rows.length ? 0.8 : 0.4),
        vLineWidth: () => 0,
        hLineColor: () => line,
        paddingLeft: () => 0,
        paddingRight: () => 8,
        paddingTop: () => 5,
        paddingBottom: () => 5,
      },
      table: { widths: Array.from({ length: across }, () => '*'), dontBreakRows: true, body: rows },
    },
  ]
}

function tile({ words: said, text, change, judged, doubts, known, value }: ReportFigure): Content {
  const weak = !known || doubts.length > 0
  const colour = weak ? muted : (value ?? 0) < 0 ? BAD : palettes.light.text
  return {
    stack: [
      { text: words(said), fontSize: 8, color: muted },
      { text: words(text), fontSize: 14, bold: true, color: colour },
      ...(change === '' ? [] : [{ text: words(change), fontSize: 7.5, color: judged === 'worse' ? BAD : judged === 'better' ? GOOD : muted }]), // prettier-ignore
      ...doubts.map((doubt) => ({ text: words(doubt), fontSize: 7, color: COLOURS.warning })),
    ],
  }
}

export function sentenceOn({ headline, rest, judged }: SentenceBlock): Content[] {
  const parts: Content[] = [
    ...(headline === '' ? [] : [{ text: words(headline), fontSize: 11.5, bold: true, color: judged === 'worse' ? BAD : palettes.light.text }]), // prettier-ignore
    ...rest.map((text) => ({ text: words(text), margin: [0, 2, 0, 0] as [number, number, number, number] })),
  ]
  return [{ stack: parts, unbreakable: true, margin: [0, 0, 0, 8] }]
}

export function pictureOn({ title, about, svg, alternative }: PictureBlock): Content[] {
  const picture: Content =
    svg === undefined
      ? { text: words(alternative), color: muted }
      : { svg, width: ROOM.portrait, font: FONT, margin: [0, 4, 0, 0] }
  return [
    {
      unbreakable: true,
      margin: [0, 2, 0, 10],
      stack: [
        { text: words(title), fontSize: 11, bold: true },
        ...(about === '' ? [] : [{ text: words(about), fontSize: 8, color: muted }]),
        picture,
      ],
    },
  ]
}

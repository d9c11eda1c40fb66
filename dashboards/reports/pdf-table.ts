import type { Content, TableCell } from 'pdfmake/interfaces.js'
import { palettes } from '../charts/palette.ts'
import { createSpeech } from '../words/speech.ts'
import { isFigure, type ReportCell, type ReportColumn, type ReportDocument, type ReportTable } from './document.ts'
import { heading, words } from './pdf-blocks.ts'
import { cutWords } from './tables.ts'
import { settingOf, type Setting } from './type-setting.ts'

const { muted, line, accent, groups } = palettes.light

interface Place {
  readonly document: ReportDocument
  /** Rows at most. */
  readonly rows: number
  /** How the page lies so far. */
  readonly now: Setting['orientation']
  /** The live page, where all rows are. */
  readonly href: string | undefined
}

/** A table whose heading stands on each of its pages and whose rows are not torn apart. */
export function tableOn(
  table: ReportTable,
  { document, rows, now, href }: Place,
): { orientation: Setting['orientation']; stack: Content[] } {
  const speech = createSpeech(document)
  const { title, about, columns } = table
  const setting = settingOf(table, rows)
  const { size, widths } = setting
  // A page that already lies across is not left for a table that could stand upright.
  const orientation = now === 'landscape' ? now : setting.orientation
  const cut = cutWords(table, rows, speech)
  const head: Content[] = [
    { ...heading(title, 11), margin: [0, 4, 0, 1] },
    ...(about === '' ? [] : [{ text: words(about), fontSize: 8, color: muted }]),
    ...(cut === '' ? [] : [{ text: words(cut), fontSize: 8, bold: true, ...(href === undefined ? {} : { link: href }) }]), // prettier-ignore
  ]
  if (table.rows.length === 0)
    return { orientation: now, stack: [...head, { text: speech.say('table_no_rows'), margin: [0, 4, 0, 10] }] }
  return {
    orientation,
    stack: [
      ...head,
      {
        margin: [0, 4, 0, 10],
        fontSize: size,
        layout: LAYOUT,
        table: {
          headerRows: 1,
          keepWithHeaderRows: 1,
          dontBreakRows: true,
          widths: [...widths],
          body: [
            columns.map(headCell),
            ...table.rows.slice(0, rows).map((cells) => cells.map((cell, at) => bodyCell(cell, columns[at]))),
          ],
        },
      },
    ],
  }
}

const LAYOUT = {
  hLineWidth: (at: number) => (at === 0 ? 0 : at === 1 ? 0.9 : 0.4),
  vLineWidth: () => 0,
  hLineColor: (at: number) => (at === 1 ? muted : line),
  paddingLeft: () => 4,
  paddingRight: () => 4,
  paddingTop: () => 2.5,
  paddingBottom: () => 2,
}

const headCell = (column: ReportColumn): TableCell => ({
  text: words(column.words),
  bold: true,
  color: muted,
  alignment: isFigure(column) ? 'right' : 'left',
})

function bodyCell({ value, text, href }: ReportCell, column: ReportColumn | undefined): TableCell {
  const figure = column !== undefined && isFigure(column)
  const bad = column?.kind === 'money' && typeof value === 'number' && value < 0
  return {
    text: words(text),
    alignment: figure ? 'right' : 'left',
    ...(figure ? { noWrap: true } : {}),
    ...(bad ? { color: groups.eats } : {}),
    ...(href === undefined ? {} : { link: href, color: accent }),
  }
}

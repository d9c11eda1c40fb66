import { html } from 'hono/html'
import { palettes } from '../charts/palette.ts'
import type { Html } from '../page.ts'
import type { Speech } from '../words/speech.ts'
import { isFigure, type FiguresBlock, type PictureBlock, type ReportCell, type ReportColumn, type ReportFigure, type ReportNotice, type ReportTable, type SentenceBlock } from './document.ts' // prettier-ignore
import type { Raster } from './raster.ts'
import { cutWords } from './tables.ts'
import { fitting, isShort } from './type-setting.ts'

const { text, muted, line, groups, accent } = palettes.light
export const INK = text
export const MUTED = muted
export const FACE = `font-family:'Segoe UI','Microsoft YaHei','PingFang SC','Noto Sans CJK SC',Arial,sans-serif;color:${text};`

/** Rows of a table in a mail; the whole is in the files and on the page. */
export const MAIL_ROWS = 12

const MARKS: Readonly<Record<ReportNotice['severity'], { sign: string; colour: string }>> = {
  note: { sign: 'ℹ', colour: accent },
  warning: { sign: '⚠', colour: '#9a5b00' },
  error: { sign: '✖', colour: groups.eats },
}

/** A table that is nothing but a place: screen readers do not tell of it. */
const place = (content: unknown, style = ''): Html =>
  html`<table role="presentation" width="640" cellpadding="0" cellspacing="0" border="0" style="width:640px;${style}">
    ${content}
  </table>`

export function noticeIn({ severity, words }: ReportNotice, speech: Speech): Html {
  const { sign, colour } = MARKS[severity]
  return place(
    html`<tr>
      <td width="4" bgcolor="${colour}" style="width:4px;font-size:1px;">&nbsp;</td>
      <td bgcolor="#f5f7f9" style="padding:8px 10px;font-size:13px;line-height:19px;${FACE}">
        <strong style="color:${colour};">${sign} ${speech.say(`report_${severity}`)}</strong> ${words}
      </td>
    </tr>`,
    'margin:0 0 8px 0;',
  )
}

const ACROSS = 4

/** Figures in rows of four. */
export function figuresIn({ figures }: FiguresBlock): Html {
  const rows = Array.from({ length: Math.ceil(figures.length / ACROSS) }, (_, row) =>
    figures.slice(row * ACROSS, (row + 1) * ACROSS),
  )
  return place(
    rows.map(
      (row) =>
        html`<tr>
          ${Array.from({ length: ACROSS }, (_, at) => figureIn(row[at]))}
        </tr>`,
    ),
    'margin:0 0 12px 0;',
  )
}

function figureIn(figure: ReportFigure | undefined): Html {
  const box = `padding:8px 8px 8px 0;border-top:1px solid ${line};font-size:12px;line-height:16px;${FACE}`
  if (figure === undefined) return html`<td width="160" style="${box}">&nbsp;</td>`
  const { words, text: short, full, change, judged, doubts, known, value } = figure
  const weak = !known || doubts.length > 0
  const colour = weak ? muted : (value ?? 0) < 0 ? groups.eats : text
  const tone = judged === 'worse' ? groups.eats : judged === 'better' ? '#00694b' : muted
  return html`<td width="160" valign="top" style="${box}">
    <span style="color:${muted};">${words}</span><br />
    <strong title="${full}" style="font-size:20px;line-height:27px;color:${colour};">${short}</strong>
    ${change === '' ? '' : html`<br /><span style="color:${tone};">${change}</span>`}
    ${doubts.map((doubt) => html`<br /><span style="color:${MARKS.warning.colour};">⚠ ${doubt}</span>`)}
  </td>`
}

export function sentenceIn({ headline, rest, judged }: SentenceBlock): Html {
  const colour = judged === 'worse' ? groups.eats : text
  return html`${headline === '' ? '' : html`<p style="margin:0 0 4px 0;font-size:16px;line-height:22px;font-weight:bold;color:${colour};">${headline}</p>`}
  ${rest.map((words) => html`<p style="margin:0 0 4px 0;font-size:13px;line-height:19px;">${words}</p>`)} ${spacer()}`
}

const spacer = (): Html => html`<div style="font-size:8px;line-height:8px;">&nbsp;</div>`

const title = (words: string): Html =>
  html`<h3 style="margin:10px 0 2px 0;font-size:15px;line-height:20px;color:${text};">${words}</h3>`

const small = (words: string): Html | string =>
  words === '' ? '' : html`<p style="margin:0 0 4px 0;font-size:12px;line-height:17px;color:${muted};">${words}</p>`

export function pictureIn(block: PictureBlock, raster: (Raster & { readonly cid: string }) | undefined): Html {
  const { title: words, about, alternative } = block
  return html`${title(words)} ${small(about)}
  ${
    raster === undefined
      ? html`<p style="margin:0 0 10px 0;font-size:13px;line-height:19px;">${alternative}</p>`
      : html`<img
          src="cid:${raster.cid}"
          width="${raster.width}"
          height="${raster.height}"
          alt="${alternative}"
          style="display:block;border:0;width:${raster.width}px;height:${raster.height}px;font-size:12px;line-height:17px;${FACE}"
        />`
  }`
}

interface Place {
  readonly speech: Speech
  /** Rows at most. */
  readonly rows: number
  /** The live page, where all of it is. */
  readonly href: string | undefined
}

/** The first rows of a table, and of its columns as many as fit. */
export function tableIn(table: ReportTable, { speech, rows, href }: Place): Html {
  const shown = fitting(table, { shown: rows, room: 640, size: 12 })
  const columns = shown.flatMap((at) => (table.columns[at] === undefined ? [] : [{ at, column: table.columns[at] }]))
  const cut = [
    cutWords(table, rows, speech),
    columns.length === table.columns.length
      ? ''
      : speech.say('report_columns', { count: columns.length, total: table.columns.length }),
  ].filter((words) => words !== '')
  const head = html`${title(table.title)} ${small(table.about)}`
  if (table.rows.length === 0) return html`${head} ${small(speech.say('table_no_rows'))}`
  const all = cut.length === 0 || href === undefined ? '' : html` <a href="${href}" style="color:${accent};">${speech.say('report_live')}</a>` // prettier-ignore
  return html`${head}
    <table width="640" cellpadding="0" cellspacing="0" border="0" style="width:640px;border-collapse:collapse;">
      <thead>
        <tr>
          ${columns.map(({ column }) => html`<th scope="col" align="${side(column)}" valign="bottom" style="padding:4px;border-bottom:2px solid ${muted};font-size:12px;line-height:16px;${FACE}${isShort(column.words) ? 'white-space:nowrap;' : ''}">${column.words}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${table.rows.slice(0, rows).map(
          (cells) =>
            html`<tr>
              ${columns.map(({ at, column }) => cellIn(cells[at], column))}
            </tr>`,
        )}
      </tbody>
    </table>
    ${cut.length === 0 ? spacer() : html`<p style="margin:4px 0 10px 0;font-size:12px;line-height:17px;color:${muted};">${cut.join(' ')}${all}</p>`}`
}

const side = (column: ReportColumn): string => (isFigure(column) ? 'right' : 'left')

function cellIn(cell: ReportCell | undefined, column: ReportColumn): Html {
  const { text: words = '', value = null, href } = cell ?? {}
  const bad = column.kind === 'money' && typeof value === 'number' && value < 0 ? `color:${groups.eats};` : ''
  const wrap = isFigure(column) || isShort(words) ? 'white-space:nowrap;' : ''
  return html`<td
    align="${side(column)}"
    valign="top"
    style="padding:4px;border-bottom:1px solid ${line};font-size:12px;line-height:16px;${FACE}${wrap}${bad}"
  >
    ${href === undefined ? words : html`<a href="${href}" style="color:${accent};">${words}</a>`}
  </td>`
}

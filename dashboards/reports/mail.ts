import { html, raw } from 'hono/html'
import type { Html } from '../page.ts'
import { createSpeech, type Speech } from '../words/speech.ts'
import type { PictureBlock, ReportDocument, ReportSection } from './document.ts'
import { FACE, figuresIn, INK, MAIL_ROWS, MUTED, noticeIn, pictureIn, sentenceIn, tableIn } from './mail-blocks.ts'
import { mailText } from './mail-text.ts'
import { rasterOf, type Raster } from './raster.ts'

export interface Mail {
  readonly subject: string
  readonly html: string
  /** The same for who reads no HTML. */
  readonly text: string
  readonly images: readonly MailImage[]
}

/** A picture within a mail: `<img src="cid:…">` shows it. */
export interface MailImage {
  readonly cid: string
  readonly name: string
  readonly type: 'image/png'
  readonly content: Uint8Array
}

/** Pixels from edge to edge: what every client shows without scrolling. */
const WIDTH = 680

/**
 * A report as a mail that Outlook shows as well: tables for layout, styles on the elements, pictures within the mail with their
 * figures as words, no script, nothing from elsewhere.
 */
export async function mailOf(document: ReportDocument): Promise<Mail> {
  const speech = createSpeech(document)
  const { title, company, as_of: asOf } = document
  const pictures = drawnIn(document)
  return {
    subject: speech.say('report_subject', { title, company, day: speech.day(asOf) }),
    html: (await page(document, pictures, speech)).toString(),
    text: mailText(document),
    images: [...pictures.values()].map(({ cid, png }, at) => ({ cid, name: `chart-${at + 1}.png`, type: 'image/png', content: png })), // prettier-ignore
  }
}

type Drawn = ReadonlyMap<PictureBlock, Raster & { readonly cid: string }>

function drawnIn({ sections }: ReportDocument): Drawn {
  const blocks = sections.flatMap((section) => section.blocks).filter((block) => block.block === 'chart')
  const drawn = blocks.flatMap((block) => (block.svg === undefined ? [] : [[block, block.svg] as const]))
  return new Map(drawn.map(([block, svg], at) => [block, { ...rasterOf(svg), cid: `chart-${at + 1}@trueworth` }]))
}

function page(document: ReportDocument, pictures: Drawn, speech: Speech): Html {
  const { title, language, about, notices, sections, warehouse_version: version, recipient } = document
  return html`${raw('<!DOCTYPE html>')}
    <html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light" />
        <title>${title}</title>
      </head>
      <body style="margin:0;padding:0;background-color:#f2f4f7;">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f2f4f7">
          <tr>
            <td align="center" style="padding:16px 8px;">
              <table
                role="presentation"
                width="${WIDTH}"
                cellpadding="0"
                cellspacing="0"
                border="0"
                bgcolor="#ffffff"
                style="width:${WIDTH}px;"
              >
                <tr>
                  <td style="padding:20px;${FACE}">
                    <h1 style="margin:0 0 6px 0;font-size:24px;line-height:30px;color:${INK};">${title}</h1>
                    <p style="margin:0 0 12px 0;font-size:13px;line-height:19px;color:${MUTED};">
                      ${about.map(({ words, text }, at) => html`${at === 0 ? '' : ' · '}${words} <strong style="color:${INK};">${text}</strong>`)}
                    </p>
                    ${notices.map((notice) => noticeIn(notice, speech))}
                    ${sections.length === 0 ? html`<p style="font-size:14px;">${speech.say('report_empty')}</p>` : ''}
                    ${sections.map((section) => sectionIn(section, pictures, speech))}
                    ${tableIn(document.sources, { speech, rows: Infinity, href: undefined })}
                    <p style="margin:16px 0 0 0;font-size:12px;line-height:17px;color:${MUTED};">
                      ${speech.say('report_made_by', { version, recipient })}
                    </p>
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html>`
}

function sectionIn({ title, intro, filters, href, blocks }: ReportSection, pictures: Drawn, speech: Speech): Html {
  const live =
    href === undefined
      ? ''
      : html`<a href="${href}" style="color:#0b66c3;text-decoration:underline;">${speech.say('report_live')}</a>`
  return html`<h2 style="margin:18px 0 2px 0;font-size:19px;line-height:25px;color:${INK};">${title}</h2>
    <p style="margin:0 0 10px 0;font-size:13px;line-height:19px;color:${MUTED};">
      ${intro}${filters === '' ? '' : html`<br />${filters}`}${live === '' ? '' : html`<br />${live}`}
    </p>
    ${blocks.map((block) => {
      if (block.block === 'figures') return figuresIn(block)
      if (block.block === 'sentence') return sentenceIn(block)
      if (block.block === 'chart') return pictureIn(block, pictures.get(block))
      return tableIn(block.table, { speech, rows: MAIL_ROWS, href })
    })}`
}

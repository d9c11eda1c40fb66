import pdfmake from 'pdfmake'
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { palettes } from '../charts/palette.ts'
import { createSpeech } from '../words/speech.ts'
import type { ReportDocument, ReportSection } from './document.ts'
import { FONT, FONT_FILES, OTHER_FONT } from './fonts.ts'
import { figuresOn, heading, noticesOn, pictureOn, sentenceOn, words } from './pdf-blocks.ts'
import { tableOn } from './pdf-table.ts'
import { settingOf, type Setting } from './type-setting.ts'

const faces = ({ normal, bold }: { normal: string; bold: string }) => ({ normal, bold, italics: normal, bolditalics: bold }) // prettier-ignore
pdfmake.setFonts({ [FONT]: faces(FONT_FILES[FONT]), [OTHER_FONT]: faces(FONT_FILES[OTHER_FONT]) })
const FILES: readonly string[] = Object.values(FONT_FILES).flatMap(({ normal, bold }) => [normal, bold])
pdfmake.setLocalAccessPolicy((path: string) => FILES.includes(path))
pdfmake.setUrlAccessPolicy(() => false)

/** Rows of a table on paper. */
export const PDF_ROWS = 50
/** Below this part of the page no heading begins: what follows it would stand on the next. */
const LOWEST = 0.84

const { text: ink, muted } = palettes.light

/** A report on A4, typeset: the same document gives the same bytes. */
export async function pdfOf(document: ReportDocument): Promise<Uint8Array> {
  const made = pdfmake.createPdf(definitionOf(document))
  return new Uint8Array(await made.getBuffer())
}

function definitionOf(document: ReportDocument): TDocumentDefinitions {
  const { title, company, language, published_at } = document
  const at = new Date(published_at)
  const speech = createSpeech(document)
  const asOf = `${speech.say('evidence_as_of')} ${speech.day(document.as_of)}`
  return {
    pageSize: 'A4',
    pageOrientation: turnOf(document.sections[0]),
    pageMargins: [40, 54, 40, 48],
    language: language === 'zh' ? 'zh-CN' : 'en',
    info: {
      title,
      author: company,
      creator: 'Trueworth',
      producer: 'Trueworth',
      creationDate: at,
      modDate: at,
    },
    displayTitle: true,
    defaultStyle: { font: FONT, fontSize: 9, color: ink, lineHeight: 1.15 },
    header: () => beside(words(title), words(company), [40, 26, 40, 0]),
    footer: (page, pages) => beside(words(asOf), words(`${page} / ${pages}`), [40, 18, 40, 0]),
    pageBreakBefore: (node) => node.headlineLevel !== undefined && (node.startPosition?.verticalRatio ?? 0) > LOWEST,
    content: [...headOf(document), ...bodyOf(document)],
  }
}

const beside = (left: Content, right: Content, margin: [number, number, number, number]): Content => ({
  margin,
  fontSize: 7.5,
  color: muted,
  columns: [
    { text: left, width: '*' },
    { text: right, width: 'auto', alignment: 'right' },
  ],
})

function headOf(document: ReportDocument): Content[] {
  const { title, about, sections } = document
  const speech = createSpeech(document)
  return [
    { text: words(title), fontSize: 20, bold: true, margin: [0, 0, 0, 6] },
    {
      fontSize: 8.5,
      margin: [0, 0, 0, 10],
      columnGap: 14,
      columns: about.map((line) => ({
        width: 'auto',
        stack: [{ text: words(line.words), color: muted, fontSize: 7.5 }, { text: words(line.text) }],
      })),
    },
    ...noticesOn(document),
    ...(sections.length === 0 ? [{ text: words(speech.say('report_empty')), margin: [0, 12, 0, 0] } as Content] : []),
  ]
}

type Turn = Setting['orientation']

/** A section without pictures lies across from its beginning where one of its tables does. */
function turnOf(section: ReportSection | undefined): Turn {
  const blocks = section?.blocks ?? []
  if (blocks.some(({ block }) => block === 'chart')) return 'portrait'
  const tables = blocks.filter((block) => block.block === 'table')
  return tables.some(({ table }) => settingOf(table, PDF_ROWS).orientation === 'landscape') ? 'landscape' : 'portrait'
}

/** The sections and what they stand on; a table that needs the width has pages of its own, across. */
function bodyOf(document: ReportDocument): Content[] {
  const content: Content[] = []
  let now = turnOf(document.sections[0])
  const add = (turn: Turn, stack: Content[], isNewPage = false): void => {
    const turned = turn !== now || isNewPage
    now = turn
    content.push({ stack, ...(turned ? { pageBreak: 'before' as const, pageOrientation: turn } : {}) })
  }
  document.sections.forEach((section, at) => {
    const turn = turnOf(section)
    add(turn, sectionHead(section, document), at > 0)
    for (const block of section.blocks) {
      if (block.block === 'figures') add(turn, figuresOn(block, turn))
      if (block.block === 'sentence') add(now, sentenceOn(block))
      if (block.block === 'chart') add('portrait', pictureOn(block))
      if (block.block === 'table') {
        const { orientation, stack } = tableOn(block.table, { document, rows: PDF_ROWS, now, href: section.href })
        add(orientation, stack)
      }
    }
  })
  const { orientation, stack } = tableOn(document.sources, { document, rows: Infinity, now, href: undefined })
  const { warehouse_version: version, recipient } = document
  const made = createSpeech(document).say('report_made_by', { version, recipient })
  add(orientation, [...stack, { text: words(made), color: muted, fontSize: 7.5, margin: [0, 8, 0, 0] }])
  return content
}

function sectionHead({ title, intro, filters, href }: ReportSection, document: ReportDocument): Content[] {
  const live = createSpeech(document).say('report_live')
  return [
    { ...heading(title, 15), margin: [0, 8, 0, 2] },
    { text: words(intro), color: muted },
    {
      margin: [0, 2, 0, 8],
      fontSize: 8.5,
      columns: [
        { text: words(filters), width: '*' },
        ...(href === undefined ? [] : [{ text: live, link: href, color: palettes.light.accent, width: 'auto' }]),
      ],
    },
  ]
}

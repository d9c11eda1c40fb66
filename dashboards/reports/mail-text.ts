import { createSpeech, type Speech } from '../words/speech.ts'
import { isFigure, type ReportBlock, type ReportDocument, type ReportFigure, type ReportSection, type ReportTable } from './document.ts' // prettier-ignore
import { MAIL_ROWS } from './mail-blocks.ts'
import { cutWords } from './tables.ts'

/** A report in plain text: all its words and figures. Lines are not broken, since each client does so by its own width. */
export function mailText(document: ReportDocument): string {
  const speech = createSpeech(document)
  const { title, about, notices, sections, sources, warehouse_version: version, recipient } = document
  const parts = [
    underlined(title, '='),
    about.map(({ words, text }) => `${words}${colon(speech)}${text}`).join('\n'),
    notices.map(({ severity, words }) => `[${speech.say(`report_${severity}`)}] ${words}`).join('\n'),
    ...(sections.length === 0 ? [speech.say('report_empty')] : []),
    ...sections.flatMap((section) => sectionText(section, speech)),
    tableText(sources, Infinity, speech),
    speech.say('report_made_by', { version, recipient }),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

const colon = ({ language }: Speech): string => (language === 'zh' ? '：' : ': ')

const underlined = (text: string, line: string): string => `${text}\n${line.repeat(Math.min(60, text.length * 2))}`

function sectionText({ title, intro, filters, href, blocks }: ReportSection, speech: Speech): string[] {
  const live = href === undefined ? '' : `${speech.say('report_live')}${colon(speech)}${href}`
  const head = [underlined(title, '-'), intro, filters, live].filter((line) => line !== '').join('\n')
  return [head, ...blocks.map((block) => blockText(block, speech))]
}

function blockText(block: ReportBlock, speech: Speech): string {
  if (block.block === 'sentence') return [block.headline, ...block.rest].filter((text) => text !== '').join('\n')
  if (block.block === 'figures') return block.figures.map((figure) => figureText(figure, speech)).join('\n')
  if (block.block === 'chart') return block.alternative
  return tableText(block.table, MAIL_ROWS, speech)
}

function figureText({ words, full, change, doubts }: ReportFigure, speech: Speech): string {
  return [`${words}${colon(speech)}${full}`, change, ...doubts].filter((text) => text !== '').join(' · ')
}

/** Each row on a line: what it is, then its figures by name. */
function tableText(table: ReportTable, shown: number, speech: Speech): string {
  const { title, about, columns, rows } = table
  const lines = rows.slice(0, shown).map((cells) => {
    const named = cells.map((cell, at) => ({ cell, column: columns[at] }))
    const names = named.flatMap(({ cell, column }) => (column !== undefined && isFigure(column) ? [] : [cell.text]))
    const figures = named.flatMap(({ cell, column }) =>
      column !== undefined && isFigure(column) ? [`${column.words} ${cell.text}`] : [],
    )
    const name = names.filter((text) => text !== '').join(' · ')
    return `- ${name}${figures.length === 0 ? '' : `${colon(speech)}${speech.list(figures)}`}`
  })
  const none = rows.length === 0 ? speech.say('table_no_rows') : ''
  return [title, about, none, ...lines, cutWords(table, shown, speech)].filter((line) => line !== '').join('\n')
}

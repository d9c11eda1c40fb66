import { createSpeech, type Speech } from '../words/speech.ts'
import { tablesOf, type ReportCell, type ReportColumn, type ReportDocument, type ReportTable } from './document.ts'
import { cutWords } from './tables.ts'

const textCell = (text: string): ReportCell => ({ value: text, text })
const textColumn = (name: string, words: string): ReportColumn => ({ name, words, kind: 'words' })

/** All of a report as tables: what it says in words, its figures, each of its tables, what all of them stand on. */
export function sheetsOf(document: ReportDocument): readonly ReportTable[] {
  const speech = createSpeech(document)
  const figures = figuresTable(document, speech)
  return [
    aboutTable(document, speech),
    ...(figures.rows.length === 0 ? [] : [figures]),
    ...tablesOf(document).map(({ table }) => table),
    document.sources,
  ]
}

/** What a reader must know first, then what each section found. */
function aboutTable(document: ReportDocument, speech: Speech): ReportTable {
  const { title, about, notices, sections } = document
  const rows = [
    ...notices.map(({ severity, words }) => [speech.say(`report_${severity}`), words]),
    [speech.say('report_fact'), title],
    ...about.map(({ words, text }) => [words, text]),
    ...sections.flatMap((section) => [
      [speech.say('report_section'), [section.title, section.filters].filter((text) => text !== '').join(' · ')],
      ...section.blocks.flatMap((block) =>
        block.block === 'sentence'
          ? [block.headline, ...block.rest].filter((text) => text !== '').map((text) => [section.title, text])
          : [],
      ),
    ]),
    ...tablesOf(document)
      .map(({ table }) => [table.title, cutWords(table, table.rows.length, speech)])
      .filter(([, cut]) => cut !== ''),
  ].map((texts) => texts.map(textCell))
  const columns = [textColumn('what', speech.say('report_what')), textColumn('text', speech.say('report_text'))]
  return { name: 'about', title: speech.say('report_about'), about: '', columns, rows, total: rows.length }
}

/** All figures one below the other, each in its own unit. */
function figuresTable({ sections }: ReportDocument, speech: Speech): ReportTable {
  const rows = sections.flatMap((section) =>
    section.blocks.flatMap((block) =>
      block.block !== 'figures'
        ? []
        : block.figures.map((figure): ReportCell[] => [
            textCell(section.title),
            textCell(figure.words),
            { value: figure.value, text: figure.full, unit: figure.unit },
            textCell(figure.change),
            textCell(figure.coverage),
            textCell(figure.doubts.join(' ')),
          ]),
    ),
  )
  const columns: ReportColumn[] = [
    textColumn('section', speech.say('report_section')),
    { ...textColumn('figure', speech.say('report_figure')), kind: 'name' },
    { name: 'value', words: speech.say('report_value'), kind: 'number' },
    textColumn('change', speech.say('report_change')),
    textColumn('coverage', speech.say('evidence_coverage')),
    textColumn('doubts', speech.say('report_doubts')),
  ]
  return { name: 'figures', title: speech.say('report_figures'), about: '', columns, rows, total: rows.length }
}

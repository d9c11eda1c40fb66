import { html } from 'hono/html'
import type { PageData } from '../client/page-data.ts'
import { knownAt, queryOf, tableView, type Answers, type PageQuestion } from '../answers.ts'
import { chosen, conditions, hrefWith, periodInSentence } from '../filters.ts'
import type { Block, ChartBlock, FindingBlock, Html, KpiBlock, PageDefinition, TableBlock } from '../page.ts'
import { chartData, chartFigure } from './chart.ts'
import { evidenceLine, evidenceSection } from './evidence.ts'
import { filterForm } from './filter-form.ts'
import { kpiRow } from './kpi.ts'
import { answerList, columnsOf, tableCard } from './table.ts'
import { dataBlock, type View } from './view.ts'

/** The body of a page of figures: heading, filters, its rows of blocks, and what the figures stand on. */
export function figuresPage(question: PageQuestion, answers: Answers, view: View): readonly Html[] {
  const { definition } = question
  const { speech } = view
  return [
    html`<div class="page-head">
      <div>
        <h1>${speech.say(definition.title)}</h1>
        <p class="intro">${speech.say(definition.intro)}</p>
      </div>
      ${evidenceLine(answers.figures, view)}
    </div>`,
    filterForm(definition, answers, view),
    ...rowsOf({ question, answers, view }),
    dataBlock('page-data', browserData(definition, answers, view)),
  ]
}

/** The same without anything that asks for another page: to be kept, sent and printed. */
export function figuresAlone(question: PageQuestion, answers: Answers, view: View): readonly Html[] {
  return [
    html`<div class="page-head">
      <h1>${view.speech.say(question.definition.title)}</h1>
      ${evidenceLine(answers.figures, view)}
    </div>`,
    ...rowsOf({ question, answers, view }),
  ]
}

interface Parts {
  readonly question: PageQuestion
  readonly answers: Answers
  readonly view: View
}

/** The rows of blocks, and what all of them stand on. */
function rowsOf(parts: Parts): readonly Html[] {
  const { question, answers, view } = parts
  const used = question.definition.rows.flat().map((block) => answers.answerOf(block))
  return [...question.definition.rows.map((blocks) => row(blocks, parts)), evidenceSection(answers, used, view)]
}

function row(blocks: readonly Block[], parts: Parts): Html {
  const { answers, view } = parts
  const kpis = blocks.filter((block): block is KpiBlock => block.block === 'kpi')
  const charts = blocks.filter((block): block is ChartBlock => block.block === 'chart')
  return html`${kpis.length === 0 ? '' : kpiRow(kpis, answers, view)}
  ${blocks.filter((block) => block.block === 'finding').map((block) => found(block, parts))}
  ${charts.length === 0 ? '' : html`<div class="charts">${charts.map((block) => chartFigure(block, answers, view))}</div>`}
  ${blocks.filter((block) => block.block === 'table').map((block) => tableOf(block, parts))}
  ${blocks.filter((block) => block.block === 'list').map((block) => answerList(block, answers.answerOf(block), view))}`
}

function found(block: FindingBlock, { question, answers, view }: Parts): Html {
  const filter = question.definition.filters.find(({ field }) => field === 'period')
  const period = filter === undefined ? 'all_time' : chosen(filter, question.url)
  return block.find(answers.answerOf(block), view.speech, {
    period: periodInSentence(period, view.speech),
    hrefWith: (changes) => hrefWith(question.url, changes),
    orders: view.orders && view.sight.may('set_classes') && knownAt(question.url) === undefined,
    opens: view.opens,
  })
}

function tableOf(block: TableBlock, { question, answers, view }: Parts): Html {
  const where = conditions(question.definition, question.url)
  return tableCard(block, answers, view, queryOf(block, question, where))
}

/** What the browser part needs: how to speak, the charts, and the columns of the table that a chart filters. */
function browserData(definition: PageDefinition, answers: Answers, view: View): PageData {
  const { language, currency, timeZone } = view.speech
  const blocks = definition.rows.flat()
  const charts = blocks.filter((block) => block.block === 'chart')
  const table = blocks.find((block) => block.block === 'table')
  return {
    manner: { language, currency, timeZone },
    charts: Object.fromEntries(charts.map((block) => [block.chart.name, chartData(block, answers, view)])),
    columns: table === undefined ? [] : columnsOf(table, answers.answerOf(table), view),
    order: table === undefined ? '' : tableView(table, view.url).order,
  }
}

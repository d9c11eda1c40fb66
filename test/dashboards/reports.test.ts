import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ROWS } from '../../dashboards/reports/compose.ts'
import { checkAddress, REPORT_PAGES } from '../../dashboards/reports/parts.ts'
import { pinnedPeriod } from '../../dashboards/reports/periods.ts'
import { plainText } from '../../dashboards/reports/plain-text.ts'
import { tablesOf, type ReportBlock, type ReportDocument } from '../../dashboards/reports/document.ts'
import { html } from 'hono/html'
import { ConfigError, QueryError } from '../../errors.ts'
import type { Answer } from '../../models/metrics/metric.ts'
import { parseExploration } from '../../models/metrics/exploration.ts'
import { HOSTILE_NAME, openMartsCompany, viewer, type MartsCompany } from './marts-company.ts'
import { report } from './report-parts.ts'

let company: MartsCompany
before(async () => {
  company = await openMartsCompany()
})
after(() => company.close())

const blocksOf = <Kind extends ReportBlock['block']>({ sections }: ReportDocument, kind: Kind) =>
  sections.flatMap(({ blocks }) => blocks).filter((block): block is Extract<ReportBlock, { block: Kind }> => block.block === kind) // prettier-ignore

const during = (period: string) => [
  { field: 'period', operator: 'eq' as const, values: [period] },
  { field: 'customer_kind', operator: 'eq' as const, values: ['direct'] },
]

describe('a report', () => {
  test('has the figures of the questions behind it, of the last month that is over', async () => {
    const document = await report(company)
    const figures = blocksOf(document, 'figures').flatMap((block) => block.figures)
    const metrics = ['revenue', 'profit', 'direct_service_cost']
    const answer = await company.ask(viewer, { metrics, by: [], where: during('2025-12'), order: [] })
    for (const name of metrics) {
      const figure = figures.find((each) => each.name === name)
      assert.equal(figure?.value, Number(answer.rows[0]?.[name]), name)
    }
    assert.match(document.about.map(({ text }) => text).join(), /Dec 2025/)
  })

  test('has the rows of its tables in the order of the page, each as the question answers it', async () => {
    const document = await report(company, { rows: ROWS.files })
    const table = tablesOf(document).find(({ table: each }) => each.name === 'table_drops_title')?.table
    const answer = await company.ask(viewer, {
      metrics: ['revenue', 'rank_drop', 'service_hours'],
      by: ['customer'],
      where: during('2025-12'),
      order: ['-rank_drop', 'customer'],
    })
    assert.ok(table !== undefined && answer.total > 100)
    assert.equal(table.rows.length, answer.total)
    const place = (name: string): number => table.columns.findIndex((column) => column.name === name)
    for (const name of ['customer_label', 'revenue', 'rank_drop', 'service_hours'])
      assert.deepEqual(
        table.rows.map((cells) => cells[place(name)]?.value),
        answer.rows.map((row) => (name === 'customer_label' ? row[name] : Number(row[name]))),
        name,
      )
  })

  test('says how many rows it leaves out, and leads to the page that has them, under the same months', async () => {
    const document = await report(company, { rows: 20 })
    const [table] = blocksOf(document, 'table')
    assert.equal(table?.table.rows.length, 20)
    assert.ok((table?.table.total ?? 0) > 100)
    assert.equal(document.sections[0]?.href, 'https://reports.test/customers?period=2025-12')
  })

  test('says its finding in plain text, without the links of the page and without its markup', async () => {
    for (const language of ['en', 'zh'] as const) {
      const [sentence] = blocksOf(await report(company, { language }), 'sentence')
      assert.ok(sentence !== undefined && sentence.headline.length > 20)
      const text = [sentence.headline, ...sentence.rest].join('\n')
      assert.ok(text.includes(HOSTILE_NAME), text)
      assert.doesNotMatch(text, /strong|href|&amp;|List the costliest|列出/)
      assert.match(text, language === 'en' ? /big customers lost you money in Dec 2025/ : /2025年12月/)
    }
  })

  test('warns at its top of old sources and of figures that too few records stand behind', async () => {
    const document = await report(company, { notices: [{ severity: 'error', words: 'An audit failed.' }] })
    assert.equal(document.notices[0]?.words, 'An audit failed.')
    const warned = document.notices.filter(({ severity }) => severity === 'warning').map(({ words }) => words)
    assert.ok(
      warned.some((words) => words.includes('phone') && !words.includes('crm')),
      warned.join(),
    )
    assert.ok(
      warned.some((words) => /Too few records.*Service revenue \(60%/.test(words)),
      warned.join(),
    )
  })

  test('speaks the language of its reader, names and ids aside', async () => {
    const document = await report(company, { language: 'zh' })
    const words = [
      ...document.about.map((line) => line.words),
      ...document.sections.flatMap(({ title, intro }) => [title, intro]),
      ...tablesOf(document).flatMap(({ table }) => [table.title, ...table.columns.map((column) => column.words)]),
      ...document.sources.columns.map((column) => column.words),
    ]
    for (const each of words) assert.match(each, /\p{Script=Han}/u)
  })

  test('has a saved exploration as table and picture, with the same figures', async () => {
    const exploration = parseExploration(
      new URLSearchParams('metrics=revenue&by=region&period=last_year'.replace('last_year', '2025')),
    )
    const document = await report(company, { parts: [{ exploration, name: 'By region' }] })
    const answer = await company.ask(viewer, { ...exploration.query, order: ['-revenue'] })
    const [table] = blocksOf(document, 'table')
    assert.deepEqual(
      table?.table.rows.map((cells) => cells[1]?.value),
      answer.rows.map((row) => Number(row['revenue'])),
    )
    const [picture] = blocksOf(document, 'chart')
    assert.match(picture?.svg ?? '', /<svg[^>]*>/)
    assert.match(picture?.alternative ?? '', /华东 – Revenue/)
    assert.match(document.sections[0]?.href ?? '', /\/explore\?.*by=region/)
  })

  test('has a saved exploration in spans of time with its spans, one over a comparison too', async () => {
    const parts = ['grain=quarter', 'compare=last_year&where=revenue_difference:lte:0&by=region'].map((text) => {
      const exploration = parseExploration(new URLSearchParams(`metrics=revenue&period=2025&${text}`))
      return { exploration, name: text }
    })
    const { sections } = await report(company, { parts })
    const rows = sections.map(({ blocks }) => blocks.flatMap((each) => (each.block === 'table' ? each.table.rows : [])))
    assert.deepEqual(rows[0]?.map(([span]) => span?.text), ['2025 Q1', '2025 Q2', '2025 Q3', '2025 Q4']) // prettier-ignore
    assert.equal(rows[1]?.length, 4)
  })

  test('is the same for the same figures, whatever was drawn before', async () => {
    const one = await report(company)
    await report(company, { language: 'zh' })
    assert.deepEqual(await report(company), one)
  })

  test('is of one version: it asks again where a run published meanwhile, and gives up where that does not end', async () => {
    let asked = 0
    const versioned =
      (versionOf: (count: number) => number) =>
      async (...question: Parameters<typeof company.ask>): Promise<Answer> => {
        const answer = await company.ask(...question)
        asked += 1
        return { ...answer, evidence: { ...answer.evidence, warehouse_version: versionOf(asked) } }
      }
    const document = await report(company, { ask: versioned((count) => (count < 5 ? 3 : 4)) })
    assert.equal(document.warehouse_version, 4)
    await assert.rejects(report(company, { ask: versioned((count) => count) }), QueryError)
  })
})

describe('what a reader may not see', () => {
  test('is left out: figures, columns, filters, and parts that have nothing left, which is said without their names', async () => {
    const hides = new Set(['region', 'service_hours', 'leads'])
    const sight = { sees: (name: string) => !hides.has(name), may: () => false }
    const document = await report(company, {
      sight,
      parts: [{ address: '/customers?region=East' }, { address: '/leads' }],
    })
    assert.equal(document.sections.length, 1)
    assert.equal(document.notices.filter(({ words }) => words.includes('1 parts')).length, 1)
    assert.deepEqual(JSON.stringify(document).match(/Leads|East/), null)
    assert.equal(document.sections[0]?.href, 'https://reports.test/customers')
    assert.ok(tablesOf(document).every(({ table }) => table.columns.every(({ name }) => !hides.has(name))))
    assert.equal(blocksOf(document, 'chart').filter(({ name }) => name === 'value-against-load').length, 0)
  })
})

describe('the address of a part', () => {
  test('is refused with what would be valid: the page, the filter, the period', () => {
    const refused = (address: string, words: RegExp): void =>
      assert.throws(
        () => checkAddress(address, 'reports.monthly.parts[0]'),
        (error) => error instanceof ConfigError && error.message.startsWith('reports.monthly.parts[0]: ') && words.test(error.message), // prettier-ignore
      )
    refused('/customrs', /'\/customrs' is no page.*Did you mean '\/customers'/)
    refused('/customers?clas=key', /no filter 'clas'.*Did you mean 'class'/)
    refused('/customers?period=yesterday', /'yesterday' is no period.*last_month/)
    refused('/leads?period=2025', /no filter 'period'/)
  })

  test('may be every page that has figures', () => {
    for (const path of REPORT_PAGES) checkAddress(path, 'here')
    checkAddress('/customers?class=key&period=last_quarter&sort=profit', 'here')
    checkAddress('/leads?owner=Anna', 'here')
  })

  test('means months that are over on the business date', () => {
    const periods = ['last_month', 'last_quarter', 'last_year', 'trailing_12'] as const
    const on = (asOf: string) => periods.map((period) => pinnedPeriod(period, asOf))
    assert.deepEqual(on('2026-06-30'), ['2026-06', '2026-04..2026-06', '2025', 'trailing_12'])
    assert.deepEqual(on('2026-06-29'), ['2026-05', '2026-01..2026-03', '2025', 'trailing_12'])
    assert.deepEqual(on('2025-12-31'), ['2025-12', '2025-10..2025-12', '2025', 'trailing_12'])
    assert.deepEqual(on('2026-01-01'), ['2025-12', '2025-10..2025-12', '2025', 'trailing_12'])
  })
})

test('a finding loses its markup, not its words', async () => {
  const name = '<b>A & "B"</b> · ok'
  const told = html`<div class="finding">
    <p class="headline">One: <strong>${name}</strong> .</p>
    <p>Two <a href="/x?a=1&b=2">elsewhere</a> · <a href="/y">too</a></p>
    <p><a href="/z">only a link</a></p>
  </div>`
  assert.deepEqual(await plainText(told), { headline: `One: ${name}.`, rest: ['Two'] })
})

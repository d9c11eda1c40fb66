// What an address of Explore asks for, and what its form, its links and its pictures make of it.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createApi } from '../../api/app.ts'
import { drawingsOf } from '../../dashboards/charts/explored.ts'
import { shownOf } from '../../dashboards/explore/answer.ts'
import { addressOf, readAsked } from '../../dashboards/explore/question.ts'
import { createSpeech } from '../../dashboards/words/speech.ts'
import { dimensions, metrics } from '../../models/metrics/catalogue.ts'
import type { Show } from '../../models/metrics/exploration.ts'
import type { Answer, MetricQuery } from '../../models/metrics/metric.ts'
import { parseMetricQuery } from '../../models/metrics/query-string.ts'
import { openMartsCompany, pagesOf, status, viewer, type MartsCompany } from './marts-company.ts'

const catalogue = { metrics, dimensions }
const speech = createSpeech({ language: 'en', currency: 'CNY', timeZone: 'Asia/Shanghai' })

describe('questions of Explore', () => {
  let company: MartsCompany
  before(async () => {
    company = await openMartsCompany()
  })
  after(() => company.close())

  const pages = () => pagesOf(company)
  /** The page that an address leads to, as a browser opens it. */
  const open = async (address: string): Promise<{ address: string; status: number; text: string }> => {
    const answer = await pages().request(address)
    const moved = answer.headers.get('location')
    return moved === null ? { address, status: answer.status, text: await answer.text() } : open(moved)
  }
  /** The address of what the form of a page sends, some of its fields changed; a name with null sends nothing. */
  const sent = (text: string, changes: Readonly<Record<string, string | null>> = {}): string => {
    const form = /<form[^>]*id="explore-form"[^]*?<\/form>/.exec(text)?.[0] ?? assert.fail('there is no form')
    const fields = [
      ...[...form.matchAll(/<input ([^>]*?)\/?>/g)]
        .map(([, tag = '']) => tag)
        .filter((tag) => !/type="checkbox"/.test(tag) || /\bchecked\b/.test(tag))
        .map((tag) => [/ ?name="([^"]*)"/.exec(tag)?.[1], /value="([^"]*)"/.exec(tag)?.[1] ?? '']),
      ...[...form.matchAll(/<select name="([^"]*)"[^]*?<\/select>/g)].map(([select, name]) => [
        name,
        /<option value="([^"]*)" selected>/.exec(select)?.[1] ?? '',
      ]),
    ].flatMap(([name, value = '']) => (name === undefined || Object.hasOwn(changes, name) ? [] : [[name, value]]))
    const changed = Object.entries(changes).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))
    return `/explore?${new URLSearchParams([...fields, ...changed]).toString().replaceAll('%26amp%3B', '%26')}`
  }
  const headings = (text: string): string[] =>
    [...text.matchAll(/<th scope="col"[^>]*>\s*<a[^>]*>([^<]*)</g)].map(([, words = '']) => words)
  const linkTo = (text: string, words: string): string =>
    (new RegExp(`href="([^"]*)"[^>]*aria-label="${words}"`).exec(text)?.[1] ?? assert.fail(words)).replaceAll('&amp;', '&') // prettier-ignore
  const picture = async (text: string, show: Exclude<Show, 'table'>) => {
    const query = parseMetricQuery(new URLSearchParams(text))
    const asked: MetricQuery[] = []
    const ask = async (each: MetricQuery) => {
      asked.push(each)
      return company.ask(viewer, each)
    }
    const { pictured, page } = await shownOf(query, show, { ask, catalogue })
    assert.ok(pictured)
    return { query, pictured, page, asked, drawings: drawingsOf(pictured, query.metrics, speech) }
  }

  test('spans of time without a time to cut stand beside the months that the API adds', async () => {
    const one = await open('/explore?metrics=revenue&period=2025&grain=quarter')
    assert.equal(one.address, '/explore?metrics=revenue&by=month&period=2025&grain=quarter')
    assert.match(one.text, /Revenue by Quarters · 2025/)
    for (const quarter of ['2025 Q1', '2025 Q2', '2025 Q3', '2025 Q4'])
      assert.ok(one.text.includes(`<td>${quarter}</td>`))
    const { text } = await open('/explore?metrics=revenue&by=region&period=2025&grain=quarter')
    assert.deepEqual(headings(text), ['Region', 'Quarters', 'Revenue'])
    assert.match(text, /id="by-month"[^>]*checked/)
    assert.match(text, /1–16 of 16/)
  })

  test('who takes the months out takes their spans out with them', async () => {
    const { text } = await open('/explore?metrics=revenue&by=month,region&period=2025&grain=quarter')
    assert.equal(linkTo(text, 'Take out Month'), '/explore?metrics=revenue&by=region&period=2025')
    assert.equal((await open(sent(text, { by: 'region' }))).address, '/explore?metrics=revenue&by=region&period=2025')
    const quarters = '/explore?metrics=revenue&by=month,region&period=2025&grain=quarter'
    assert.equal((await open(sent(text))).address, quarters)
  })

  test('in spans of time a series is one of the largest as a whole', async () => {
    const { pictured, drawings } = await picture('metrics=revenue&by=month,customer&period=2025&grain=quarter', 'line')
    assert.deepEqual([pictured.drawn, pictured.of], [6, 240])
    assert.equal(new Set(drawings[0]?.rows.map(({ series }) => series)).size, 6)
    assert.equal(drawings[0]?.rows.length, 24)
  })

  test('stacks of spans sum to the whole', async () => {
    const text = 'metrics=revenue&by=month,customer&period=2025&grain=quarter'
    const { query, pictured, drawings } = await picture(text, 'stacked')
    const whole = await company.ask(viewer, { ...query, by: ['month'], order: ['month'] })
    const sums = Map.groupBy(drawings[0]?.rows ?? [], ({ label }) => label)
    assert.deepEqual(
      [...sums.values()].map((rows) => rows.reduce((sum, row) => sum + Number(row['revenue'] ?? 0), 0).toFixed(2)),
      whole.rows.map((row) => Number(row['revenue']).toFixed(2)),
    )
    assert.equal(new Set(pictured.leaders?.rows.map((row) => row['customer'])).size, 6)
  })

  test('where a figure is filtered the picture draws cells of the table and nothing else', async () => {
    for (const [filter, show] of [
      ['revenue:gt:90000', 'stacked'],
      ['revenue:lt:4500', 'stacked'],
      ['revenue:lt:4500', 'line'],
    ] as const) {
      const { query, pictured, drawings } = await picture(`metrics=revenue&by=month,customer&period=2025&where=${filter}`, show) // prettier-ignore
      const table = await company.ask(viewer, { ...query, limit: 10_000 })
      const customers = new Set(table.rows.map((row) => row['customer']))
      assert.equal(pictured.whole, undefined, filter)
      assert.deepEqual([pictured.drawn, pictured.of], [Math.min(6, customers.size), customers.size], filter)
      const figures = new Set(table.rows.map((row) => Number(row['revenue'])))
      const drawn = drawings[0]?.rows.map((row) => row['revenue']).filter((figure) => figure !== null) ?? []
      assert.ok(drawn.length > 0, filter)
      assert.ok(
        drawn.every((figure) => figures.has(Number(figure))),
        filter,
      )
    }
    const { pictured } = await picture('metrics=revenue&by=month,customer&period=2025&where=revenue:lt:0', 'stacked')
    assert.deepEqual([pictured.drawn, pictured.answer.rows.length], [0, 0])
  })

  test('what a comparison adds can be filtered and ordered by, in every picture', async () => {
    const question = 'metrics=revenue,profit&by=region&period=2025&compare=last_year'
    for (const show of ['', '&show=bar', '&show=scatter'])
      for (const rest of ['', '&top=2', '&totals=true']) {
        const search = `${question}&where=revenue_difference:lt:1000000000${rest}&order=-revenue_difference${show}`
        const { status: code, text, address } = await open(`/explore?${search}`)
        assert.equal(code, 200, address)
        assert.match(text, /Revenue: difference is less than/)
      }
    const two = 'metrics=revenue,profit_margin&by=industry,region&period=2025&compare=last_year'
    for (const show of ['stacked', 'bar'])
      assert.equal((await open(`/explore?${two}&where=profit_margin_relative:lt:0.5&show=${show}`)).status, 200, show)
    const lines = await open('/explore?metrics=revenue&by=month&period=2025&compare=previous&where=revenue_difference:lte:0') // prettier-ignore
    assert.equal(lines.status, 200)
    assert.match(lines.text, /data-chart="explore-0"/)
    const alone = await open('/explore?metrics=revenue&by=region&where=revenue_difference:lt:0')
    assert.equal(alone.status, 400)
    assert.match(alone.text, /There is no “revenue_difference” here/)
  })

  test('a picture beside a comparison is of the figures in the table', async () => {
    const text = 'metrics=revenue,profit&by=region&period=2025&compare=last_year&top=2&order=-revenue_difference'
    const { pictured, page } = await picture(text, 'bar')
    assert.equal(pictured.answer.rows[0]?.['region'], page.rows[0]?.['region'])
    assert.equal(pictured.answer.rows.length, 4)
  })

  test('every order of the address is chosen in the form, so that the next change keeps it', async () => {
    for (const order of ['-revenue_difference', 'profit', '-profit_margin', 'region,-revenue']) {
      const { text } = await open(`/explore?metrics=revenue&by=region&period=2025&compare=last_year&order=${order}`)
      assert.match((await open(sent(text, { limit: '10' }))).address, new RegExp(`&order=${order}&limit=10$`), order)
    }
  })

  test('an order goes with what it orders by: a figure that is taken out, a comparison, a split', async () => {
    const question = 'metrics=revenue,profit&by=region&period=2025&compare=last_year'
    const { text } = await open(`/explore?${question}&where=revenue_relative:gt:-1&order=-revenue_difference`)
    const left = '/explore?metrics=profit&by=region&period=2025&compare=last_year'
    assert.equal(linkTo(text, 'Take out Revenue'), left)
    assert.equal((await open(left)).status, 200)
    const plain = (await open(`/explore?${question}&order=-revenue_difference`)).text
    assert.equal((await open(sent(plain, { metrics: 'profit' }))).address, left)
    const without = '/explore?metrics=revenue,profit&by=region&period=2025'
    assert.equal((await open(sent(plain, { compare: null }))).address, without)
    const top = (await open('/explore?metrics=revenue&by=region&period=2025&top=2&order=region')).text
    assert.equal(linkTo(top, 'Take out Region'), '/explore?metrics=revenue&period=2025')
    const conflict = await open('/explore?metrics=profit,request_volume&by=channel&period=2025&order=-profit_difference&compare=last_year') // prettier-ignore
    assert.match(
      conflict.text,
      /metrics=request_volume&amp;by=channel&amp;period=2025&amp;compare=last_year" data-within/,
    )
    assert.equal((await open('/explore?metrics=revenue&by=region&order=-revenu')).status, 400)
  })

  test('the instant of an address stays until another day is chosen', async () => {
    const question = '/explore?metrics=revenue&period=2025'
    const instant = '2026-01-04T22:00:00Z'
    const known = `${question}&known_at=${instant}`
    const { text } = await open(known.replace(instant, '2026-01-04T21:30:00Z'))
    assert.match(text, /name="known_at" value="2026-01-04"/)
    assert.equal((await open(sent(text))).address, `${question}&known_at=2026-01-04T21:30:00Z`)
    const address = (changes: Readonly<Record<string, string | null>>): string =>
      decodeURIComponent(addressOf(readAsked(new URL(sent(text, changes), 'http://x').searchParams)))
    assert.equal(address({ known_at: '2026-01-03' }), `${question}&known_at=2026-01-03`)
    assert.equal(address({ known_at: '' }), question)
    assert.equal(address({ known_at: null }), question)
  })

  test('a value that is ticked stays as the records have it, spaces and all', () => {
    const { query } = readAsked(new URLSearchParams('metrics=profit&field=region&operator=eq&value= 华东 &value=  '))
    assert.deepEqual(query.where, [{ field: 'region', operator: 'eq', values: [' 华东 '] }])
  })

  test('the address of the question at the API gives all rows, as files do', async () => {
    const { text } = await open('/explore?metrics=revenue&by=month,customer&period=2025')
    const [, link = ''] = /href="(\/api\/query[^"]*)">This question to the API/.exec(text) ?? []
    const api = createApi({
      queries: company.queries,
      status: async () => status,
      version: '0.1.0',
      loopback: true,
      onFault: (error) => assert.fail(String(error)),
      viewer: () => viewer,
    })
    const answer = await api.request(`http://localhost${link.replaceAll('&amp;', '&')}`)
    const { rows } = (await answer.json()) as Answer
    assert.equal(rows.length, 240 * 12)
  })
})

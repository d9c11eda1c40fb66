// What an address of Explore asks for, and what its form, its links and its pictures make of it.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createPages } from '../../dashboards/create-pages.ts'
import { drawingsOf } from '../../dashboards/charts/explored.ts'
import { shownOf } from '../../dashboards/explore/answer.ts'
import { createSpeech } from '../../dashboards/words/speech.ts'
import { dimensions, metrics } from '../../models/metrics/catalogue.ts'
import type { Show } from '../../models/metrics/exploration.ts'
import type { MetricQuery } from '../../models/metrics/metric.ts'
import { parseMetricQuery } from '../../models/metrics/query-string.ts'
import { openMartsCompany, status, viewer, type MartsCompany } from './marts-company.ts'

const catalogue = { metrics, dimensions }
const speech = createSpeech({ language: 'en', currency: 'CNY', timeZone: 'Asia/Shanghai' })

describe('questions of Explore', () => {
  let company: MartsCompany
  before(async () => {
    company = await openMartsCompany()
  })
  after(() => company.close())

  const pages = () =>
    createPages({
      ask: company.ask,
      pipelineStatus: async () => status,
      company: { name: 'Sample & Works', currency: 'CNY', timeZone: 'Asia/Shanghai' },
      sample: false,
      policy: { coverageThreshold: 0.7 },
      viewer: () => viewer,
      report: (error) => assert.fail(String(error)),
    })
  /** The page that an address leads to, as a browser opens it. */
  const open = async (address: string): Promise<{ address: string; status: number; text: string }> => {
    const answer = await pages().request(address)
    const moved = answer.headers.get('location')
    return moved === null ? { address, status: answer.status, text: await answer.text() } : open(moved)
  }
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
})

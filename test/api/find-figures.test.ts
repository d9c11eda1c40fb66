// What an assistant finds by plain words in the catalogue as it is.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findFigures, type Catalogue } from '../../api/mcp/find-figures.ts'
import { dimensions, metrics } from '../../models/metrics/catalogue.ts'
import { openCompany, type Company } from './company.ts'

let company: Company
let catalogue: Catalogue
before(async () => {
  company = await openCompany({ catalogue: { metrics, dimensions } })
  catalogue = (await (await company.app.request('/api/catalog')).json()) as Catalogue
})
after(() => company.close())

function found(words: string): { metrics: string[]; dimensions: string[] } {
  const { metrics, dimensions } = findFigures(catalogue, words)
  return { metrics: metrics.map(({ name }) => name), dimensions: dimensions.map(({ name }) => name) }
}

for (const [words, name] of [
  ['profits', 'profit'],
  ['customer profits', 'profit'],
  ['customer’s profit', 'profit'],
  ['客户的利润', 'profit'],
  ['how much revenue did each customer bring', 'revenue'],
  ['各地区的收入是多少', 'revenue'],
  ['service hours', 'service_hours'],
  ['每个客户的服务工时', 'service_hours'],
  ['win rate', 'win_rate'],
  ['赢单率', 'win_rate'],
  ['profit_rank', 'profit_rank'],
  ['complaint', 'complaints'],
  ['投诉', 'complaints'],
] as const)
  test(`the first metric for "${words}" is ${name}`, () => assert.equal(found(words).metrics[0], name))

test('margins by region are metrics of margin and the dimension region, in either language', () => {
  for (const words of ['margins by region', '按地区的毛利']) {
    const { metrics, dimensions } = found(words)
    assert.equal(metrics[0], 'sales_margin')
    assert.ok(!metrics.includes('service_won_opportunities'))
    assert.deepEqual(dimensions, ['region'])
  }
  assert.ok(found('margins by region').metrics.includes('profit_margin'))
})

test('a plural finds a dimension that is named in the singular', () => {
  assert.equal(found('engineers').dimensions[0], 'engineer')
})

test('words that say nothing find nothing, and every name is told', () => {
  for (const words of ['', 'a', 'by the', '的', 'e', '?']) {
    assert.deepEqual(found(words), { metrics: [], dimensions: [] }, words)
    assert.equal(findFigures(catalogue, words).others.length, catalogue.metrics.length + catalogue.dimensions.length)
  }
})

test('a part of a word is no word', () => {
  assert.deepEqual(found('rat').metrics, [])
})

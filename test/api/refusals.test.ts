import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as fc from 'fast-check'
import { openCompany, type Company } from './company.ts'

let company: Company
before(async () => {
  company = await openCompany()
})
after(async () => company.close())

interface Problem {
  readonly status: number
  readonly detail: string
  readonly field?: string
}

async function problem(search: string): Promise<Problem> {
  const response = await company.app.request(`/api/query?${search}`)
  assert.equal(response.headers.get('content-type'), 'application/problem+json', search)
  const body = (await response.json()) as Problem
  assert.equal(body.status, response.status)
  return body
}

test('every unknown word names its field, the nearest word and the valid ones', async () => {
  const said = async (search: string, field: string, detail: RegExp) => {
    const body = await problem(search)
    assert.equal(body.status, 400)
    assert.equal(body.field, field, body.detail)
    assert.match(body.detail, detail)
  }
  await said('metrics=revenu', 'metrics', /metric 'revenu' is unknown. Did you mean 'revenue'\? Valid: revenue, profit/)
  await said('metrics=', 'metrics', /metrics is empty/)
  await said('by=customer', 'metrics', /metrics/)
  await said('metrics=revenue&by=costumer', 'by', /Did you mean 'customer'/)
  await said('metrics=revenue&where=regoin:eq:x', 'where', /Did you mean 'region'/)
  await said('metrics=revenue&where=region:eqq:x', 'where', /Did you mean 'eq'/)
  await said('metrics=revenue&order=-revenu', 'order', /Did you mean 'revenue'/)
  await said('metrics=revenue&period=last_year', 'period', /Valid: trailing_12/)
  await said('metrics=revenue&where=period:gt:2025', 'period', /takes operator 'eq'/)
  await said('metrics=revenue&period=2025&period=2024', 'period', /once/)
  await said('metrics=revenue&limit=many', 'limit', /whole number/)
  await said('metrics=revenue&metric=profit', 'metric', /Did you mean 'metrics'/)
  await said('metrics=revenue&format=pdf', 'format', /json/)
  await said('metrics=revenue&where=revenue:gt:much', 'where', /'much' is not a number/)
  for (const text of ['0x10', '0b1', '1e999', '%20', '1_0', '-'])
    await said(
      `metrics=revenue&where=revenue:gt:${text}`,
      'where',
      text === '%20' ? /not a number/ : new RegExp(`'${text}' is not a number`),
    )
  await said('metrics=requests&where=opened_on:eq:2025-02-30', 'where', /is no day; write 2025-03-31/)
  await said('metrics=requests&where=urgent:eq:yes', 'where', /neither true nor false/)
  await said('metrics=requests&where=month:contains:2025', 'where', /works on text/)
  await said('metrics=requests&where=opened_on:gt:', 'where', /needs a value/)
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    await said(`metrics=${name}`, 'metrics', /is unknown/)
    await said(`metrics=revenue&by=${name}`, 'by', /is unknown/)
    await said(`metrics=revenue&where=${name}:eq:1`, 'where', /is unknown/)
    await said(`metrics=revenue&order=${name}`, 'order', /is unknown/)
  }
})

test('a figure that cannot be split by a dimension says which marts carry it and what is possible', async () => {
  const body = await problem('metrics=revenue,profit_margin&by=channel')
  assert.equal(
    body.detail,
    "revenue, profit cannot be split by 'channel': marts.months does not carry it; it is in marts.requests. Valid: month, customer, region.",
  )
  assert.equal((await problem('metrics=rank_drop&where=channel:eq:phone')).field, 'where')
})

test('what is not there and what is not possible are problems too', async () => {
  const missing = await company.app.request('/api/nothing')
  assert.equal(missing.status, 404)
  assert.equal(missing.headers.get('content-type'), 'application/problem+json')
  const wrong = await company.app.request('/api/query?metrics=revenue', { method: 'DELETE' })
  assert.equal(wrong.status, 405)
  assert.equal(wrong.headers.get('allow'), 'GET, HEAD')
  assert.equal(wrong.headers.get('content-type'), 'application/problem+json')
  assert.equal(wrong.headers.get('x-content-type-options'), 'nosniff')
})

const ATTACKS = [
  `'; DROP TABLE marts.months; --`,
  `" OR 1=1 --`,
  `x') OR ('1'='1`,
  `revenue) FROM marts.months; DELETE FROM marts.requests; --`,
  `1; ATTACH 'x.db'`,
  `$1`,
  `\\'; SELECT * FROM read_csv('/etc/passwd') --`,
  `%' OR '1'='1`,
  '\u0000',
]

test('no text in any parameter becomes SQL', async () => {
  const before = await company.warehouse.read((session) =>
    session.one('SELECT COUNT(*) AS n, SUM(revenue) AS s FROM marts.months'),
  )
  for (const attack of ATTACKS) {
    const text = encodeURIComponent(attack)
    for (const search of [
      `metrics=${text}`,
      `metrics=revenue&by=${text}`,
      `metrics=revenue&order=${text}`,
      `metrics=revenue&limit=${text}`,
      `metrics=revenue&offset=${text}`,
      `metrics=revenue&period=${text}`,
      `metrics=revenue&where=${text}:eq:1`,
      `metrics=revenue&where=region:${text}:1`,
      `metrics=revenue&where=revenue:gt:${text}`,
      `metrics=revenue&where=month:eq:${text}`,
      `metrics=revenue&format=${text}`,
      `metrics=revenue&lang=${text}`,
    ]) {
      assert.equal((await problem(search)).status, 400, search)
    }
    for (const operator of ['eq', 'contains', 'in', 'gt']) {
      const response = await company.app.request(
        `/api/query?metrics=revenue&by=customer&where=region:${operator}:${text}`,
      )
      assert.equal(response.status, 200)
    }
    const found = await company.app.request(`/api/query?metrics=revenue&by=customer&where=region:eq:${text}`)
    assert.deepEqual(((await found.json()) as { rows: unknown[] }).rows, [])
  }
  const after = await company.warehouse.read((session) =>
    session.one('SELECT COUNT(*) AS n, SUM(revenue) AS s FROM marts.months'),
  )
  assert.deepEqual(after, before)
})

test('any text at all is an answer or a refusal, never a fault', async () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('revenue', 'customer', 'region:eq:', '-1', '2025'),
  )
  const search = fc.record(
    { metrics: part, by: part, where: part, order: part, period: part, limit: part },
    { requiredKeys: [], noNullPrototype: true },
  )
  const check = async (parts: Record<string, string>): Promise<void> => {
    const response = await company.app.request(
      `/api/query?${new URLSearchParams({ metrics: 'revenue', ...parts }).toString()}`,
    )
    assert.ok([200, 400].includes(response.status), await response.text())
  }
  await fc.assert(fc.asyncProperty(search, check), { numRuns: 150 })
  assert.deepEqual(company.faults, [])
})

test('a fault of ours shows an id and nothing of SQL, stack or path, and is logged under that id', async () => {
  const broken = await openCompany()
  await broken.warehouse.write((session) => session.run('DROP TABLE marts.months'))
  for (const format of ['json', 'csv', 'arrow', 'parquet']) {
    const response = await broken.app.request(`/api/query?metrics=revenue&format=${format}`)
    const text = await response.text()
    assert.equal(response.status, 500)
    assert.match(text, /"instance":"urn:uuid:/)
    assert.doesNotMatch(text, /SELECT|marts|\.ts|does not exist/)
  }
  assert.equal(broken.faults.length, 4)
  await broken.close()
})

test('a refusal is said in the language that the caller asks for, and names it', async () => {
  const said = async (path: string, language: string) => {
    const response = await company.app.request(path, { headers: { 'Accept-Language': language } })
    const { title, detail } = (await response.json()) as { title: string; detail: string }
    return { title, detail, language: response.headers.get('content-language') }
  }
  assert.deepEqual(await said('/api/query?metrics=revenue&where=revenue:gt:many', 'zh-CN,zh;q=0.9,en;q=0.8'), {
    title: '请求有误',
    detail: 'where “revenue:gt:many”：“many”不是数字。',
    language: 'zh',
  })
  assert.deepEqual(await said('/api/query?metrics=revenue&where=revenue:gt:many', 'fr'), {
    title: 'Bad Request',
    detail: "where 'revenue:gt:many': 'many' is not a number.",
    language: 'en',
  })
  assert.match(
    (await said('/api/query?metrics=revenu', 'zh')).detail,
    /没有“revenu”。是否指“revenue”？可用：revenue、profit/,
  )
  assert.deepEqual(await said('/api/nothing', 'zh'), {
    title: '不存在',
    detail: '/api/nothing 没有内容。接口说明见 /openapi.json。',
    language: 'zh',
  })
})

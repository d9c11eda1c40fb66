import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { createPages, type PagesDeps } from '../../dashboards/create-pages.ts'
import { AccessError, QueryError } from '../../errors.ts'
import type { MetricQuery } from '../../models/metrics/metric.ts'
import { parseMetricQuery } from '../../models/metrics/query-string.ts'
import { HOSTILE_NAME, openMartsCompany, status, viewer, type MartsCompany } from './marts-company.ts'

let company: MartsCompany | undefined
let asked: MetricQuery[] = []

before(async () => {
  company = await openMartsCompany()
})
after(() => company?.close())

function pagesWith(changes: Partial<PagesDeps> = {}) {
  return createPages({
    ask: (who, query) => {
      asked.push(query)
      return company!.ask(who, query)
    },
    pipelineStatus: async () => status,
    company: { name: 'Sample & Works', currency: 'CNY', timeZone: 'Asia/Shanghai' },
    sample: false,
    policy: { coverageThreshold: 0.7 },
    viewer: () => viewer,
    ...changes,
  })
}

async function read(
  address: string,
  options: { pages?: ReturnType<typeof pagesWith>; headers?: Record<string, string> } = {},
) {
  const answer = await (options.pages ?? pagesWith()).request(address, { headers: options.headers ?? {} })
  return { answer, text: await answer.text() }
}

describe('customer value', () => {
  test('names the big customers that lost money, as counted from the answer', async () => {
    const { text } = await read('/customers')
    assert.match(text, /4 of your \d+ big customers lost you money in the last 12 months/)
    assert.match(text, /<strong>Northfield Pumps 5<\/strong>, <strong>江南泵业 4<\/strong>/)
  })

  test('a name is text wherever it stands, never markup', async () => {
    const { text } = await read('/customers')
    assert.ok(!text.includes(HOSTILE_NAME))
    assert.ok(text.includes('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; Söhne'))
    const data = /<script type="application\/json" id="page-data">(.*?)<\/script>/s.exec(text)?.[1] ?? ''
    assert.ok(JSON.stringify(JSON.parse(data)).includes('</script> & Söhne'))
  })

  test('a value of the URL is text too', async () => {
    const { text } = await read('/customers?region=%22%3E%3Cb%3Ex&sort=%22%3E%3Cb%3E&lang=%22%3E')
    assert.ok(!text.includes('"><b>'))
  })

  test('filters of the URL reach every question and come back selected', async () => {
    asked = []
    const { text } = await read(
      `/customers?period=2025&region=${encodeURIComponent('华东')}&kind=all&class=key&industry=Food`,
    )
    assert.match(text, /<option value="华东" selected>/)
    assert.match(text, /<option value="key" selected>/)
    assert.match(text, /<option value="2025" selected>/)
    const wanted = { field: 'region', operator: 'eq', values: ['华东'] }
    const figures = asked.filter((query) => query.where.some(({ values }) => values[0] === '2025'))
    assert.equal(figures.length, 5)
    for (const query of figures)
      assert.deepEqual(
        query.where.find(({ field }) => field === 'region'),
        wanted,
      )
  })

  test('equal questions are asked once', async () => {
    asked = []
    await read('/customers')
    assert.equal(new Set(asked.map((query) => JSON.stringify(query))).size, asked.length)
  })

  test('the table is sorted and paged by links', async () => {
    const { text } = await read('/customers?sort=-service_hours&page=2')
    assert.match(text, /aria-sort="descending"\s*>\s*<a href="\/customers\?sort=service_hours#table">Service hours/)
    assert.match(text, /26–50 of 206 customers/)
    assert.match(text, /href="\/customers\?sort=-service_hours&amp;page=3#table"/)
  })

  test('an order or a page that does not exist is the first of its kind', async () => {
    const { text, answer } = await read('/customers?sort=password&page=-4')
    assert.equal(answer.status, 200)
    assert.match(text, /1–25 of 206/)
  })

  test('a page beyond the last shows no rows and says so', async () => {
    const { text, answer } = await read('/customers?page=999')
    assert.equal(answer.status, 200)
    assert.match(text, /No rows match|Page 999/)
  })

  test('the downloads ask for the whole table under the same filters', async () => {
    const { text } = await read(`/customers?region=${encodeURIComponent('华东')}&page=3`)
    const href = /href="\/api\/query\?([^"]*)format=csv&amp;lang=en"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const query = parseMetricQuery(new URLSearchParams(href))
    assert.deepEqual(query.where.find(({ field }) => field === 'region')?.values, ['华东'])
    assert.ok(query.metrics.includes('rank_drop'))
    assert.equal(query.limit, undefined)
    assert.equal(query.offset, undefined)
  })

  test('a figure below the coverage threshold is greyed and says what is missing', async () => {
    const { text } = await read('/customers')
    assert.match(text, /class="kpi thin"[\s\S]*?Service revenue[\s\S]*?Incomplete: 60% of/)
    const strict = await read('/customers', { pages: pagesWith({ policy: { coverageThreshold: 0.5 } }) })
    assert.doesNotMatch(strict.text, /kpi thin/)
  })

  test('the evidence says as of when, known at when, and which source is out of date', async () => {
    const { text } = await read('/customers')
    assert.match(text, /31 Dec 2025/)
    assert.match(text, /5 Jan 2026, 05:30/)
    assert.match(text, /have not been read lately: phone/)
  })

  test('filters that match nobody give an empty page that says so', async () => {
    const { text, answer } = await read('/customers?region=Nowhere')
    assert.equal(answer.status, 200)
    assert.match(text, /No rows match these filters/)
    assert.match(text, /<option value="Nowhere" selected>/)
  })

  test('the server needs at most 150 ms', async () => {
    const pages = pagesWith()
    await read('/customers', { pages })
    const times = []
    for (let i = 0; i < 7; i++) {
      const start = performance.now()
      await read('/customers', { pages })
      times.push(performance.now() - start)
    }
    // The fastest of several: the machine may be busy with other things.
    assert.ok(Math.min(...times) < 150, `${Math.min(...times)} ms`)
  })
})

describe('pipelines', () => {
  test('shows runs, sources, checks and rejected rows with file, line, column, value, reason and remedy', async () => {
    const { text } = await read('/pipelines')
    for (const words of [
      '1 min 13 s',
      'Catching up a missed run',
      'orders-2025-12.csv',
      '1,071',
      'ordered_at',
      'not an instant',
      'Valid are ISO 8601 (2024-12-31 08:30:00) in Asia/Shanghai; add a layout',
      '1 of 2 checks',
    ]) {
      assert.ok(text.includes(words), words)
    }
    assert.ok(text.includes('31/13/2025 &lt;b&gt;'))
  })

  test('a failed source is named at the top', async () => {
    const { text } = await read('/pipelines')
    assert.match(text, /The last run did not bring in everything[\s\S]*phone: calls-2026-01\.ndjson cannot be read/)
  })

  test('a run can be started only where the server can start one', async () => {
    assert.doesNotMatch((await read('/pipelines')).text, /data-run-now/)
    assert.match((await read('/pipelines', { pages: pagesWith({ startRun: () => undefined }) })).text, /data-run-now/)
  })
})

describe('every page', () => {
  const empty = {
    ...status,
    as_of: null,
    known_at: null,
    warehouse_version: 0,
    runs: [],
    feeds: [],
    audits: [],
    rejects: [],
    next_run_at: null,
  }

  test('/ leads to customer value', async () => {
    const { answer } = await read('/')
    assert.equal(answer.headers.get('location'), '/customers')
  })

  test('says before the first run that there are no figures and what to do', async () => {
    const pages = pagesWith({ pipelineStatus: async () => empty })
    for (const page of ['/customers', '/pipelines']) {
      const { text, answer } = await read(page, { pages })
      assert.equal(answer.status, 200)
      assert.match(text, /No figures yet/)
      assert.match(text, /npm run trueworth -- run/)
    }
  })

  test('speaks the language of the URL, then of the cookie, then of the browser, and remembers the first', async () => {
    const { text, answer } = await read('/customers?lang=zh')
    assert.match(text, /<html lang="zh-CN"/)
    assert.match(answer.headers.get('set-cookie') ?? '', /lang=zh;.*HttpOnly/)
    assert.match((await read('/customers', { headers: { cookie: 'lang=zh' } })).text, /<html lang="zh-CN"/)
    assert.match(
      (await read('/customers', { headers: { 'accept-language': 'zh-CN,zh;q=0.9' } })).text,
      /<html lang="zh-CN"/,
    )
    assert.match((await read('/customers?lang=xx')).text, /<html lang="en"/)
  })

  test('in Chinese has no English word of a page in it', async () => {
    for (const page of ['/customers', '/pipelines']) {
      const { text } = await read(`${page}?lang=zh`)
      for (const words of [
        'Customer value',
        'Last 12 months',
        'Revenue',
        'Rank',
        'Filters',
        'Rejected',
        'Known at',
        '{',
      ]) {
        assert.ok(!text.replace(/<script[\s\S]*?<\/script>/g, '').includes(words), `${page}: ${words}`)
      }
    }
  })

  test('allows no inline script, no inline style and no eval', async () => {
    const { text, answer } = await read('/customers')
    const policy = answer.headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'/)
    assert.doesNotMatch(policy, /unsafe/)
    assert.doesNotMatch(text, /\sstyle="|\son\w+="/)
  })

  test('an unknown address is answered with a page in the reader’s language', async () => {
    const { text, answer } = await read('/nowhere?lang=zh')
    assert.equal(answer.status, 404)
    assert.match(text, /页面不存在/)
    assert.equal((await pagesWith().request('/api/nothing')).status, 404)
  })

  test('a question that cannot be answered is the reader’s to mend', async () => {
    const { text, answer } = await read('/customers?period=soon')
    assert.equal(answer.status, 400)
    assert.match(text, /cannot be answered/)
    assert.match(text, /href="\/customers"/)
  })

  test('a failure shows nothing of the inside, and is reported', async () => {
    const reported: unknown[] = []
    const ask = async () => {
      throw new QueryError('Binder Error: secret_table', { sql: 'SELECT secret' })
    }
    const { text, answer } = await read('/customers', {
      pages: pagesWith({ ask, report: (error) => reported.push(error) }),
    })
    assert.equal(answer.status, 500)
    assert.match(text, /Something went wrong here/)
    assert.doesNotMatch(text, /secret/)
    assert.equal(reported.length, 1)
  })

  test('who may not see it is told so, without what it is', async () => {
    const refuse = () => {
      throw new AccessError('viewer 7 may not see region 华东')
    }
    const { text, answer } = await read('/customers', { pages: pagesWith({ viewer: refuse }) })
    assert.equal(answer.status, 403)
    assert.doesNotMatch(text, /华东/)
  })
})

describe('assets', () => {
  test('are kept for ever under an address that changes with them, and come compressed', async () => {
    const pages = pagesWith()
    const { text } = await read('/customers', { pages })
    const script = /src="(\/assets\/client-[0-9a-f]{12}\.js)"/.exec(text)?.[1] ?? ''
    const answer = await pages.request(script, { headers: { 'accept-encoding': 'gzip' } })
    assert.match(answer.headers.get('cache-control') ?? '', /immutable/)
    assert.equal(answer.headers.get('content-encoding'), 'gzip')
    const source = gunzipSync(await answer.arrayBuffer()).toString()
    assert.doesNotMatch(source, /SUM\(|COUNT\(\*\)/)
    assert.equal((await pages.request('/assets/client-000000000000.js')).status, 404)
  })
})

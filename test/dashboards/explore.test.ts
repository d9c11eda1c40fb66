import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import * as fc from 'fast-check'
import { planQuery } from '../../api/queries/plan.ts'
import { drawingsOf } from '../../dashboards/charts/explored.ts'
import { shownOf } from '../../dashboards/explore/answer.ts'
import { conflictsOf, fittingMetrics } from '../../dashboards/explore/conflicts.ts'
import { addressOf, FORM_OPERATORS, readAsked } from '../../dashboards/explore/question.ts'
import { possibleShows } from '../../dashboards/explore/show.ts'
import { createSpeech } from '../../dashboards/words/speech.ts'
import { RequestError } from '../../errors.ts'
import { dimensions, metrics } from '../../models/metrics/catalogue.ts'
import { SHOWS } from '../../models/metrics/exploration.ts'
import type { MetricQuery } from '../../models/metrics/metric.ts'
import { splitsOf } from '../../models/metrics/splits.ts'
import { HOSTILE_NAME, openMartsCompany, pagesOf, viewer, type MartsCompany } from './marts-company.ts'

const catalogue = { metrics, dimensions }
const speech = createSpeech({ language: 'en', currency: 'CNY', timeZone: 'Asia/Shanghai' })
const question = (changes: Partial<MetricQuery>): MetricQuery => ({ metrics: [], by: [], where: [], order: [], ...changes }) // prettier-ignore

const someMetrics = fc.uniqueArray(fc.constantFrom(...Object.keys(metrics)), { minLength: 1, maxLength: 3 })
const someDimensions = fc.uniqueArray(fc.constantFrom(...Object.keys(dimensions)), { maxLength: 2 })

describe('what is offered', () => {
  const canBePlanned = (query: MetricQuery): boolean => {
    try {
      planQuery(catalogue, query)
      return true
    } catch (error) {
      assert.ok(error instanceof RequestError)
      return false
    }
  }

  test('a question has conflicts exactly where it cannot be asked', () => {
    const field = fc.constantFrom(...Object.keys(dimensions), ...Object.keys(metrics), 'regon')
    const names = fc.oneof(someMetrics, fc.constant(['revenu']))
    fc.assert(
      fc.property(names, someDimensions, fc.option(field), (asked, by, filtered) => {
        const where = filtered === null ? [] : [{ field: filtered, operator: 'eq' as const, values: [''] }]
        // A figure that is filtered has to know the splits too, and is refused in the words of the API.
        if (filtered !== null && Object.hasOwn(metrics, filtered)) return
        const query = question({ metrics: asked, by, where })
        assert.equal(conflictsOf(query, catalogue).length === 0, canBePlanned(query), JSON.stringify(query))
      }),
      { numRuns: 500 },
    )
  })

  test('every split and every further figure that is offered can be asked', () => {
    fc.assert(
      fc.property(someMetrics, fc.nat(), (asked, at) => {
        const splits = splitsOf(catalogue, asked)
        for (const by of splits) assert.ok(canBePlanned(question({ metrics: asked, by: [by] })))
        const by = splits.length === 0 ? [] : [splits[at % splits.length] ?? '']
        for (const more of fittingMetrics(question({ metrics: asked, by }), catalogue))
          assert.ok(canBePlanned(question({ metrics: [...asked, more], by })))
      }),
      { numRuns: 200 },
    )
  })

  test('figures that take the place of ones that do not fit do fit', () => {
    fc.assert(
      fc.property(someMetrics, someDimensions, (asked, by) => {
        const query = question({ metrics: asked, by })
        for (const conflict of conflictsOf(query, catalogue)) {
          if ('near' in conflict) continue
          for (const name of conflict.instead) assert.ok(canBePlanned(question({ metrics: [name], by })))
        }
      }),
      { numRuns: 500 },
    )
  })

  test('lines need a time, stacks parts that sum to the whole, two figures a second one', () => {
    const shows = (...[asked, by]: [string[], string[]]) => possibleShows(question({ metrics: asked, by }), catalogue)
    assert.deepEqual(shows(['profit'], []), ['table'])
    assert.deepEqual(shows(['profit'], ['month']), ['line', 'bar', 'table'])
    assert.deepEqual(shows(['profit'], ['region']), ['bar', 'table'])
    assert.deepEqual(shows(['profit', 'revenue'], ['region']), ['bar', 'table', 'scatter'])
    assert.deepEqual(shows(['profit'], ['month', 'region']), ['line', 'stacked', 'table', 'bar'])
    assert.deepEqual(shows(['profit_margin'], ['region', 'crm_class']), ['table', 'bar'])
    assert.deepEqual(shows(['first_response_hours'], ['region', 'channel']), ['table', 'bar'])
    assert.deepEqual(shows(['profit'], ['month', 'region', 'industry']), ['table'])
  })
})

describe('the address', () => {
  const word = fc.oneof(fc.string(), fc.constantFrom('', 'region', 'profit', 'a,b', 'x:y', '\\,', '华东', '2025-03'))
  const parameters = fc.array(
    fc.oneof(
      fc.tuple(fc.constantFrom('metrics', 'by', 'order', 'value', 'from', 'to', 'field', 'exploration', 'odd'), word),
      fc.tuple(fc.constant('operator'), fc.constantFrom<string>(...FORM_OPERATORS, 'odd')),
      fc.tuple(fc.constant('show'), fc.constantFrom<string>(...SHOWS, '')),
      fc.tuple(fc.constant('limit'), fc.nat(2_000).map(String)),
      fc.tuple(
        fc.constant('where'),
        word.map((value) => `region:in:${value}`),
      ),
    ),
  )

  test('read and written again it stays as it is, whatever a form sends', () => {
    fc.assert(
      fc.property(parameters, (given) => {
        let asked
        try {
          asked = readAsked(new URLSearchParams(given))
        } catch (error) {
          assert.ok(error instanceof RequestError)
          return
        }
        const address = addressOf(asked)
        assert.equal(addressOf(readAsked(new URL(address, 'http://x').searchParams)), address)
      }),
      { numRuns: 2_000 },
    )
  })

  test('what the form says of a filter and of months becomes part of the question', () => {
    const address = (text: string) => decodeURIComponent(addressOf(readAsked(new URLSearchParams(text))))
    const form = 'metrics=profit&metrics=revenue&by=&order=&limit=&show='
    assert.equal(address(form), '/explore?metrics=profit,revenue')
    assert.equal(address(`${form}&period=2024&from=2025-01&to=2025-03`), '/explore?metrics=profit,revenue&period=2025-01..2025-03') // prettier-ignore
    const filter = (text: string) => address(`metrics=profit&${text}`).replace('/explore?metrics=profit&', '')
    assert.equal(filter('field=region&operator=eq&value=a'), 'where=region:eq:a')
    assert.equal(filter('field=region&operator=eq&value=a&value=b,c'), 'where=region:in:a,b\\,c')
    assert.equal(filter('field=region&operator=ne&value=a&value=b'), 'where=region:ne:a&where=region:ne:b')
    assert.equal(filter('field=region&operator=unknown&value='), 'where=region:eq:')
    assert.equal(filter('field=region&operator=known'), 'where=region:ne:')
    assert.equal(filter('field=region&operator=eq&value='), 'field=region')
  })
})

describe('the page', () => {
  let company: MartsCompany
  before(async () => {
    company = await openMartsCompany()
  })
  after(() => company.close())

  const read = async (address: string) => {
    const pages = pagesOf(company)
    const answer = await pages.request(address)
    return { answer, text: await answer.text() }
  }

  test('an address of the form leads to its shortest, which answers', async () => {
    const { answer } = await read('/explore?metrics=profit&metrics=revenue&by=region&order=&show=')
    assert.equal(answer.status, 302)
    assert.equal(answer.headers.get('location'), '/explore?metrics=profit,revenue&by=region')
    const { answer: last, text } = await read('/explore?metrics=profit,revenue&by=region')
    assert.equal(last.status, 200)
    assert.match(text, /Profit, Revenue by Region · All time/)
    for (const part of ['1–4 of 4', 'format=xlsx', 'id="evidence"', 'data-chart="explore-1"']) assert.ok(text.includes(part), part) // prettier-ignore
  })

  test('comparison, the first and the rest, totals and spans of time are choices of the form', async () => {
    const question = 'metrics=revenue&by=region&period=2025&compare=last_year&top=2&totals=true'
    const { answer, text } = await read(`/explore?${question}`)
    assert.equal(answer.status, 200)
    for (const [name, value] of [
      ['compare', 'last_year'],
      ['top', '2'],
      ['totals', 'true'],
    ])
      // prettier-ignore
      assert.match(text, new RegExp(`<select name="${name}"[^]*?<option value="${value}" selected>`), name)
    assert.match(text, /Revenue: a year before/)
    assert.match(text, /Revenue: difference in %/)
    assert.match(text, /2025[^.]*compared with[^.]*2024/)
    const body = /<tbody>([^]*?)<\/tbody>/.exec(text)?.[1] ?? ''
    const names = [...body.matchAll(/<tr>\s*<t[hd][^>]*>([^<]*)</g)].map(([, name]) => name)
    assert.equal(names.length, 4)
    assert.deepEqual(names.slice(2), ['All others', 'Total'])
    assert.match(text, /1–3 of 3/)
    const quarters = (await read('/explore?metrics=revenue&by=month&grain=quarter')).text
    assert.match(quarters, /<option value="quarter" selected>Quarters/)
    assert.doesNotMatch(quarters, /<option value="week"/)
    assert.match(quarters, /<td>2025 Q2<\/td>/)
    const one = (await read('/explore?metrics=revenue&period=2025&compare=previous')).text
    assert.match(one, /class="kpi-note">Revenue: before <strong>/)
  })

  test('what does not go together is said in words, with ways that do', async () => {
    const { answer, text } = await read('/explore?metrics=profit,request_volume&by=channel')
    assert.equal(answer.status, 400)
    assert.match(text, /Profit cannot be split by Channel/)
    assert.match(text, /href="\/explore\?metrics=profit,request_volume" data-within>Take out Channel/)
    assert.match(text, /href="\/explore\?metrics=request_volume&amp;by=channel" data-within\s*>Take out Profit/)
    const misspelt = (await read('/explore?metrics=profti&by=region')).text
    assert.match(misspelt, /There is no “profti” here/)
    assert.match(misspelt, /href="\/explore\?metrics=profit&amp;by=region" data-within>Take Profit instead/)
  })

  test('a value or a picture that does not fit is said in words, and the form stays', async () => {
    for (const [search, words] of [
      ['period=soon', /period &#39;soon&#39; is unknown/],
      ['limit=many', /limit &#39;many&#39; is not a whole number/],
      ['show=pie', /show &#39;pie&#39; is unknown/],
      ['where=region', /where &#39;region&#39; cannot be read/],
    ] as const) {
      const { answer, text } = await read(`/explore?metrics=profit&by=region&${search}`)
      assert.equal(answer.status, 400, search)
      assert.match(text, words)
      assert.match(text, /id="metrics-profit"[^>]*checked/)
    }
    assert.match((await read('/explore?metrics=profit&by=region&show=line')).text, /Lines need a split by month/)
  })

  test('a name and a value of the address are text wherever they stand, never markup', async () => {
    const { text } = await read('/explore?metrics=profit&by=customer')
    assert.ok(!text.includes(HOSTILE_NAME))
    const hostile = '"><img src=x onerror=alert(1)>'
    const search = ['metrics', 'by', 'where', 'order', 'period', 'field', 'exploration', 'show', 'known_at', 'lang']
    for (const name of search) {
      const { text: page } = await read(`/explore?metrics=profit&${name}=${encodeURIComponent(hostile)}`)
      assert.ok(!page.includes('<img'), name)
    }
    const filter = await read(`/explore?metrics=profit&where=${encodeURIComponent(`region:eq:${hostile}`)}`)
    assert.ok(!filter.text.includes('<img'))
  })

  test('stacks sum to the whole at every place, whatever is cut', async () => {
    const ask = (query: MetricQuery) => company.ask(viewer, query)
    for (const by of [
      ['month', 'customer'],
      ['region', 'customer'],
      ['industry', 'region'],
    ]) {
      // prettier-ignore
      const query = question({ metrics: ['revenue'], by, where: [{ field: 'period', operator: 'eq', values: ['2025'] }] }) // prettier-ignore
      const { pictured } = await shownOf(query, 'stacked', { ask, catalogue })
      assert.ok(pictured)
      const [drawing] = drawingsOf(pictured, query.metrics, speech)
      const drawn = Map.groupBy(drawing?.rows ?? [], ({ label }) => label)
      const whole = await ask({ ...query, by: [by[0] ?? ''] })
      const sums = [...drawn.values()].map((rows) => rows.reduce((sum, row) => sum + Number(row['revenue'] ?? 0), 0))
      const wanted = whole.rows.map((row) => Number(row['revenue']))
      const near = (list: number[]) => list.map((sum) => sum.toFixed(2)).toSorted()
      assert.deepEqual(near(sums), near(wanted))
    }
  })

  test('a line breaks where there is no figure: every month has its place', async () => {
    const ask = (query: MetricQuery) => company.ask(viewer, query)
    const query = question({ metrics: ['opportunities'], by: ['month', 'lead_source'] })
    const { pictured } = await shownOf(query, 'line', { ask, catalogue })
    assert.ok(pictured)
    const [drawing] = drawingsOf(pictured, query.metrics, speech)
    const rows = Map.groupBy(drawing?.rows ?? [], ({ series }) => series)
    assert.equal(rows.size, 4)
    for (const series of rows.values()) {
      assert.equal(series.length, 22)
      assert.equal(series.filter((row) => row['opportunities'] !== null).length, 8)
    }
  })
})

import assert from 'node:assert/strict'
import { defaultAccess } from '../../../config/access.ts'
import { writeFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import type { Config } from '../../../config/define.ts'
import { defaultPolicy } from '../../../config/policy.ts'
import type { Feed, Source } from '../../../config/source.ts'
import { writeSqlite } from '../../../data/sqlite.ts'
import { metrics } from '../../../models/metrics/catalogue.ts'
import { describeCheck } from '../../../pipelines/check/words.ts'
import { checkSources, type Figures } from '../../../pipelines/check/check.ts'
import { Reading } from '../sources/reading.ts'

const figures: Figures = {
  revenue: { standsOn: ['orders.order_id', 'order_lines.amount'], words: { en: 'Revenue', zh: '收入' } },
  orders: { standsOn: ['orders.order_id', 'orders.ordered_at'], words: { en: 'Orders', zh: '订单数' } },
  owned: {
    standsOn: ['orders.order_id', 'orders.sales_owner_id'],
    words: { en: 'Orders by owner', zh: '按负责人订单' },
  },
}

describe('check', () => {
  let reading: Reading
  before(async () => {
    reading = await Reading.begin()
    await writeSqlite(reading.path('crm.db'), (writer) => {
      writer.create(
        'orders',
        ['no', 'client', 'placed'].map((name) => ({ name, type: 'TEXT' })),
      )
      writer.insert(
        'orders',
        Array.from({ length: 100 }, (_, i) => [`O${i}`, 'C1', i % 10 === 0 ? 'soon' : '2024-01-05']),
      )
    })
    await writeFile(reading.path('lines.csv'), 'order,line,sum\nO1,1,10.50\n')
  })
  after(() => reading.end())

  const config = (sources: readonly Source[]): Config => ({
    file: reading.path('trueworth.config.ts'),
    company: { name: 'Works', currency: 'CNY', timeZone: 'Asia/Shanghai' },
    folder: reading.folder,
    server: { host: '127.0.0.1', port: 0 },
    sources,
    schedule: undefined,
    asOf: undefined,
    policy: defaultPolicy,
    access: defaultAccess,
    sample: undefined,
  })
  const crm = (columns: Feed['columns'], from = 'orders'): Source => ({
    name: 'crm',
    kind: 'sqlite',
    file: reading.path('crm.db'),
    feeds: [{ entity: 'orders', from, columns }],
  })
  const lines = (columns: Feed['columns']): Source => ({
    name: 'erp',
    kind: 'files',
    folder: reading.folder,
    feeds: [{ entity: 'order_lines', from: '*.csv', columns }],
  })
  const whole = { order_id: 'no', customer_id: 'client', ordered_at: 'placed' }
  const wholeLines = { order_id: '"order"', line_id: 'line', amount: '"sum"' }

  test('says what fits, what is not mapped, which entities nothing feeds, and which rows would be rejected', async () => {
    const report = await checkSources(config([crm(whole), lines(wholeLines)]), { metrics: figures })
    assert.equal(report.fits, true)
    const [feed] = report.sources[0]?.feeds ?? []
    assert.deepEqual(feed?.unmapped, [
      'dealer_id',
      'status',
      'sales_owner_id',
      'opportunity_id',
      'currency',
      'recorded_at',
      'recorded_by',
    ])
    assert.deepEqual([feed?.sample?.rows, feed?.sample?.rejected, feed?.sample?.share], [100, 10, 0.1])
    assert.deepEqual(
      feed?.sample?.reasons.map(({ column, reason, rows }) => [column, reason, rows]),
      [['ordered_at', `'soon' is not an instant`, 10]],
    )
    assert.ok(report.unfed.includes('customers') && !report.unfed.includes('orders'))
    assert.deepEqual(
      report.figures.map(({ metric, cost, lacks }) => [metric, cost, lacks]),
      [['owned', 'partial', ['orders.sales_owner_id']]],
    )
  })

  test('a column that is not there names the nearest, and costs the figures that stand on it', async () => {
    const report = await checkSources(
      config([crm({ ...whole, ordered_at: 'plced' }), lines({ order_id: '"order"', line_id: 'line' })]),
      { metrics: figures },
    )
    assert.equal(report.fits, false)
    const [problem] = report.sources[0]?.feeds[0]?.problems ?? []
    assert.deepEqual([problem?.column, problem?.missing, problem?.nearest], ['ordered_at', 'plced', 'placed'])
    assert.deepEqual(
      report.figures.map(({ metric, cost, lacks }) => [metric, cost, lacks]),
      [
        ['revenue', 'missing', ['orders.order_id', 'order_lines.amount']],
        ['orders', 'missing', ['orders.order_id', 'orders.ordered_at']],
        ['owned', 'missing', ['orders.order_id', 'orders.sales_owner_id']],
      ],
    )
  })

  test('a source that cannot be reached does not keep the others from being checked', async () => {
    const gone: Source = {
      name: 'gone',
      kind: 'postgres',
      url: 'postgres://u:s3cret@127.0.0.1:1/x',
      feeds: [{ entity: 'customers', from: 'customers', columns: {} }],
    }
    const report = await checkSources(config([gone, crm(whole, 'ordrs'), lines(wholeLines)]), { metrics: figures })
    assert.deepEqual(
      report.sources.map(({ source, connected }) => [source, connected]),
      [
        ['gone', false],
        ['crm', false],
        ['erp', true],
      ],
    )
    assert.match(report.sources[0]?.feeds[0]?.error ?? '', /Check that the server runs/)
    assert.match(report.sources[1]?.feeds[0]?.error ?? '', /Did you mean 'orders'\?/)
    assert.ok(!JSON.stringify(report).includes('s3cret'))
  })

  test('is told in words for a terminal', async () => {
    const text = describeCheck(
      await checkSources(config([crm(whole), lines({ ...wholeLines, amount: 'total' })]), { metrics: figures }),
    )
    assert.match(text, /crm \(sqlite\): connected\n {2}✓ orders → orders/)
    assert.match(text, /100 rows tried, 10 would be rejected \(10\.0 %\)/)
    assert.match(text, /✗ \*\.csv → order_lines\n.*there is no column 'total'/)
    assert.match(text, /Revenue 收入/)
    assert.match(text, /Not everything fits\. Nothing was loaded\./)
  })

  test('a feed of which more rows would be rejected than may be does not fit, unless it says otherwise', async () => {
    const source = crm({ ...whole, ordered_at: { from: 'placed', values: { soon: null } } })
    const report = await checkSources(config([source]), { metrics: figures })
    assert.equal(report.fits, false)
    assert.equal(report.sources[0]?.feeds[0]?.sample?.refusedAbove, 0.1)
    assert.match(describeCheck(report), /✗ orders → orders\n[^]*More than the 10 % that rejectShare allows/)
    const lenient = { ...source, feeds: source.feeds.map((feed) => ({ ...feed, rejectShare: 1 })) }
    assert.equal((await checkSources(config([lenient]), { metrics: figures })).fits, true)
  })

  test('lines that are no rows count among those that would be rejected, with the place of the first', async () => {
    await writeFile(reading.path('ragged.txt'), 'order,line,sum\nO1,1,10.50\nO2,1\nO3,1,2,3\n')
    const ragged: Source = {
      name: 'erp',
      kind: 'files',
      folder: reading.folder,
      feeds: [{ entity: 'order_lines', from: 'ragged.txt', format: 'csv', columns: wholeLines }],
    }
    const report = await checkSources(config([ragged]), { metrics: figures })
    const sample = report.sources[0]?.feeds[0]?.sample
    assert.deepEqual([sample?.rows, sample?.rejected], [3, 2])
    assert.match(describeCheck(report), /1 × line: ragged\.txt line 3: the line has 2 fields instead of 3\. Quote/)
  })

  test('an empty file is called empty', async () => {
    await writeFile(reading.path('empty.txt'), '')
    const empty: Source = {
      name: 'erp',
      kind: 'files',
      folder: reading.folder,
      feeds: [{ entity: 'order_lines', from: 'empty.txt', format: 'csv', columns: wholeLines }],
    }
    const report = await checkSources(config([empty]), { metrics: figures })
    assert.match(
      report.sources[0]?.feeds[0]?.problems[0]?.message ?? '',
      /the source has no columns\. Is it an empty file\?/,
    )
  })

  test('with nothing configured every figure of the catalogue is missing', async () => {
    const { figures: lost } = await checkSources(config([]), { metrics })
    assert.equal(lost.length, Object.values(metrics).filter(({ standsOn }) => standsOn.length > 0).length)
    assert.ok(lost.every(({ cost }) => cost === 'missing'))
  })
})

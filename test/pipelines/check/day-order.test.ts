import assert from 'node:assert/strict'
import { defaultAccess } from '../../../config/access.ts'
import { writeFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { defaultPolicy } from '../../../config/policy.ts'
import type { Feed, FilesSource } from '../../../config/source.ts'
import { checkSources, type FeedCheck } from '../../../pipelines/check/check.ts'
import { describeCheck } from '../../../pipelines/check/words.ts'
import { Reading } from '../sources/reading.ts'

describe('days of which either part may be the day', () => {
  let reading: Reading
  before(async () => {
    reading = await Reading.begin()
  })
  after(() => reading.end())

  /** Checks a CSV of orders, one for each text. */
  async function check(texts: readonly string[], feed: Partial<Feed> = {}): Promise<FeedCheck & { told: string }> {
    const lines = texts.map((text, index) => `O${index},C1,${text}`)
    await writeFile(reading.path('orders.csv'), ['no,client,Order day', ...lines, ''].join('\n'))
    const source: FilesSource = {
      name: 'shop',
      kind: 'files',
      folder: reading.folder,
      feeds: [
        {
          entity: 'orders',
          from: 'orders.csv',
          rejectShare: 1,
          columns: { order_id: 'no', customer_id: 'client', ordered_at: 'Order day' },
          ...feed,
        } as Feed,
      ],
    }
    const report = await checkSources(
      {
        file: reading.path('trueworth.config.ts'),
        company: { name: 'Works', currency: 'CNY', timeZone: 'Asia/Shanghai' },
        folder: reading.folder,
        server: { host: '127.0.0.1', port: 0 },
        sources: [source],
        schedule: undefined,
        asOf: undefined,
        policy: defaultPolicy,
        access: defaultAccess,
        sample: undefined,
      },
      { metrics: {} },
    )
    const [found] = report.sources[0]?.feeds ?? []
    assert.ok(found !== undefined)
    return { ...found, told: describeCheck(report) }
  }

  const orders = (found: FeedCheck): unknown[] =>
    (found.sample?.orders ?? []).map((order) => [
      order.ambiguous,
      order.day_first,
      order.month_first,
      order.settled,
      order.examples.map(({ text, day }) => `${text} ${day}`),
    ])

  test('without a layout they are not read, and where no row settles it both options are named', async () => {
    const found = await check(['03/04/2025', '05/06/2025', '07/07/2025', '2025-03-04', ''])
    assert.deepEqual(orders(found), [[2, 0, 0, 'open', ['03/04/2025 null', '05/06/2025 null']]])
    assert.match(
      found.told,
      /ordered_at from "Order day": of 3 days, 2 may have the day first or the month: '03\/04\/2025' is not read, '05\/06\/2025' is not read\. No other row settles it\. Ask who keeps that system, then set dates: \['%d\/%m\/%Y'\] or dates: \['%m\/%d\/%Y'\] for the feed\./,
    )
    const sure = await check(['03/04/2025', '05/06/2025'], { dates: ['%m/%d/%Y'] })
    assert.deepEqual([sure.sample?.orders, sure.sample?.rejected], [[], 0])
  })

  test('a part above 12 settles it, and the option that is named reads every look of the column', async () => {
    const texts = {
      day_first: ['03/04/2025', '3/4/2025 8:05', '25/12/2025', '03/04/25 08:05:01', '03/04/2025 08:05:01.250 PM'],
      month_first: ['03/04/2025', '3/4/2025 8:05', '12/25/2025', '03/04/25 08:05:01', '03/04/2025 08:05:01.250 PM'],
    }
    for (const [settled, column] of Object.entries(texts)) {
      const found = await check(column)
      const [order] = found.sample?.orders ?? []
      assert.deepEqual([order?.settled, order?.ambiguous, found.sample?.rejected], [settled, 4, 5])
      const dates = [...(order?.remedy.matchAll(/'([^']+)'/g) ?? [])].map(([, layout]) => layout ?? '')
      const mended = await check(column, { dates })
      assert.deepEqual([mended.sample?.orders, mended.sample?.rejected], [[], 0], dates.join(' '))
    }
  })

  test('where both orders are declared the first one reads them, and check says which to keep', async () => {
    const dates = ['%m/%d/%Y', '%d/%m/%Y', '%d.%m.%Y']
    const found = await check(['03/04/2025', '25/12/2025', '01.02.2025'], { dates })
    assert.deepEqual(orders(found), [[1, 1, 0, 'day_first', ['03/04/2025 2025-03-04']]])
    assert.match(found.told, /settles it\. Set dates: \['%d\/%m\/%Y', '%d\.%m\.%Y'\] for the feed\./)
  })

  test('a column in which both orders occur is called mixed, whatever is declared', async () => {
    const column = ['03/04/2025', '25/12/2025', '12/25/2025', '12/26/2025']
    for (const [dates, day] of [
      [[], null],
      [['%d/%m/%Y', '%m/%d/%Y'], '2025-04-03'],
      [['%m/%d/%Y'], '2025-03-04'],
    ] as const) {
      const found = await check(column, { dates })
      assert.deepEqual(orders(found), [[1, 1, 2, 'mixed', [`03/04/2025 ${day}`]]])
      assert.match(
        found.told,
        /MIXED DAYS: ordered_at from "Order day".* 1 row has the day first \('25\/12\/2025'\), 2 rows have the month first \('12\/25\/2025'\)/,
      )
    }
    const columns = {
      order_id: 'no',
      customer_id: 'client',
      ordered_at: `CASE WHEN no IN ('O0', 'O1') THEN strptime("Order day", '%d/%m/%Y') ELSE strptime("Order day", '%m/%d/%Y') END`,
    }
    const mended = await check(column, { columns })
    assert.deepEqual([mended.sample?.orders, mended.sample?.rejected], [[], 0])
  })

  test('a declared order that the rows speak against is told, one that they do not is not', async () => {
    const column = ['03/04/2025', '25/12/2025']
    const wrong = await check(column, { dates: ['%m/%d/%Y'] })
    assert.deepEqual(orders(wrong), [[1, 1, 0, 'day_first', ['03/04/2025 2025-03-04']]])
    assert.match(wrong.told, /Set dates: \['%d\/%m\/%Y'\] for the feed\./)
    assert.deepEqual(orders(await check(column, { dates: ['%d/%m/%Y'] })), [])
  })

  test('what is no day of two small parts is left alone', async () => {
    const column = ['2025/03/04', '05/05/2025', '45/03/2025', '00/03/2025', '03/04-2025', '25/03/04', 'soon', '45291']
    assert.deepEqual(orders(await check(column)), [])
  })

  test('a shape no layout can say in full is not completed with a guess', async () => {
    const found = await check(['03/04/2025 08:05Z', '25/04/2025 08:05Z'])
    assert.match(found.told, /Set dates: \['%d\/%m\/%Y …'\] for the feed\./)
  })

  test('rows that `where` leaves out say nothing', async () => {
    const found = await check(['03/04/2025', '25/12/2025'], { where: `no = 'O0'` })
    assert.deepEqual(orders(found), [[1, 0, 0, 'open', ['03/04/2025 null']]])
  })
})

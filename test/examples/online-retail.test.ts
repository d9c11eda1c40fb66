import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { data, Example, lacking, loads } from './example.ts'

const FILES = 305

describe('UCI Online Retail: a file of invoice lines a day', { skip: lacking('online-retail') }, () => {
  let example: Example
  let incoming: string
  let days: string[]
  const daysCome = async (from: number, to?: number): Promise<void> => {
    for (const day of days.slice(from, to)) {
      await cp(join(data, 'online-retail/by-day', day), join(incoming, 'online-retail/by-day', day))
    }
  }
  before(async () => {
    incoming = await mkdtemp(join(tmpdir(), 'trueworth-retail-days-'))
    await mkdir(join(incoming, 'online-retail/by-day'), { recursive: true })
    days = (await readdir(join(data, 'online-retail/by-day'))).filter((name) => name.endsWith('.csv.gz')).toSorted()
    example = await Example.open('online-retail', { EXAMPLE_DATA: incoming })
  })
  after(async () => {
    await example.remove()
    await rm(incoming, { recursive: true, force: true })
  })

  test('days that come later are read by themselves, and in the end all 541,909 lines of 305 files are there', async () => {
    assert.equal(days.length, FILES)
    await daysCome(0, FILES - 5)
    const first = loads(await example.run())['order_lines'] ?? 0
    await daysCome(FILES - 5)
    const second = loads(await example.run())['order_lines'] ?? 0
    assert.ok(second > 0 && second < 20_000)
    assert.equal(first + second, 541_909)
    const found = await example.row(`
      SELECT count(*) AS lines, count(DISTINCT order_id) AS invoices,
        (SELECT count(*) FROM raw.customers) AS customers,
        (SELECT count(DISTINCT path) FROM meta.files WHERE entity = 'order_lines') AS files
      FROM raw.order_lines`)
    assert.deepEqual(found, { lines: 541_909, invoices: 25_900, customers: 4_372, files: FILES })
  })

  test('lines with customer, quantity and price, without cancellations: 397,884 worth 8,911,407.90', async () => {
    const found = await example.row(`
      SELECT count(*) AS lines, sum(amount) AS amount FROM raw.order_lines AS lines JOIN raw.orders USING (order_id)
      WHERE quantity > 0 AND unit_price > 0 AND order_id NOT LIKE 'C%'`)
    assert.deepEqual(found, { lines: 397_884, amount: 8_911_407.9 })
  })

  test('the metric revenue is that less what was cancelled', async () => {
    const { amount } = await example.row<{ amount: number }>(
      'SELECT CAST(sum(amount) AS DECIMAL(18, 2)) AS amount FROM raw.order_lines JOIN raw.orders USING (order_id)',
    )
    const { revenue } = await example.figures(['revenue'])
    assert.equal(revenue, amount)
    assert.ok(typeof revenue === 'number' && revenue < 8_911_407.9)
  })

  test('the 135,080 lines that name no customer are rejected as orders, each with file, line, column, reason and remedy', async () => {
    const found = await example.row(`
      SELECT count(*) AS rejects, count(DISTINCT (origin, line)) AS places, count(DISTINCT origin) AS files,
        count(*) FILTER (WHERE entity <> 'orders' OR column_name <> 'customer_id' OR reason NOT LIKE '%required%'
          OR remedy = '' OR remedy IS NULL OR json_extract_string(original, '$.CustomerID') IS NOT NULL) AS strange
      FROM meta.rejects`)
    assert.deepEqual(found, { rejects: 135_080, places: 135_080, files: 277, strange: 0 })
    const [one] = await example.rows(`
      SELECT origin, CAST(line AS INTEGER) AS line, json_extract_string(original, '$.InvoiceNo') AS invoice
      FROM meta.rejects ORDER BY origin, line LIMIT 1`)
    assert.deepEqual(one, { origin: 'by-day/2010-12-01.csv.gz', line: 624, invoice: '536414' })
  })

  test('a third run brings nothing new and changes nothing', async () => {
    const tables = await example.tables()
    const again = await example.run()
    assert.deepEqual([again.published, again.rows], [false, 0])
    assert.deepEqual(await example.tables(), tables)
  })

  test('rebuild makes the same tables from landing alone', async () => {
    const tables = await example.tables()
    await rm(incoming, { recursive: true, force: true })
    await example.command('rebuild')
    assert.deepEqual(await example.tables(), tables)
  })
})

import assert from 'node:assert/strict'
import fc from 'fast-check'
import { after, before, describe, test } from 'node:test'
import type { SqliteSource } from '../../../config/source.ts'
import { literal } from '../../../data/quote.ts'
import { writeSqlite, type SqliteValue } from '../../../data/sqlite.ts'
import { SourceError } from '../../../errors.ts'
import { Reading } from './reading.ts'

describe('SQLite', () => {
  let reading: Reading
  let source: SqliteSource
  before(async () => {
    reading = await Reading.begin()
    source = { name: 'crm', kind: 'sqlite', file: reading.path('crm.db'), feeds: [] }
    await writeSqlite(source.file, (writer) => {
      writer.create('mixed', [
        { name: 'id', type: 'INTEGER' },
        { name: 'value', type: '' },
        { name: 'changed_at', type: 'TEXT' },
      ])
      writer.insert('mixed', [
        [1, '007', '2024-01-01 08:00:00'],
        [2, 'a "quoted", line\nand another', '2024-01-02 08:00:00'],
        [3, '', null],
        [4, null, '2024-01-03 08:00:00'],
        [9_007_199_254_740_993n, new Uint8Array([0, 255, 16]), '2024-01-03 08:00:00'],
        [6, 0.1, '2024-01-01 00:00:00'],
        [7, '中文客户', '2024-01-01 00:00:00'],
      ])
      writer.run('CREATE VIEW recent AS SELECT id, changed_at FROM mixed WHERE id > 5 AND id < 100')
    })
  })
  after(() => reading.end())

  test('values land as text: text exactly, numbers as written, blobs as hex, null and empty kept apart', async () => {
    const { table, types } = await reading.extract(source, { from: 'mixed' })
    assert.deepEqual(
      table.map(({ id, value }) => [id, value]),
      [
        ['1', '007'],
        ['2', 'a "quoted", line\nand another'],
        ['3', ''],
        ['4', null],
        ['9007199254740993', '00ff10'],
        ['6', '0.1'],
        ['7', '中文客户'],
      ],
    )
    assert.deepEqual(types, ['id VARCHAR', 'value VARCHAR', 'changed_at VARCHAR'])
  })

  test('a view is read like a table', async () => {
    const { table } = await reading.extract(source, { from: 'recent' })
    assert.deepEqual(
      table.map(({ id }) => id),
      ['6', '7'],
    )
  })

  test('a cursor takes what is at or above the bound and what has none, and answers the highest', async () => {
    const feed = { from: 'mixed', cursor: { column: 'changed_at' } }
    const all = await reading.extract(source, feed)
    assert.equal(all.cursor, '2024-01-03 08:00:00')
    const since = await reading.extract(source, feed, { since: '2024-01-02 08:00:00' })
    assert.deepEqual(
      since.table.map(({ id }) => id),
      ['2', '3', '4', '9007199254740993'],
    )
    assert.deepEqual((await reading.extract(source, feed, { since: '2024-01-02 08:00:00' })).table, since.table)
  })

  test('a cursor of numbers compares as numbers', async () => {
    const feed = { from: 'recent', cursor: { column: 'id' } }
    assert.equal((await reading.extract(source, feed)).cursor, '7')
    assert.deepEqual(
      (await reading.extract(source, feed, { since: '7' })).table.map(({ id }) => id),
      ['7'],
    )
    assert.equal((await reading.extract(source, feed, { since: '10' })).rows, 0)
  })

  test('a table or column that is not there names the nearest', async () => {
    await assert.rejects(
      reading.extract(source, { from: 'mixd' }),
      (error) =>
        error instanceof SourceError && !error.retry && /no table 'mixd'.*Did you mean 'mixed'\?/.test(error.message),
    )
    await assert.rejects(
      reading.extract(source, { from: 'mixed', cursor: { column: 'changedat' } }),
      /no column 'changedat'.*Did you mean 'changed_at'\?/,
    )
  })

  test('numbers kept as text are no bound: ten would lie below nine', async () => {
    const file = reading.path('texts.db')
    await writeSqlite(file, (writer) => {
      writer.create('texts', [
        { name: 'number', type: 'TEXT' },
        { name: 'day', type: 'TEXT' },
      ])
      writer.insert('texts', [
        ['9', '31/12/2025'],
        ['10', '01/02/2026'],
      ])
    })
    for (const column of ['number', 'day'])
      assert.equal((await reading.extract({ ...source, file }, { from: 'texts', cursor: { column } })).cursor, null)
  })

  test('a file that is not there is no reason to try again', async () => {
    await assert.rejects(
      reading.extract({ ...source, file: reading.path('none.db') }, { from: 'mixed' }),
      (error) => error instanceof SourceError && !error.retry && /none\.db cannot be opened/.test(error.message),
    )
  })

  test('any values, in tables of any width, arrive as they were stored', async () => {
    const value: fc.Arbitrary<SqliteValue> = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '\\N', '\\\\n', 'a\tb', 'a\r\nb\rc\n', '"', '\u0000', '\ufeff', '中\\文\n', '{"a": "\\n"}'),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.maxSafeInteger(),
      fc.double({ noNaN: true }),
      fc.uint8Array({ maxLength: 20 }),
      fc.constant(null),
    )
    const rows = fc
      .integer({ min: 1, max: 3 })
      .chain((width) => fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1 }))
    let number = 0
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const file = reading.path(`any-${number++}.db`)
        const columns = (given[0] ?? []).map((_, index) => ({ name: `c${index}`, type: '' }))
        await writeSqlite(file, (writer) => {
          writer.create('any', columns)
          writer.insert('any', given)
        })
        const { parquet } = await reading.extract({ ...source, file }, { from: 'any' })
        // As bytes: DuckDB's client leaves out a byte order mark that begins a text.
        const bytes = await reading.warehouse.read((session) =>
          session.rows(`SELECT hex(encode(COLUMNS(*))) FROM read_parquet(${literal(parquet)})`),
        )
        assert.deepEqual(
          bytes.map((row) => Object.values(row)),
          given.map((row) => row.map(landed)),
        )
      }),
      { numRuns: 60 },
    )
  })

  test('rows longer than the reader takes by itself arrive whole', async () => {
    const file = reading.path('long.db')
    const long = [`${'中'.repeat(1_000_000)}\n${'x'.repeat(2_000_000)}`, 'b', 'y'.repeat(35_000_000)]
    await writeSqlite(file, (writer) => {
      writer.create('long', [
        { name: 'id', type: 'INTEGER' },
        { name: 'text', type: 'TEXT' },
      ])
      writer.insert('long', [...long.entries()])
    })
    const { table } = await reading.extract({ ...source, file }, { from: 'long' })
    assert.equal(table.length, long.length)
    for (const [index, text] of long.entries()) assert.ok(table[index]?.['text'] === text, `row ${index}`)
  })

  test('two hundred thousand rows of twelve columns come in seconds, with flat memory', async (context) => {
    const file = reading.path('big.db')
    const columns = Array.from({ length: 12 }, (_, i) => ({ name: `c${i}`, type: i % 3 === 0 ? 'INTEGER' : 'TEXT' }))
    const rows = function* (): Generator<(string | number)[]> {
      for (let row = 0; row < 200_000; row++)
        yield columns.map((_, i) => (i % 3 === 0 ? row * i : `value ${(row * 31 + i) % 10_000}`))
    }
    await writeSqlite(file, (writer) => {
      writer.create('big', columns)
      writer.insert('big', rows())
    })
    const before = process.memoryUsage.rss()
    const started = performance.now()
    const extracted = await reading.extract({ ...source, file }, { from: 'big' })
    const seconds = (performance.now() - started) / 1000
    context.diagnostic(
      `${Math.round(200_000 / seconds).toLocaleString('en')} rows/s, ${Math.round((process.memoryUsage.rss() - before) / 1e6)} MB more`,
    )
    assert.equal(extracted.rows, 200_000)
    assert.ok(seconds < 30, `${seconds} s`)
  })
})

/** Bytes of the text that a value lands as: numbers as written, blobs as hex. */
function landed(value: SqliteValue): string | null {
  if (value === null) return null
  const text = value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value)
  return Buffer.from(text).toString('hex').toUpperCase()
}

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { SqliteSource } from '../../../config/source.ts'
import { writeSqlite } from '../../../data/sqlite.ts'
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

  test('a file that is not there is no reason to try again', async () => {
    await assert.rejects(
      reading.extract({ ...source, file: reading.path('none.db') }, { from: 'mixed' }),
      (error) => error instanceof SourceError && !error.retry && /none\.db cannot be opened/.test(error.message),
    )
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

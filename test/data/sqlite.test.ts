import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { openSqliteSource, writeSqlite } from '../../data/sqlite.ts'
import { Warehouse } from '../../data/warehouse.ts'
import { SourceError } from '../../errors.ts'

const columns = [
  { name: 'id', type: 'INTEGER' },
  { name: 'full name', type: 'TEXT' },
]

describe('SQLite files', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trueworth-sqlite-'))
  })
  after(() => rm(folder, { recursive: true }))

  test('rows come back as they were written, in order, whatever the batch size', async () => {
    const file = join(folder, 'rows.sqlite')
    const rows = Array.from({ length: 1_000 }, (_, i) => [i, i % 7 === 0 ? null : `客户 ${i}`])
    assert.equal(
      await writeSqlite(file, (writer) => (writer.create('people', columns), writer.insert('people', rows))),
      1_000,
    )
    const source = openSqliteSource(file)
    const batches = [...source.batches('SELECT * FROM people ORDER BY id', [], 300)]
    assert.deepEqual(
      batches.map((batch) => batch.length),
      [300, 300, 300, 100],
    )
    assert.deepEqual(batches.flat(), rows)
    assert.deepEqual(source.batches('SELECT * FROM people WHERE id = ?', [5]).next().value, [[5, '客户 5']])
    source.close()
  })

  test('tables, views and their columns are listed', async () => {
    const file = join(folder, 'views.sqlite')
    await writeSqlite(file, (writer) => {
      writer.create('people', columns)
      writer.run('CREATE VIEW adults AS SELECT id, id + 1 AS next FROM people')
      writer.run('CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT)')
    })
    const source = openSqliteSource(file)
    assert.deepEqual(source.tables(), ['adults', 'counted', 'people'])
    assert.deepEqual(source.columns('people'), columns)
    assert.deepEqual(
      source.columns('adults').map((column) => column.name),
      ['id', 'next'],
    )
    assert.deepEqual(source.columns('nobody'), [])
    assert.deepEqual(source.columnsOf('SELECT "full name", 1 AS one FROM people'), ['full name', 'one'])
    source.close()
  })

  test('a whole number beyond 2^53 keeps every digit', async () => {
    const file = join(folder, 'large.sqlite')
    const large = 9_007_199_254_740_993n
    await writeSqlite(
      file,
      (writer) => (
        writer.create('people', columns),
        writer.insert('people', [
          [large, 'x'],
          [3, 'y'],
        ])
      ),
    )
    const source = openSqliteSource(file)
    assert.deepEqual([...source.batches('SELECT id FROM people')].flat(), [[large], [3]])
    source.close()
  })

  test('the answer of a DuckDB query is copied with its meaning', async () => {
    const file = join(folder, 'copied.sqlite')
    const warehouse = await Warehouse.open(':memory:')
    const sql = `SELECT i AS a, i % 2 = 0 AS b, DATE '2025-01-31' + CAST(i AS INTEGER) AS c, TIMESTAMP '2025-01-31 08:00:00' AS d,
      CAST(i AS DECIMAL(18,2)) / 4 AS e, CASE WHEN i > 1 THEN '维修' END AS f FROM range(5000) numbers(i) ORDER BY i`
    const names = ['a INTEGER', 'b INTEGER', 'c TEXT', 'd TEXT', 'e REAL', 'f TEXT'].map((text) => text.split(' '))
    const copied = await warehouse.read((session) =>
      writeSqlite(file, (writer) => {
        writer.create(
          'everything',
          names.map(([name = '', type = '']) => ({ name, type })),
        )
        return writer.copy('everything', session, sql)
      }),
    )
    assert.equal(copied, 5_000)
    const source = openSqliteSource(file)
    const rows = [...source.batches('SELECT * FROM everything ORDER BY a')].flat()
    assert.equal(rows.length, 5_000)
    assert.deepEqual(rows.slice(1, 3), [
      [1, 0, '2025-02-01', '2025-01-31T08:00:00.000Z', 0.25, null],
      [2, 1, '2025-02-02', '2025-01-31T08:00:00.000Z', 0.5, '维修'],
    ])
    source.close()
    warehouse.close()
  })

  test('a file whose writing fails does not appear', async () => {
    const file = join(folder, 'failed.sqlite')
    await assert.rejects(
      writeSqlite(file, (writer) => (writer.create('people', columns), writer.insert('people', [[1]]))),
      /1 values does not fit 2/,
    )
    assert.deepEqual([existsSync(file), existsSync(`${file}.partial`)], [false, false])
  })

  test('a file that is missing or no database is refused by name', async () => {
    const text = join(folder, 'notes.txt')
    await writeFile(text, 'not a database, but long enough to be read as one, if one did not look. '.repeat(20))
    for (const file of [join(folder, 'missing.sqlite'), text]) {
      assert.throws(
        () => openSqliteSource(file, 'crm'),
        (error) => error instanceof SourceError && error.message.includes(file) && !error.retry,
      )
    }
  })
})

import assert from 'node:assert/strict'
import fc from 'fast-check'
import { after, before, describe, test } from 'node:test'
import { inspect } from 'node:util'
import type { DatabaseSource } from '../../../config/source.ts'
import { literal } from '../../../data/quote.ts'
import { SourceError } from '../../../errors.ts'
import { heldDuring } from '../../support/memory.ts'
import { MYSQL_PASSWORD, startMysql, type TestMysql } from '../../support/mysql.ts'
import { Reading } from './reading.ts'

const server = await startMysql()

describe('MySQL and MariaDB', { skip: server === undefined ? 'there is no MariaDB server' : false }, () => {
  const { client, url, kill } = server as TestMysql
  let reading: Reading
  const source: DatabaseSource = { name: 'tickets', kind: 'mysql', url, feeds: [] }
  before(async () => {
    reading = await Reading.begin()
    await client.query(`
      SET time_zone = '+08:00', sql_mode = '';
      CREATE DATABASE \`Sales Dept\`;
      CREATE TABLE \`Sales Dept\`.\`Orders.old\` (id int, \`select\` text);
      INSERT INTO \`Sales Dept\`.\`Orders.old\` VALUES (1, 'x');
      CREATE TABLE kinds (
        id bigint unsigned, name varchar(200), amount decimal(12,2), ratio double, ok tinyint(1), day date, at datetime(6),
        moment timestamp(3) NULL, grade enum('a','b'), marks set('x','y'), extra json, raw varbinary(20), flag bit(3), made year, length time);
      INSERT INTO kinds VALUES
        (18446744073709551615, 'a "quoted", line\\nand \\\\ another\\t😀', 12.50, 0.1, 1, '2024-01-05', '2024-01-05 10:00:00.123456',
         '2024-01-05 10:00:00', 'b', 'x,y', '{"a": [1]}', x'00ff', b'101', 2024, '-12:30:00'),
        (2, '', NULL, NULL, 0, '0000-00-00', '0000-00-00 00:00:00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
        (3, NULL, -0.01, -1e300, 7, '2024-00-15', NULL, NULL, NULL, '', NULL, '', b'0', NULL, NULL);
      CREATE TABLE changes (id int, updated_at timestamp(6) NULL, place varchar(20) COLLATE utf8mb4_bin);
      INSERT INTO changes VALUES (1, '2024-01-01 08:00:00', 'a'), (2, '2024-01-02 08:00:00', 'b'), (3, NULL, NULL), (4, '2024-01-03 20:00:00.000001', 'c');
      CREATE TABLE nothing (id int)`)
  })
  after(async () => {
    await reading.end()
    await server?.stop()
  })

  test('types that DuckDB has are kept, all others are text, and what is no text is hex', async () => {
    const { table, types, unreadable } = await reading.extract(source, { from: 'kinds' })
    assert.deepEqual(types, [
      'id DECIMAL(20,0)',
      'name VARCHAR',
      'amount DECIMAL(12,2)',
      'ratio DOUBLE',
      'ok BIGINT',
      'day DATE',
      'at TIMESTAMP',
      'moment TIMESTAMP WITH TIME ZONE',
      'grade VARCHAR',
      'marks VARCHAR',
      'extra VARCHAR',
      'raw VARCHAR',
      'flag DECIMAL(20,0)',
      'made BIGINT',
      'length VARCHAR',
    ])
    assert.deepEqual(table[0], {
      id: '18446744073709551615',
      name: 'a "quoted", line\nand \\ another\t😀',
      amount: 12.5,
      ratio: 0.1,
      ok: 1,
      day: '2024-01-05',
      at: '2024-01-05T10:00:00.123Z',
      moment: '2024-01-05T02:00:00.000Z',
      grade: 'b',
      marks: 'x,y',
      extra: '{"a": [1]}',
      raw: '00ff',
      flag: 5,
      made: 2024,
      length: '-12:30:00',
    })
    assert.deepEqual([table[1]?.['name'], table[1]?.['day'], table[1]?.['at']], ['', null, null])
    // A day that is half zero is no day: it costs its row only, and is told.
    assert.equal(table.length, 2)
    assert.match(unreadable[0]?.reason ?? '', /'2024-00-15' in day is beyond what can be kept/)
    assert.equal((JSON.parse(unreadable[0]?.text ?? '{}') as { id: string }).id, '3')
  })

  test('any text arrives byte for byte, in a table of one column and of two', async () => {
    await client.query('CREATE TABLE one (text longtext); CREATE TABLE pairs (text longtext, other longtext)')
    const special = ['', '\\N', '\\\\n', 'a\tb\\', 'a\r\nb\rc\n\v\f\b', '"', '\ufeff', '\x01\x7f\0', '中\\文\n', '\\.']
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
      fc.string({ unit: fc.constantFrom('\\', 'n', 't', 'N', '\t', '\n', '\r', 'x') }),
      fc.constantFrom(null, ...special),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 20 }), async (given) => {
        for (const [table, row] of [
          ['one', (text: string | null) => [text]],
          ['pairs', (text: string | null) => [text, text]],
        ] as const) {
          await client.query(`TRUNCATE ${table}`)
          await client.query(`INSERT INTO ${table} VALUES ?`, [given.map(row)])
          const { parquet } = await reading.extract(source, { from: table })
          const rows = await reading.warehouse.read((session) =>
            session.rows<Record<string, string | null>>(
              `SELECT hex(encode(COLUMNS(*))) FROM read_parquet(${literal(parquet)})`,
            ),
          )
          const bytes = given.map((text) => (text === null ? null : Buffer.from(text).toString('hex').toUpperCase()))
          for (const column of Object.keys(rows[0] ?? {}))
            assert.deepEqual(
              rows.map((each) => each[column]),
              bytes,
            )
        }
      }),
      { numRuns: 20, examples: [[[...special, null, '']], [['']], [[null]]] },
    )
  })

  test('names are identifiers, whatever they hold', async () => {
    const { table } = await reading.extract(source, { from: '"Sales Dept"."Orders.old"' })
    assert.deepEqual(table, [{ id: 1, select: 'x' }])
  })

  test('a cursor takes ties and rows without one, and the same window gives the same rows', async () => {
    const feed = { from: 'changes', cursor: { column: 'updated_at' } }
    const all = await reading.extract(source, feed)
    assert.equal(all.cursor, '2024-01-03 12:00:00.000001+00')
    const one = await reading.extract(source, feed, { since: '2024-01-02 00:00:00+00' })
    assert.deepEqual(
      one.table.map(({ id }) => id),
      [2, 3, 4],
    )
    assert.deepEqual((await reading.extract(source, feed, { since: '2024-01-02 00:00:00+00' })).table, one.table)
    const text = { from: 'changes', cursor: { column: 'place' } }
    assert.equal((await reading.extract(source, text)).cursor, 'c')
    assert.deepEqual(
      (await reading.extract(source, text, { since: 'b' })).table.map(({ id }) => id),
      [2, 3, 4],
    )
  })

  test('the bound of a window is a value, never SQL', async () => {
    const feed = { from: 'changes', cursor: { column: 'place' } }
    const { rows } = await reading.extract(source, feed, { since: `z\\' OR true; DROP TABLE changes; -- ` })
    assert.equal(rows, 1)
    assert.deepEqual((await client.query('SELECT COUNT(*) AS n FROM changes'))[0], [{ n: 4 }])
  })

  test('a table without rows gives no file', async () => {
    const { rows, cursor } = await reading.extract(source, { from: 'nothing', cursor: { column: 'id' } })
    assert.deepEqual([rows, cursor], [0, null])
  })

  test('a fault says whether to try again, what to do, and never the URL or the password', async () => {
    await client.query(`CREATE USER guest@'%' IDENTIFIED BY 'gu3st-word'; GRANT USAGE ON *.* TO guest@'%'`)
    const faults: [string, string, boolean, RegExp][] = [
      [url.replace(MYSQL_PASSWORD, 'wr%40ng-pass'), 'kinds', false, /Access denied.*Check user and password/],
      [url.replace(/company$/, 'nosuch'), 'kinds', false, /Unknown database 'nosuch'.*Check the name of the database/],
      [url.replace(`reader:${MYSQL_PASSWORD}`, 'guest:gu3st-word'), 'kinds', false, /Grant the user SELECT/],
      [`mysql://u:${MYSQL_PASSWORD}@127.0.0.1:1/x`, 'kinds', true, /ECONNREFUSED.*Check that the server runs/],
      [`not a url ${MYSQL_PASSWORD}`, 'kinds', false, /Valid is mysql:/],
      [url, 'kindz', false, /no table 'kindz'.*Did you mean 'company\.kinds'\?/],
      [url, 'kinds', false, /no column 'updatd'/],
    ]
    for (const [address, from, retry, message] of faults) {
      const feed = message.source.includes('updatd') ? { from, cursor: { column: 'updatd' } } : { from }
      await assert.rejects(reading.extract({ ...source, url: address }, feed), (error) => {
        assert.ok(error instanceof SourceError, inspect(error))
        assert.match(error.message, message)
        assert.equal(error.retry, retry, error.message)
        const all = inspect(error, { depth: 10, showHidden: true })
        for (const secret of [address, MYSQL_PASSWORD, 'wr%40ng-pass', 'wr@ng-pass', 'gu3st-word'])
          assert.ok(!all.includes(secret), all)
        return true
      })
    }
  })

  test('half a million rows arrive with flat memory', async (context) => {
    await client.query(`CREATE TABLE big AS SELECT seq AS id, CONCAT('C', seq % 5000) AS customer_id,
      CAST(seq % 100000 AS decimal(12,2)) AS amount, TIMESTAMP '2024-01-01 00:00:00' + INTERVAL seq SECOND AS updated_at,
      CONCAT(REPEAT('some words ', 10), seq % 1000) AS note FROM seq_1_to_500000`)
    await client.query('CREATE VIEW part AS SELECT * FROM big LIMIT 100000')
    // What the process takes to read at all is taken once.
    const { peak: before } = await heldDuring(() => reading.extract(source, { from: 'part' }))
    const started = performance.now()
    const { answer, peak } = await heldDuring(() => reading.extract(source, { from: 'big' }))
    const { rows } = answer
    const seconds = (performance.now() - started) / 1000
    const more = Math.round((peak - before) / 1e6)
    context.diagnostic(
      `${Math.round(rows / seconds).toLocaleString('en')} rows/s, ${more} MB more than for the first hundred thousand`,
    )
    assert.equal(rows, 500_000)
    assert.ok(more < 40, `${more} MB more`)
  })

  test('a server that dies in the middle is worth another try, and leaves no file', async () => {
    const extraction = reading.extract(source, { from: 'big' })
    setTimeout(kill, 150)
    await assert.rejects(extraction, (error) => {
      assert.ok(error instanceof SourceError, inspect(error))
      assert.ok(error.retry, error.message)
      return true
    })
  })
})

import assert from 'node:assert/strict'
import fc from 'fast-check'
import { createServer, connect, type Server } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { inspect } from 'node:util'
import { Client } from 'pg'
import type { DatabaseSource } from '../../../config/source.ts'
import { literal } from '../../../data/quote.ts'
import { SourceError } from '../../../errors.ts'
import { watched } from '../../support/memory.ts'
import { LARGE, PASSWORD, startPostgres, type TestPostgres } from '../../support/postgres.ts'
import { Reading } from './reading.ts'

describe('PostgreSQL', () => {
  let reading: Reading
  let server: TestPostgres
  let client: Client
  let source: DatabaseSource
  before(async () => {
    server = await startPostgres()
    reading = await Reading.begin()
    client = new Client(server.url)
    await client.connect()
    source = { name: 'erp', kind: 'postgres', url: server.url, feeds: [] }
    await client.query(`
      CREATE SCHEMA "Sales Dept";
      CREATE TABLE "Sales Dept"."Orders.old" (id integer, "select" text);
      INSERT INTO "Sales Dept"."Orders.old" VALUES (1, 'x');
      CREATE TABLE kinds (
        id bigint, name text, amount numeric(12,2), free numeric, ratio double precision, ok boolean, day date,
        at timestamp, zoned timestamptz(3), extra jsonb, raw bytea, tags text[], uid uuid);
      INSERT INTO kinds VALUES
        (1, E'a "quoted", line\\nand \\\\ another', 12.50, 0.12345678901234567890, 0.1, true, '2024-01-05', '2024-01-05 10:00:00.123456',
         '2024-01-05 10:00:00+08', '{"a": [1]}', '\\x00ff', '{a,b}', '6f9619ff-8b86-d011-b42d-00cf4fc964ff'),
        (2, '', NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
        (3, NULL, -0.01, 1, 'NaN', NULL, 'infinity', NULL, NULL, '"\\u4e2d"', NULL, NULL, NULL);
      CREATE TABLE changes (id integer, updated_at timestamptz, place text COLLATE "C");
      INSERT INTO changes VALUES (1, '2024-01-01Z', 'a'), (2, '2024-01-02Z', 'b'), (3, NULL, NULL), (4, '2024-01-03 12:00:00.000001Z', 'c'), (5, 'infinity', 'B');
      CREATE TABLE ancient (id integer, day date);
      INSERT INTO ancient VALUES (1, '2024-01-05'), (2, '0044-03-15 BC');
      CREATE TABLE nothing (id integer);
    `)
  })
  after(async () => {
    await client.end()
    await reading.end()
    await server.stop()
  })

  test('types that DuckDB has are kept, all others are text exactly as PostgreSQL writes them', async () => {
    const { table, types } = await reading.extract(source, { from: 'kinds' })
    assert.deepEqual(types, [
      'id BIGINT',
      'name VARCHAR',
      'amount DECIMAL(12,2)',
      'free VARCHAR',
      'ratio DOUBLE',
      'ok BOOLEAN',
      'day DATE',
      'at TIMESTAMP',
      'zoned TIMESTAMP WITH TIME ZONE',
      'extra VARCHAR',
      'raw VARCHAR',
      'tags VARCHAR',
      'uid VARCHAR',
    ])
    assert.deepEqual(table[0], {
      id: 1,
      name: 'a "quoted", line\nand \\ another',
      amount: 12.5,
      free: '0.12345678901234567890',
      ratio: 0.1,
      ok: true,
      day: '2024-01-05',
      at: '2024-01-05T10:00:00.123Z',
      zoned: '2024-01-05T02:00:00.000Z',
      extra: '{"a": [1]}',
      raw: '\\x00ff',
      tags: '{a,b}',
      uid: '6f9619ff-8b86-d011-b42d-00cf4fc964ff',
    })
  })

  test('null and the empty text are kept apart', async () => {
    const { table } = await reading.extract(source, { from: 'public.kinds' })
    assert.deepEqual(table.map(({ name }) => name).slice(1), ['', null])
  })

  test('any text arrives byte for byte, in a table of one column and of two', async () => {
    await client.query('CREATE TABLE one (text text); CREATE TABLE pairs (text text, other text)')
    const special = ['', '\\N', '\\\\n', 'a\tb\\', 'a\r\nb\rc\n\v\f\b', '"', '\ufeff', '\x01\x7f', '中\\文\n', '\\.']
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '')),
      fc.string({ unit: fc.constantFrom('\\', 'n', 't', 'N', '\t', '\n', '\r', 'x') }),
      fc.constantFrom(null, ...special),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 1 }), async (given) => {
        for (const [table, columns] of [
          ['one', '$1::text[]'],
          ['pairs', '$1::text[], $1::text[]'],
        ] as const) {
          await client.query(`TRUNCATE ${table}`)
          await client.query(`INSERT INTO ${table} SELECT * FROM unnest(${columns})`, [given])
          const { parquet } = await reading.extract(source, { from: table })
          // As bytes: DuckDB's client leaves out a byte order mark that begins a text.
          const rows = await reading.warehouse.read((session) =>
            session.rows<Record<string, string | null>>(
              `SELECT hex(encode(COLUMNS(*))) FROM read_parquet(${literal(parquet)})`,
            ),
          )
          const bytes = given.map((text) => (text === null ? null : Buffer.from(text).toString('hex').toUpperCase()))
          for (const column of Object.keys(rows[0] ?? {}))
            assert.deepEqual(
              rows.map((row) => row[column]),
              bytes,
            )
        }
      }),
      { numRuns: 25, examples: [[[...special, null, '']], [['']], [[null]]] },
    )
  })

  test('rows of many megabytes arrive whole, beside values that do not fit', async () => {
    await client.query(`CREATE TABLE long_rows AS SELECT * FROM (VALUES
      (1, repeat('x', 3000000), date '2024-01-05'), (2, 'y', date '0044-03-15 BC'), (3, repeat('中', 12000000), NULL)) AS v (id, text, day)`)
    const { table, unreadable } = await reading.extract(source, { from: 'long_rows' })
    assert.deepEqual(
      table.map(({ id }) => id),
      [1, 3],
    )
    assert.ok(table[0]?.['text'] === 'x'.repeat(3_000_000))
    assert.ok(table[1]?.['text'] === '中'.repeat(12_000_000))
    assert.equal(unreadable.length, 1)
  })

  test('names are identifiers, whatever they hold', async () => {
    const { table } = await reading.extract(source, { from: 'Sales Dept."Orders.old"' })
    assert.deepEqual(table, [{ id: 1, select: 'x' }])
  })

  test('a cursor takes ties and rows without one, answers the highest finite value, and the same window gives the same rows', async () => {
    const feed = { from: 'changes', cursor: { column: 'updated_at' } }
    const all = await reading.extract(source, feed)
    assert.equal(all.cursor, '2024-01-03 12:00:00.000001+00')
    const one = await reading.extract(source, feed, { since: '2024-01-02 00:00:00+00' })
    assert.deepEqual(
      one.table.map(({ id }) => id),
      [2, 3, 4, 5],
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
    const { rows } = await reading.extract(source, feed, { since: `z' OR true; DROP TABLE changes; --` })
    assert.equal(rows, 1)
    assert.equal((await client.query<{ n: number }>('SELECT count(*)::int AS n FROM changes')).rows[0]?.n, 5)
  })

  test('a value beyond what can be kept costs its row only, and is told', async () => {
    const { table, unreadable } = await reading.extract(source, { from: 'ancient' })
    assert.deepEqual(table, [{ id: 1, day: '2024-01-05' }])
    assert.deepEqual(
      unreadable.map(({ file, reason }) => [file, reason]),
      [['ancient', `'0044-03-15 BC' in day is beyond what can be kept`]],
    )
    assert.deepEqual(JSON.parse(unreadable[0]?.text ?? ''), { id: '2', day: '0044-03-15 BC' })
  })

  test('a table without rows gives no file', async () => {
    const { rows, cursor } = await reading.extract(source, { from: 'nothing', cursor: { column: 'id' } })
    assert.deepEqual([rows, cursor], [0, null])
  })

  test('a fault says whether to try again, what to do, and never the URL or the password', async () => {
    const faults: [string, string, boolean, RegExp][] = [
      [
        server.url.replace(PASSWORD, 'wr%40ng-pass'),
        'kinds',
        false,
        /password authentication failed.*Check user and password/,
      ],
      [
        server.url.replace(/\/postgres$/, '/nosuch'),
        'kinds',
        false,
        /database "nosuch" does not exist.*Check the name of the database/,
      ],
      [`postgres://u:${PASSWORD}@127.0.0.1:1/x`, 'kinds', true, /ECONNREFUSED.*Check that the server runs/],
      [`not a url ${PASSWORD}`, 'kinds', false, /Check/],
      [server.url, 'kindz', false, /no table 'kindz'.*Did you mean 'public\.kinds'\?/],
    ]
    for (const [url, from, retry, message] of faults) {
      await assert.rejects(reading.extract({ ...source, url }, { from }), (error) => {
        assert.ok(error instanceof SourceError, inspect(error))
        assert.match(error.message, message)
        assert.equal(error.retry, retry, error.message)
        const all = inspect(error, { depth: 10, showHidden: true })
        for (const secret of [url, PASSWORD, 'wr%40ng-pass', 'wr@ng-pass']) assert.ok(!all.includes(secret), all)
        return true
      })
    }
  })

  test('a connection that drops in the middle is worth another try, and leaves no file', async () => {
    const proxy = await droppingProxy(server.port, 2_000_000)
    try {
      await client.query(
        `CREATE TABLE IF NOT EXISTS long AS SELECT i AS id, repeat('x', 100) AS text FROM generate_series(1, 200000) i`,
      )
      const url = server.url.replace(`:${server.port}/`, `:${proxy.port}/`)
      await assert.rejects(
        reading.extract({ ...source, url }, { from: 'long' }),
        (error) => error instanceof SourceError && error.retry,
      )
    } finally {
      proxy.server.close()
    }
  })

  test(`${LARGE ? 'ten' : 'two'} million rows arrive with flat memory`, async (context) => {
    const rows = LARGE ? 10_000_000 : 2_000_000
    await client.query(`CREATE UNLOGGED TABLE big AS
      SELECT i AS id, 'C' || (i % 5000) AS customer_id, (i % 100000)::numeric(12,2) AS amount, timestamptz '2024-01-01' + i * interval '1 second' AS updated_at,
        date '2024-01-01' + (i % 365) AS day, i % 2 = 0 AS ok, repeat('some words ', 10) || (i % 1000) AS note, 'A' || i AS reference FROM generate_series(1, ${rows}) i`)
    await client.query('CREATE VIEW part AS SELECT * FROM big LIMIT 1000000')
    const { peak: before } = await watched(() => reading.extract(source, { from: 'part' }))
    const started = performance.now()
    const { answer, peak } = await watched(() =>
      reading.extract(source, { from: 'big', cursor: { column: 'updated_at' } }),
    )
    const seconds = (performance.now() - started) / 1000
    const more = Math.round((peak - before) / 1e6)
    context.diagnostic(
      `${Math.round(rows / seconds).toLocaleString('en')} rows/s, ${more} MB more than for the first million rows`,
    )
    assert.equal(answer.rows, rows)
    assert.ok(more < 190, `${more} MB more`)
  })
})

/** Forwards to PostgreSQL and cuts the line after so many bytes of answers. */
async function droppingProxy(port: number, bytes: number): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => {
    const upstream = connect(port, '127.0.0.1')
    let passed = 0
    socket.on('error', () => upstream.destroy())
    upstream.on('error', () => socket.destroy())
    socket.pipe(upstream)
    upstream.on('data', (chunk) => {
      passed += chunk.length
      if (passed > bytes) {
        upstream.destroy()
        socket.destroy()
      } else socket.write(chunk)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 }
}

import { AsyncRecordBatchStreamReader, RecordBatchReader, tableFromIPC, type Table } from 'apache-arrow'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { after, before, describe, test } from 'node:test'
import { arrowStream, type ArrowOptions } from '../../data/arrow.ts'
import { Warehouse, type Parameter, type Session } from '../../data/warehouse.ts'

const ENDLESS = `SELECT a.range AS i FROM range(10_000_000_000) a`

describe('an Arrow stream', () => {
  let warehouse: Warehouse
  let session: Session
  before(async () => {
    warehouse = await Warehouse.open(':memory:')
    session = await warehouse.session()
    await session.run(`CREATE TYPE kind AS ENUM ('fault', 'inquiry', '投诉')`)
  })
  after(() => {
    session.close()
    warehouse.close()
  })

  const read = async (
    sql: string,
    parameters: readonly Parameter[] = [],
    options: ArrowOptions = {},
  ): Promise<Table> => {
    const pieces: Uint8Array[] = []
    for await (const piece of arrowStream(session, sql, parameters, options)) pieces.push(piece)
    return tableFromIPC(Buffer.concat(pieces))
  }
  const column = (table: Table, name: string): unknown[] => [...(table.getChild(name) ?? [])]
  const types = (table: Table): string[] => table.schema.fields.map((field) => String(field.type))

  test('keeps every type, with and without nulls', async () => {
    const table = await read(`SELECT * REPLACE (CAST(m AS kind) AS m) FROM (VALUES
      (true, 1::TINYINT, 2::SMALLINT, 3::INTEGER, 4::BIGINT, 5::UTINYINT, 6::UBIGINT, 1.5::FLOAT, 2.5::DOUBLE, DATE '2025-02-03', TIMESTAMP '2025-02-03 04:05:06.789', '客户', 'fault'::kind),
      (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
      (false, -1, -2, -3, -4, 255, 18446744073709551615, -1.5, -2.5, DATE '1960-01-01', TIMESTAMP '1960-01-01 00:00:00', 'a text longer than twelve bytes', '投诉'))
      everything(a, b, c, d, e, f, g, h, i, j, k, l, m)`)
    assert.deepEqual(types(table), [
      'Bool',
      'Int8',
      'Int16',
      'Int32',
      'Int64',
      'Uint8',
      'Uint64',
      'Float32',
      'Float64',
      'Date32<DAY>',
      'Timestamp<MICROSECOND, UTC>',
      'Utf8',
      'Dictionary<Uint8, Utf8>',
    ])
    const rows = Array.from({ length: table.numRows }, (_, row) =>
      table.schema.names.map((name) => table.getChild(String(name))?.get(row) as unknown),
    )
    assert.deepEqual(rows[0], [
      true,
      1,
      2,
      3,
      4n,
      5,
      6n,
      1.5,
      2.5,
      Date.UTC(2025, 1, 3),
      Date.UTC(2025, 1, 3, 4, 5, 6, 789),
      '客户',
      'fault',
    ])
    assert.deepEqual(rows[1], Array(13).fill(null))
    assert.deepEqual(rows[2], [
      false,
      -1,
      -2,
      -3,
      -4n,
      255,
      18446744073709551615n,
      -1.5,
      -2.5,
      Date.UTC(1960, 0, 1),
      Date.UTC(1960, 0, 1),
      'a text longer than twelve bytes',
      '投诉',
    ])
  })

  test('keeps every digit of decimals of every size, and their sign', async () => {
    const sizes = [4, 9, 18, 38]
    const digits = (size: number): string => '9'.repeat(size - 2) + '.99'
    const table = await read(
      sizes
        .map((size) =>
          [digits(size), `-${digits(size)}`, '-0.01', '0'].map((value) => `'${value}'::DECIMAL(${size},2) AS d${size}`),
        )
        .reduce<string[]>(
          (rows, values) =>
            values.length ? values.map((value, i) => (rows[i] ? `${rows[i]}, ${value}` : `SELECT ${value}`)) : rows,
          [],
        )
        .join(' UNION ALL '),
    )
    for (const size of sizes) {
      const raw = column(table, `d${size}`)
        .map((words) => signed(words as Uint32Array))
        .sort((a, b) => (a < b ? -1 : 1))
      const largest = 10n ** BigInt(size) - 1n
      assert.deepEqual(raw, [-largest, -1n, 0n, largest])
    }
    assert.deepEqual(
      types(table),
      sizes.map((size) => `Decimal[${size}e+2]`),
    )
    const sum = await read(
      'SELECT SUM(i) AS total, -170141183460469231731687303715884105727::HUGEINT AS least FROM range(10) numbers(i)',
    )
    assert.deepEqual(
      [column(sum, 'total'), column(sum, 'least')].map(([words]) => signed(words as Uint32Array)),
      [45n, -170141183460469231731687303715884105727n],
    )
  })

  test('equals the rows, whatever their number, nulls and batch size', async () => {
    const law = fc.asyncProperty(
      fc.integer({ min: 0, max: 20_000 }),
      fc.integer({ min: 1, max: 7 }),
      fc.constantFrom(1, 100, 3_000, 65_536),
      async (count, step, batchRows) => {
        const sql = `SELECT i, CASE WHEN i % $1 <> 0 THEN i END AS n, i % 3 = 0 AS flag, CASE WHEN i % 5 > 0 THEN repeat('客', CAST(i % 9 AS INTEGER)) || i END AS text,
        CAST(i AS DECIMAL(12,2)) / 1 AS share FROM range(${count}) numbers(i) WHERE i % 11 > 1`
        const [table, rows] = [
          await read(sql, [step], { batchRows }),
          await session.rows<Record<string, unknown>>(sql, [step]),
        ]
        assert.equal(table.numRows, rows.length)
        for (const name of ['i', 'n', 'flag', 'text', 'share']) {
          const plain = column(table, name).map((value) => (typeof value === 'bigint' ? Number(value) : value))
          assert.deepEqual(
            plain,
            rows.map((row) => row[name]),
          )
        }
      },
    )
    await fc.assert(law, { numRuns: 12 })
  })

  test('comes in batches of the size asked for', async () => {
    const reader = await RecordBatchReader.from(arrowStream(session, 'SELECT i FROM range(200000) numbers(i)'))
    assert.ok(reader instanceof AsyncRecordBatchStreamReader)
    const sizes: number[] = []
    for await (const batch of reader) sizes.push(batch.numRows)
    assert.deepEqual(sizes, [65_536, 65_536, 65_536, 3_392])
  })

  test('without rows still has its columns', async () => {
    const table = await read(`SELECT 1 AS a, 'x'::kind AS b FROM range(0)`.replace(`'x'`, `'fault'`))
    assert.deepEqual([table.numRows, types(table)], [0, ['Int32', 'Dictionary<Uint8, Utf8>']])
  })

  test('gives lists, structs and what Arrow readers seldom know as text', async () => {
    const table = await read(`SELECT [1, 2] AS list, {'a': '客', 'b': NULL} AS record, INTERVAL 3 DAY AS span,
      'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::UUID AS uuid, TIMESTAMP_S '2025-01-01 00:00:00' AS second, 1 AS "a ""name"""`)
    const row = table.get(0)?.toJSON()
    assert.deepEqual(row, {
      list: '[1,2]',
      record: '{"a":"客","b":null}',
      span: '3 days',
      uuid: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
      second: Date.UTC(2025, 0, 1),
      'a "name"': 1,
    })
  })

  test('has nothing but zeros where a value is null: what the engine left there may be of other rows', async () => {
    const left = `MAX(n) FILTER (WHERE n % 3 = 0 AND n % 2 = 1)`
    const types = ['BIGINT', 'INTEGER', 'DOUBLE', 'DECIMAL(18,2)', 'DECIMAL(9,2)', 'DECIMAL(4,0)', 'DATE', 'BOOLEAN']
    const as = (type: string): string =>
      type === 'DATE' ? `DATE '2025-01-01' + CAST(${left} AS INTEGER)` : `CAST(${left} AS ${type})`
    const columns = types.map(
      (type, at) =>
        `${as(type)} AS c${at}, NULLIF(${as(type).replace(left, 'MAX(n)')}, ${as(type).replace(left, 'MAX(n)')}) AS d${at}`,
    )
    const table = await read(`SELECT ${columns.join(', ')} FROM range(1, 3001) AS r(n) GROUP BY n ORDER BY n`)
    for (const { name } of table.schema.fields)
      for (const part of table.getChild(name)?.data ?? []) {
        const { buffer, byteOffset, byteLength } = part.values as Uint8Array | BigInt64Array
        const values = new Uint8Array(buffer, byteOffset, byteLength)
        const width = values.length / part.length
        const rest = Array.from({ length: part.length }, (_, row) => row).filter((row) => !part.getValid(row))
        assert.ok(rest.length > 100, name)
        const isZero = (row: number): boolean =>
          width < 1
            ? ((values[row >> 3] ?? 0) & (1 << (row & 7))) === 0
            : [...values.subarray(row * width, (row + 1) * width)].every((each) => each === 0)
        assert.ok(rest.every(isZero), name)
      }
  })

  test('keeps long texts of every shape: repeated, null between, far beyond a vector', async () => {
    const sql = `SELECT CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN 'the same long text each time' WHEN 2 THEN repeat('长', 500) || i ELSE '' END AS text FROM range(30000) numbers(i)`
    const rows = await session.rows<{ text: string | null }>(sql)
    assert.deepEqual(
      column(await read(sql), 'text'),
      rows.map((row) => row.text),
    )
    await session.run(
      `CREATE TABLE words AS ${sql}; INSERT INTO words SELECT 'another quite long text' FROM range(50000); CHECKPOINT`,
    )
    assert.deepEqual(
      column(await read('SELECT text FROM words'), 'text').slice(0, 30_000),
      rows.map((row) => row.text),
    )
  })

  test('ends when the reader leaves, and the connection serves on', async () => {
    for await (const piece of arrowStream(session, ENDLESS)) {
      assert.ok(piece.byteLength > 0)
      if (piece.byteLength > 100_000) break
    }
    assert.deepEqual(await session.one('SELECT 1 AS one'), { one: 1 })
  })

  test('of a query that fails on its way throws, and never looks whole', async () => {
    const late = `SELECT CAST(CASE WHEN i = 500000 THEN 'x' ELSE '1' END AS INTEGER) AS a FROM range(600000) numbers(i)`
    await assert.rejects(read(late), /broke off/)
    for await (const piece of arrowStream(session, late)) if (piece) break
    assert.deepEqual(await session.one('SELECT 1 AS one'), { one: 1 })
  })

  test('stops at the signal, while DuckDB works and between batches', async () => {
    const silent = `SELECT a.range AS i FROM range(10_000_000_000) a WHERE a.range % 7 = 9`
    for (const sql of [silent, ENDLESS]) {
      const reading = (async () => {
        for await (const piece of arrowStream(session, sql, [], { signal: AbortSignal.timeout(100) })) assert.ok(piece)
      })()
      await assert.rejects(reading, (error) => error instanceof DOMException && error.name === 'TimeoutError')
    }
    assert.deepEqual(await session.one('SELECT 1 AS one'), { one: 1 })
  })

  test('holds no more memory for a long answer than for a batch', async () => {
    const before = process.memoryUsage.rss()
    let [bytes, most] = [0, 0]
    for await (const piece of arrowStream(
      session,
      `SELECT i, i * 2 AS twice, 'text ' || i AS text FROM range(4000000) numbers(i)`,
    )) {
      bytes += piece.byteLength
      most = Math.max(most, process.memoryUsage.rss())
    }
    assert.ok(bytes > 120e6)
    assert.ok(most - before < 110e6, `${(most - before) / 1e6} MB more`)
  })
})

/** The 128 bits of a decimal as Arrow gives them: four words, lowest first. */
function signed(words: Uint32Array): bigint {
  return BigInt.asIntN(
    128,
    [...words].reduceRight((value, word) => (value << 32n) | BigInt(word), 0n),
  )
}

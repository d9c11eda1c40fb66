import assert from 'node:assert/strict'
import { after, before, describe as suite, test } from 'node:test'
import { checkingSession, dependencies, describe, faultOf, parse } from '../../data/catalog.ts'
import { Warehouse, type Session } from '../../data/warehouse.ts'
import { QueryError } from '../../errors.ts'

const TABLES = `CREATE SCHEMA core;
  CREATE TABLE core.orders (order_id BIGINT, customer_id VARCHAR, amount DECIMAL(18,2), ordered_on DATE);
  CREATE TABLE core.customers (customer_id VARCHAR, name VARCHAR);`

suite('the catalogue', () => {
  let warehouse: Warehouse
  let session: Session
  before(async () => {
    warehouse = await Warehouse.open(':memory:')
    session = await checkingSession(warehouse)
    await session.run(TABLES)
  })
  after(() => {
    session.close()
    warehouse.close()
  })

  const faultIn = async (work: Promise<unknown>): Promise<ReturnType<typeof faultOf>> => {
    const error = await work.then(
      () => assert.fail('no error'),
      (cause: unknown) => cause,
    )
    assert.ok(error instanceof QueryError)
    return faultOf(error)
  }

  const cases: readonly (readonly [what: string, sql: string, tables: readonly string[]])[] = [
    [
      'a join with USING',
      'SELECT 1 FROM core.orders JOIN core.customers USING (customer_id)',
      ['core.customers', 'core.orders'],
    ],
    [
      'subqueries wherever they stand',
      `SELECT (SELECT MAX(x) FROM a.b), EXISTS (SELECT 1 FROM a.c), 1 IN (SELECT y FROM a.d)
      FROM a.e WHERE x > ALL (SELECT 1 FROM a.f) ORDER BY (SELECT 1 FROM a.g) LIMIT (SELECT 1 FROM a.h)`,
      ['a.b', 'a.c', 'a.d', 'a.e', 'a.f', 'a.g', 'a.h'],
    ],
    [
      'set operations',
      'SELECT 1 FROM a.b UNION ALL SELECT 2 FROM a.c INTERSECT SELECT 3 FROM a.d EXCEPT SELECT 4 FROM a.e',
      ['a.b', 'a.c', 'a.d', 'a.e'],
    ],
    [
      'lateral joins',
      'SELECT 1 FROM a.b, LATERAL (SELECT 1 FROM a.c WHERE c.x = b.x) LEFT JOIN a.d ON true',
      ['a.b', 'a.c', 'a.d'],
    ],
    [
      'WITH, whose names are no tables',
      'WITH first AS (SELECT * FROM a.b), second AS (SELECT * FROM FIRST) SELECT * FROM second JOIN first USING (x)',
      ['a.b'],
    ],
    [
      'a WITH inside a subquery, whose names end with it',
      'SELECT 1 FROM (WITH x AS (SELECT 1 FROM a.b) SELECT 1 FROM x), x',
      ['a.b', 'x'],
    ],
    [
      'a WITH named as the table it reads',
      'WITH orders AS (SELECT * FROM core.orders) SELECT * FROM orders',
      ['core.orders'],
    ],
    [
      'a recursive WITH',
      'WITH RECURSIVE r AS (SELECT 1 AS x FROM a.b UNION ALL SELECT x + 1 FROM r JOIN a.c ON true) SELECT * FROM r',
      ['a.b', 'a.c'],
    ],
    [
      'window functions and FILTER',
      'SELECT SUM(x) FILTER (WHERE y IN (SELECT y FROM a.c)) OVER (PARTITION BY z) FROM a.b',
      ['a.b', 'a.c'],
    ],
    ['VALUES and table functions, which read none', 'SELECT 1 FROM (VALUES (1)) numbers(n), range(5)', []],
    ['comments and words in both languages', "-- 客户\nSELECT 'core.orders' AS 词 FROM a.b", ['a.b']],
  ]
  for (const [what, sql, tables] of cases) {
    test(`dependencies see through ${what}`, async () => assert.deepEqual(await dependencies(session, sql), tables))
  }

  test('many statements are parsed at once, each with its own answer', async () => {
    const answers = await parse(session, [
      'SELECT 1 FROM a.b',
      'SELECT\n  FROM FROM',
      'SELECT 1; SELECT 2',
      'DROP TABLE core.orders',
    ])
    assert.deepEqual(answers[0], { tables: ['a.b'] })
    assert.deepEqual(
      answers.slice(1).map((answer) => 'fault' in answer && answer.fault.line),
      [2, undefined, undefined],
    )
    assert.equal((await session.rows('SELECT 1 FROM core.orders')).length, 0)
  })

  test('a statement that does not parse names its line, whatever the script before it', async () => {
    const fault = await faultIn(dependencies(session, "-- 客户价值😀😀😀\nSELECT '服务'\nFROM core.orders\nWHERE ,"))
    assert.deepEqual(fault, { message: 'Parser Error: syntax error at or near ","', line: 4, candidates: [] })
  })

  test('columns are described with DuckDB types', async () => {
    const sql = `SELECT customer_id, CAST(SUM(amount) AS DECIMAL(18,2)) AS revenue, COUNT(*) AS order_count, MAX(ordered_on) AS last_on,
      CAST(MAX(ordered_on) AS TIMESTAMP) AS last_at, true AS is_good, CAST(1 AS DOUBLE) AS share FROM core.orders GROUP BY customer_id`
    assert.deepEqual(await describe(session, sql), [
      { name: 'customer_id', type: 'VARCHAR' },
      { name: 'revenue', type: 'DECIMAL(18,2)' },
      { name: 'order_count', type: 'BIGINT' },
      { name: 'last_on', type: 'DATE' },
      { name: 'last_at', type: 'TIMESTAMP' },
      { name: 'is_good', type: 'BOOLEAN' },
      { name: 'share', type: 'DOUBLE' },
    ])
  })

  test('a wrong column gives its line and the nearest names', async () => {
    const fault = await faultIn(describe(session, 'SELECT\n  customer_id,\n  amout\nFROM core.orders'))
    assert.deepEqual(fault, {
      message: 'Binder Error: Referenced column "amout" not found in FROM clause!',
      line: 3,
      candidates: ['amount', 'customer_id'],
    })
    const qualified = await faultIn(describe(session, 'SELECT orders.foo\nFROM core.orders'))
    assert.deepEqual([qualified.line, qualified.candidates.includes('order_id')], [1, true])
  })

  test('a wrong table or function gives its line and the nearest name', async () => {
    const table = await faultIn(describe(session, 'SELECT 1\nFROM core.order'))
    assert.deepEqual([table.line, table.candidates], [2, ['orders']])
    const name = await faultIn(describe(session, 'SELECT dat_trunc(1)'))
    assert.deepEqual([name.line, name.candidates], [1, ['date_trunc']])
  })
})

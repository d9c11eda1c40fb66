import assert from 'node:assert/strict'
import { sql, type Kysely } from 'kysely'
import { after, before, describe, test } from 'node:test'
import { openKysely } from '../../data/dialect.ts'
import { Warehouse } from '../../data/warehouse.ts'
import { QueryError } from '../../errors.ts'

interface Tables {
  'marts.orders': { order_id: number; customer_id: string; amount: number; ordered_on: string; is_open: boolean }
  'marts.customers': { customer_id: string; name: string | null }
}

const MADE = `CREATE SCHEMA marts;
  CREATE TABLE marts.orders AS SELECT i AS order_id, 'C' || (i % 10) AS customer_id, CAST(i AS DECIMAL(18,2)) / 4 AS amount,
    DATE '2025-01-01' + CAST(i % 60 AS INTEGER) AS ordered_on, i % 2 = 0 AS is_open FROM range(5000) numbers(i);
  CREATE TABLE marts.customers AS SELECT 'C' || i AS customer_id, CASE WHEN i < 9 THEN '客户 ' || i END AS name FROM range(10) numbers(i);
  CREATE VIEW marts.open_orders AS SELECT order_id FROM marts.orders WHERE is_open;`

describe('Kysely on DuckDB', () => {
  let warehouse: Warehouse
  let tables: Kysely<Tables>
  before(async () => {
    warehouse = await Warehouse.open(':memory:')
    await warehouse.write((session) => session.run(MADE))
    tables = openKysely<Tables>(warehouse)
  })
  after(async () => {
    await tables.destroy()
    warehouse.close()
  })

  test('a query with a join, a grouping and parameters answers as DuckDB does', async () => {
    const query = tables
      .selectFrom('marts.orders')
      .innerJoin('marts.customers', 'marts.customers.customer_id', 'marts.orders.customer_id')
      .where('is_open', '=', true)
      .where('ordered_on', '>=', '2025-02-01')
      .where('marts.orders.customer_id', 'in', ['C0', 'C2'])
      .groupBy('name')
      .orderBy('name')
      .select((of) => ['name', of.fn.countAll<number>().as('order_count'), of.fn.sum<number>('amount').as('revenue')])
    assert.match(query.compile().sql, /"is_open" = \$1 and "ordered_on" >= \$2/)
    const expected = await warehouse.read((session) =>
      session.rows(`SELECT name, COUNT(*) AS order_count, SUM(amount) AS revenue FROM marts.orders JOIN marts.customers USING (customer_id)
        WHERE is_open AND ordered_on >= '2025-02-01' AND customer_id IN ('C0', 'C2') GROUP BY name ORDER BY name`),
    )
    assert.deepEqual(await query.execute(), expected)
    assert.equal(expected.length, 2)
  })

  test('raw SQL, limits, null and dates are bound', async () => {
    const query = tables
      .selectFrom('marts.customers')
      .where(sql<boolean>`name IS NOT DISTINCT FROM ${null}`)
      .where(sql<boolean>`CAST(${new Date('2025-01-01T00:00:00Z')} AS TIMESTAMP) = TIMESTAMP '2025-01-01'`)
      .select(['customer_id', sql<string>`${'值'}`.as('word')])
      .limit(5)
      .offset(0)
    assert.deepEqual(await query.execute(), [{ customer_id: 'C9', word: '值' }])
  })

  test('a large answer can be streamed and left early', async () => {
    let rows = 0
    for await (const row of tables
      .selectFrom('marts.orders')
      .select('order_id')
      .where('order_id', '>=', 100)
      .stream()) {
      assert.equal(typeof row.order_id, 'number')
      if (++rows === 3_000) break
    }
    assert.equal(rows, 3_000)
  })

  test('many queries run side by side', async () => {
    const counts = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        tables.selectFrom('marts.orders').select('order_id').where('order_id', '<', i).execute(),
      ),
    )
    assert.deepEqual(
      counts.map((rows) => rows.length),
      Array.from({ length: 20 }, (_, i) => i),
    )
  })

  test('writing in a transaction is refused', async () => {
    await assert.rejects(
      tables.transaction().execute(async () => undefined),
      (error) => error instanceof QueryError && /read-only/.test(error.message),
    )
  })

  test('what cannot be bound is refused by its place', async () => {
    const query = tables
      .selectFrom('marts.orders')
      .select('order_id')
      .where(sql<boolean>`order_id = ${{ $ne: 1 }}`)
    await assert.rejects(query.execute(), /parameter \$1 is object/)
  })

  test('tables and columns are listed', async () => {
    const found = await tables.introspection.getTables()
    assert.deepEqual(
      found.map((table) => [table.schema, table.name, table.isView]),
      [
        ['marts', 'customers', false],
        ['marts', 'open_orders', true],
        ['marts', 'orders', false],
      ],
    )
    assert.deepEqual(
      found[0]?.columns.map((column) => [column.name, column.dataType]),
      [
        ['customer_id', 'VARCHAR'],
        ['name', 'VARCHAR'],
      ],
    )
    assert.ok((await tables.introspection.getSchemas()).some((schema) => schema.name === 'marts'))
  })
})

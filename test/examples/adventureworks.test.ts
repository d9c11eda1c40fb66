import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Example, lacking, loads } from './example.ts'

describe(
  'AdventureWorks: customers, products and three years of sales',
  { skip: lacking('adventureworks-sales') },
  () => {
    let example: Example
    before(async () => {
      example = await Example.open('adventureworks')
    })
    after(() => example.remove())

    test('all 56,046 lines of 25,162 order numbers and 17,411 customers load, and nothing is rejected', async () => {
      const report = await example.run()
      assert.deepEqual(loads(report), { customers: 18_148, products: 293, orders: 56_046, order_lines: 56_046 })
      assert.equal(report.rejects, 0)
      const found = await example.row(`
      SELECT count(*) AS lines, count(DISTINCT split_part(order_id, '/', 1)) AS numbers, count(DISTINCT customer_id) AS buyers
      FROM raw.order_lines JOIN raw.orders USING (order_id)`)
      assert.deepEqual(found, { lines: 56_046, numbers: 25_162, buyers: 17_411 })
    })

    test('at list price the lines are worth 24,914,586.82 and cost 14,456,871.39, to the last decimal of the files', async () => {
      const found = await example.row(`
      SELECT CAST(sum(CAST(quantity AS DECIMAL(9, 0)) * list_price) AS DECIMAL(18, 2)) AS revenue,
        CAST(sum(CAST(quantity AS DECIMAL(9, 0)) * products.unit_cost) AS DECIMAL(18, 2)) AS cost
      FROM raw.order_lines AS lines JOIN raw.products AS products USING (product_id)`)
      assert.deepEqual(found, { revenue: 24_914_586.82, cost: 14_456_871.39 })
    })

    test('the metrics differ from that by less than half a cent a line, and say that no amount was entered', async () => {
      const { rows, evidence } = await example.answer(['revenue', 'cost_of_goods', 'orders'])
      const { revenue, cost_of_goods, orders } = rows[0] as { revenue: number; cost_of_goods: number; orders: number }
      assert.equal(revenue, 24_914_583.66)
      assert.equal(cost_of_goods, 14_456_847.13)
      assert.ok(
        Math.abs(revenue - 24_914_586.82) < 56_046 * 0.005 && Math.abs(cost_of_goods - 14_456_871.39) < 56_046 * 0.005,
      )
      assert.equal(orders, 25_164, 'two numbers were given to two customers each')
      assert.equal(evidence.coverage['revenue']?.share, 0)
      assert.equal(evidence.coverage['cost_of_goods']?.share, 1)
    })

    test('a second run brings nothing new and changes nothing, and rebuild makes the same tables', async () => {
      const tables = await example.tables()
      const again = await example.run()
      assert.deepEqual([again.published, again.rows, again.version], [false, 0, undefined])
      assert.deepEqual(await example.tables(), tables)
      await example.command('rebuild')
      assert.deepEqual(await example.tables(), tables)
    })
  },
)

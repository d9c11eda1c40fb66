import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Example, lacking, loads } from './example.ts'

describe('AdventureWorks master data: tabs, and no line of names', { skip: lacking('adventureworks-oltp') }, () => {
  test('19,820 customers, 701 dealers, 290 employees and 504 products load, and nothing is rejected', async () => {
    const example = await Example.open('adventureworks-master')
    try {
      const report = await example.run()
      assert.deepEqual(loads(report), { customers: 19_820, dealers: 701, employees: 290, products: 504 })
      assert.equal(report.rejects, 0)
      const found = await example.row(`
        SELECT (SELECT count(*) FROM raw.customers) AS customers,
          (SELECT count(*) FROM raw.dealers JOIN (SELECT DISTINCT dealer_id FROM raw.customers WHERE kind = 'indirect') USING (dealer_id)) AS dealers,
          (SELECT count(*) FROM raw.employees) AS employees, (SELECT min(name) FROM raw.employees WHERE employee_id = '1') AS first,
          (SELECT count(*) FROM raw.products) AS products`)
      assert.deepEqual(found, { customers: 19_820, dealers: 701, employees: 290, first: 'ken0', products: 504 })
    } finally {
      await example.remove()
    }
  })
})

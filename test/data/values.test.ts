import { DuckDBDecimalValue } from '@duckdb/node-api'
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, test } from 'node:test'
import { toJs } from '../../data/values.ts'
import { Warehouse } from '../../data/warehouse.ts'

describe('the value policy', () => {
  test('a decimal is the number its digits say, or those digits', () => {
    const law = fc.property(
      fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }),
      fc.integer({ min: 0, max: 38 }),
      fc.integer({ min: 0, max: 38 }),
      (large, shorter, scale) => {
        const decimal = new DuckDBDecimalValue(large / 10n ** BigInt(shorter), 38, scale)
        const value = toJs(decimal)
        assert.equal(
          typeof value === 'number' ? Number(decimal.toString()) === value : value === decimal.toString(),
          true,
        )
      },
    )
    fc.assert(law, { numRuns: 2_000 })
    assert.deepEqual(
      [toJs(new DuckDBDecimalValue(-110n, 18, 2)), toJs(new DuckDBDecimalValue(999_999_999_999_999n, 18, 2))],
      [-1.1, 9_999_999_999_999.99],
    )
  })

  test('what JavaScript has no word for is null, whole numbers keep their digits', async () => {
    const warehouse = await Warehouse.open(':memory:')
    const sql = `SELECT 'infinity'::TIMESTAMP AS ever, '-infinity'::DATE AS never, 'Infinity'::DOUBLE AS boundless, TIMESTAMP '290000-01-01' AS late,
      TIMESTAMP '1969-12-31 23:59:59.999' AS early, SUM(i) AS total, 170141183460469231731687303715884105727::HUGEINT AS huge, TIME '08:30:00' AS clock FROM range(10) numbers(i)`
    assert.deepEqual(await warehouse.read((session) => session.one(sql)), {
      ever: null,
      never: null,
      boundless: null,
      late: null,
      early: '1969-12-31T23:59:59.999Z',
      total: 45,
      huge: '170141183460469231731687303715884105727',
      clock: '08:30:00',
    })
    warehouse.close()
  })
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ModelError } from '../../../errors.ts'
import { parseModel } from '../../../models/builder/read.ts'

const place = { name: 'core.orders', schema: 'core', table: 'orders', file: 'models/core/orders.sql', hash: '' }

function refused(text: string, message: RegExp, line?: number): void {
  assert.throws(
    () => parseModel(text, place),
    (error: unknown) => {
      assert.ok(error instanceof ModelError)
      assert.match(error.message, message)
      if (line !== undefined) assert.equal(error.line, line)
      return true
    },
  )
}

describe('the header of a model', () => {
  test('gives description, grain, columns and audits; the rest of the file is the SELECT', () => {
    const model = parseModel(
      `-- description: Orders.
-- grain: [order_id]
-- columns:
--   amount: What was paid.
-- audits:
--   - unique: order_id
--   - balance: amount = net + tax
--   - accepted: { status: [open, closed] }
--     severity: warn
--   - references: { customer_id: core.customers.customer_id }
--   - rows: amount < 0
--     name: no order is negative
SELECT 1 AS order_id
FROM raw.orders;
`,
      place,
    )
    assert.equal(model.sql, 'SELECT 1 AS order_id\nFROM raw.orders')
    assert.equal(model.firstLine, 13)
    assert.deepEqual(model.grain, ['order_id'])
    assert.equal(model.materialised, 'table')
    assert.deepEqual(
      model.audits.map((audit) => [audit.kind, audit.name, audit.severity]),
      [
        ['unique', 'unique(order_id)', 'error'],
        ['balance', 'balance(amount = net + tax)', 'error'],
        ['accepted', 'accepted(status)', 'warn'],
        ['references', 'references(customer_id → core.customers.customer_id)', 'error'],
        ['rows', 'no order is negative', 'error'],
      ],
    )
  })

  test('a staging model is a view unless its header says table', () => {
    const staging = { ...place, name: 'staging.orders', schema: 'staging' }
    const text = '-- description: Orders.\n-- grain: order_id\nSELECT 1 AS order_id'
    assert.equal(parseModel(text, staging).materialised, 'view')
    assert.equal(parseModel(`-- materialised: table\n${text}`, staging).materialised, 'table')
  })

  test('the equals sign of a balance is the one outside brackets, quotes and comparisons', () => {
    const model = parseModel(
      `-- description: Orders.\n-- grain: a\n-- audits:\n--   - balance: "CASE WHEN (a = 1) AND b <= 2 THEN 0 END = c"\nSELECT 1`,
      place,
    )
    const [audit] = model.audits
    assert.ok(audit?.kind === 'balance')
    assert.deepEqual([audit.left, audit.right], ['CASE WHEN (a = 1) AND b <= 2 THEN 0 END', 'c'])
  })

  test('without description or grain it is refused, naming what a header has', () => {
    refused(
      '-- grain: a\nSELECT 1',
      /models\/core\/orders\.sql line 1: header: description: .*A header has description, grain/,
    )
    refused('-- description: Orders.\nSELECT 1', /header: grain: /)
    refused('SELECT 1', /header: description: /)
  })

  test('an unknown key is refused with its line', () => {
    refused(
      '-- description: Orders.\n-- grain: a\n-- audits:\n--   - uniqe: a\nSELECT 1',
      /line 4: header: audits\.0: .*uniqe/,
      4,
    )
    refused('-- description: Orders.\n-- grain: a\n-- colums: {}\nSELECT 1', /colums/)
  })

  test('an audit that checks nothing, or balances nothing, says which audits there are', () => {
    const start = '-- description: Orders.\n-- grain: a\n-- audits:\n'
    refused(`${start}--   - name: nothing\nSELECT 1`, /write one of unique, not_null, balance/, 4)
    refused(`${start}--   - balance: a + b\nSELECT 1`, /balance \(left = right\)/, 4)
    refused(`${start}--   - references: { a: customers }\nSELECT 1`, /schema\.table\.column/, 4)
  })

  test('YAML that does not parse is refused with its line and the usual cause', () => {
    refused(
      '-- description: Orders: all of them\n-- grain: a\nSELECT 1',
      /line 1: header: .*Quote a text that holds/,
      1,
    )
  })

  test('a file with a header and no SELECT is refused', () => {
    refused('-- description: Orders.\n-- grain: a\n', /no SELECT after the header/)
  })
})

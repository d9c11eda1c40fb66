import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bigCustomers, costliest, largestCount } from '../../dashboards/charts/big-customers.ts'
import type { Answer } from '../../models/metrics/metric.ts'

function answerOf(rows: Answer['rows'], total = rows.length): Answer {
  const evidence = {
    as_of: '2025-12-31',
    known_at: '2026-01-01T00:00:00.000Z',
    warehouse_version: 1,
    coverage: {},
    figures: {},
  }
  return { columns: [], rows, total, evidence: { ...evidence, sources: [] } }
}

const customer = (name: string, crm_class: string, revenue: number | null, profit = 1) => ({
  customer: name,
  crm_class,
  revenue,
  profit,
})
const namesOf = (rows: Answer['rows']) => rows.map((row) => row['customer'])

describe('big customers', () => {
  test('whoever is recorded as VIP or key is big, even when they bought nothing', () => {
    const answer = answerOf([customer('a', 'VIP', null), customer('b', 'key', 0), customer('c', 'regular', null)])
    assert.deepEqual(namesOf(bigCustomers(answer)), ['a', 'b'])
  })

  test('the largest by revenue are big whatever their class, a tenth of all but at least 10 and at most 40', () => {
    const many = Array.from({ length: 300 }, (_, i) => customer(`c${i}`, 'regular', 300 - i))
    assert.equal(bigCustomers(answerOf(many)).length, 30)
    assert.equal(bigCustomers(answerOf(many.slice(0, 50))).length, 10)
    assert.equal(largestCount(answerOf(many, 5000)), 40)
  })

  test('of them only those below zero are costly, the worst first', () => {
    const rows = [customer('a', 'VIP', 1, -5), customer('b', 'VIP', 1, 0), customer('c', 'VIP', 1, -50)]
    assert.deepEqual(namesOf(costliest(rows)), ['c', 'a'])
  })
})

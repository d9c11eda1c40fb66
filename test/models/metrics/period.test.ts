import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resolvePeriod } from '../../../models/metrics/period.ts'

test('every form of a period becomes months', () => {
  const months = (words: string): unknown[] => Object.values(resolvePeriod(words, '2025-03-17'))
  assert.deepEqual(months('trailing_12'), ['2024-04-01', '2025-04-01'])
  assert.deepEqual(months('year_to_date'), ['2025-01-01', '2025-04-01'])
  assert.deepEqual(months('all_time'), [null, null])
  assert.deepEqual(months('2024'), ['2024-01-01', '2025-01-01'])
  assert.deepEqual(months('2024-12'), ['2024-12-01', '2025-01-01'])
  assert.deepEqual(months('2024-11..2025-01'), ['2024-11-01', '2025-02-01'])
})

test('a period that is no period says what is valid', () => {
  for (const words of ['last_week', '2025-13', '2025-1', '2025-01..', '2025-01..2025-02..2025-03', "2025'--", '']) {
    assert.throws(() => resolvePeriod(words, '2025-03-17'), /Valid: trailing_12, all_time/)
  }
  assert.throws(() => resolvePeriod('2025-02..2025-01', '2025-03-17'), /ends before it begins/)
})

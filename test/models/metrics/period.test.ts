import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comparablePeriods, periodWords, resolvePeriod } from '../../../models/metrics/period.ts'

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

test('years have four digits, those of the months that are compared too', () => {
  for (const words of ['0000', '0999', '0000-01', '0999-12..2025-01', '0000..0001'])
    assert.throws(() => resolvePeriod(words, '2025-03-17'), /Valid: trailing_12, all_time/, words)
  assert.deepEqual(Object.values(resolvePeriod('1000', '2025-03-17')), ['1000-01-01', '1001-01-01'])
  for (const words of ['1000', '1000-01..2024-12', '1000-01..9999-12'])
    for (const to of ['previous', 'last_year'] as const)
      assert.throws(() => comparablePeriods(words, '2025-03-17', to), /begins before the year 1000/, words)
  const pair = comparablePeriods('1001', '2025-03-17', 'previous')
  assert.equal(pair && periodWords(pair.before), '1000-01..1000-12')
})

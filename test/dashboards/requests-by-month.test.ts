import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { requestsByMonth } from '../../dashboards/charts/requests-by-month.ts'
import { createSpeech } from '../../dashboards/words/speech.ts'
import type { Answer } from '../../models/metrics/metric.ts'

const speech = createSpeech({ language: 'en', currency: 'CNY', timeZone: 'Asia/Shanghai' })

function drawn(as_of: string) {
  const evidence = {
    as_of,
    known_at: '2026-01-01T00:00:00.000Z',
    warehouse_version: 1,
    coverage: {},
    figures: {},
    sources: [],
  }
  const rows = [
    { month: '2025-11-01', request_volume: 30 },
    { month: '2025-12-01', request_volume: 12 },
  ]
  const answer: Answer = { columns: [], rows, total: 2, evidence }
  return requestsByMonth.rows(answer, speech).map(({ label, running }) => [label, running])
}

describe('requests by month', () => {
  test('a month that still runs says so, and is not taken for a fall', () => {
    assert.deepEqual(drawn('2025-12-12'), [
      ['Nov 2025', false],
      ['Dec 2025 so far', true],
    ])
  })

  test('a month that ends on the business date is a whole one', () => {
    assert.deepEqual(drawn('2025-12-31').at(-1), ['Dec 2025', false])
  })
})

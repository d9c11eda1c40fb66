import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { lowerBound } from '../../../pipelines/sources/cursor.ts'

describe('lower bound of a window', () => {
  test('an instant goes back by the lag and keeps its layout, fraction and offset', () => {
    assert.equal(lowerBound('2024-03-01 00:30:00.123456+00', { hours: 1 }), '2024-02-29 23:30:00.123456+00')
    assert.equal(lowerBound('2024-03-01T00:30:00Z', { days: 1, minutes: 30 }), '2024-02-29T00:00:00Z')
    assert.equal(lowerBound('2024-03-01 00:30', { minutes: 31 }), '2024-02-29 23:59')
  })
  test('a day goes back to the day on which the lag begins', () => {
    assert.equal(lowerBound('2024-03-01', { hours: 1 }), '2024-02-29')
    assert.equal(lowerBound('2024-03-01', { days: 2 }), '2024-02-28')
  })
  test('a number, a word and nothing have no time in them and stay', () => {
    assert.equal(lowerBound('10042', { days: 3 }), '10042')
    assert.equal(lowerBound('A-17', { days: 3 }), 'A-17')
    assert.equal(lowerBound(null, { days: 3 }), null)
    assert.equal(lowerBound('2024-03-01', undefined), '2024-03-01')
  })
  test('never above the cursor, and never further back with a smaller lag', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
        fc.nat(100),
        fc.nat(100),
        (date, one, more) => {
          const cursor = date.toISOString()
          const near = lowerBound(cursor, { hours: one }) ?? ''
          const far = lowerBound(cursor, { hours: one + more }) ?? ''
          return far <= near && near <= cursor
        },
      ),
    )
  })
})

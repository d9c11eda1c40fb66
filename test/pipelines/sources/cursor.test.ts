import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { growsAsText, lowerBound } from '../../../pipelines/sources/cursor.ts'

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
  test('a cursor later than its reading goes back to it, so that one wrong date hides nothing', () => {
    const readAt = '2026-03-01T08:00:00.000Z'
    assert.equal(lowerBound('2099-01-01T00:00:00Z', undefined, readAt), '2026-03-01T08:00:00Z')
    assert.equal(lowerBound('2099-01-01 00:00:00+02', { hours: 1 }, readAt), '2026-03-01 09:00:00+02')
    assert.equal(lowerBound('2099-01-01 00:00:00', undefined, readAt), '2026-02-28 08:00:00')
    assert.equal(lowerBound('2026-03-01 16:00:00', undefined, readAt), '2026-03-01 16:00:00')
    assert.equal(lowerBound('2099-01-01', undefined, readAt), '2026-02-28')
  })
  test('a text that does not grow with time is no bound', () => {
    for (const text of ['31/12/2025', '1.2.2026', '3 Jan 2026', '9', '10042', '99999999'])
      assert.ok(!growsAsText(text), text)
    for (const text of ['2025-12-31', '2025/12/31', '20251231', '20251231235959', '1767225600', 'A-17', '01HZX'])
      assert.ok(growsAsText(text), text)
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

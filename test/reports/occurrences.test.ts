import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { createTask } from 'node-cron'
import type { ReportSchedule } from '../../config/reports.ts'
import { nextDue } from '../../reports/due.ts'
import { occurrences } from '../../reports/occurrences.ts'

const weekday = (day: string): boolean => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
const between = (schedule: ReportSchedule, from: string, to: string, timeZone = 'Asia/Shanghai', works = weekday) =>
  occurrences(schedule, { timeZone, after: new Date(from), until: new Date(to), works }).map((at) => at.toISOString())

describe('when a report falls due', () => {
  test('each Monday in the zone of the company', () => {
    assert.deepEqual(between({ cron: '30 7 * * 1' }, '2026-06-01T00:00:00Z', '2026-06-15T00:00:00Z'), [
      '2026-06-07T23:30:00.000Z',
      '2026-06-14T23:30:00.000Z',
    ])
  })

  test('on working days: holidays are left out, make-up days are not', () => {
    const works = (day: string): boolean => (day === '2026-06-06' ? true : day === '2026-06-05' ? false : weekday(day))
    const schedule = { cron: '0 8 * * *', on: 'working_days' } as const
    assert.deepEqual(between(schedule, '2026-06-04T12:00:00Z', '2026-06-08T12:00:00Z', 'UTC', works), [
      '2026-06-06T08:00:00.000Z',
      '2026-06-08T08:00:00.000Z',
    ])
  })

  test('on the first working day of each month', () => {
    const schedule = { cron: '0 8 * * *', on: 'first_working_day' } as const
    assert.deepEqual(between(schedule, '2026-07-15T00:00:00Z', '2026-11-15T00:00:00Z', 'UTC'), [
      '2026-08-03T08:00:00.000Z',
      '2026-09-01T08:00:00.000Z',
      '2026-10-01T08:00:00.000Z',
      '2026-11-02T08:00:00.000Z',
    ])
  })

  test('once where clocks are put back, and after the gap where they are put forward', () => {
    const berlin = (from: string, to: string) => between({ cron: '30 2 * * *' }, from, to, 'Europe/Berlin')
    assert.deepEqual(berlin('2026-10-25T00:00:00Z', '2026-10-25T12:00:00Z').length, 1)
    assert.deepEqual(berlin('2026-03-29T00:00:00Z', '2026-03-29T12:00:00Z').length, 1)
  })

  test('as the cron library says, minute by minute', () => {
    const field = (low: number, high: number) =>
      fc.oneof(fc.constant('*'), fc.integer({ min: low, max: high }).map(String))
    const crons = fc
      .tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 23 }), field(1, 28), field(1, 12), field(0, 6))
      .map((parts) => parts.join(' '))
    fc.assert(
      fc.property(crons, fc.constantFrom('UTC', 'Asia/Shanghai', 'America/New_York'), (cron, timezone) => {
        const task = createTask(cron, () => undefined, { timezone })
        const from = Date.parse('2026-06-01T00:00:00Z')
        const minutes = Array.from({ length: 3 * 1440 }, (_, at) => new Date(from + (at + 1) * 60_000))
        const expected = minutes.filter((instant) => task.match(instant)).map((at) => at.toISOString())
        void task.destroy()
        assert.deepEqual(between({ cron }, '2026-06-01T00:00:00Z', '2026-06-04T00:00:00Z', timezone), expected)
      }),
      { numRuns: 15 },
    )
  })

  test('the next time may be far away, or never come', () => {
    const now = new Date('2026-06-01T00:00:00Z')
    const calendar = { timeZone: 'UTC', works: weekday }
    assert.equal(nextDue({ cron: '0 8 1 5 *' }, now, calendar)?.toISOString(), '2027-05-01T08:00:00.000Z')
    assert.equal(nextDue({ cron: '0 8 29 2 *' }, now, calendar)?.toISOString(), '2028-02-29T08:00:00.000Z')
    assert.equal(nextDue({ cron: '0 8 * * *', on: 'working_days' }, now, { ...calendar, works: () => false }), null)
    assert.equal(nextDue(undefined, now, calendar), null)
  })
})

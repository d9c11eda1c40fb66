import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { quietUntil } from '../../alerts/quiet-hours.ts'

const weekdays = (day: string): boolean => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
const until = (
  at: string,
  timeZone: string,
  quiet: { from: string; to: string; workingDays?: true },
): string | undefined => quietUntil(new Date(at), quiet, { timeZone, isWorkingDay: weekdays })?.toISOString()

const night = { from: '20:00', to: '07:00' } as const

describe('quiet hours', () => {
  test('end in the morning, where the company is', () => {
    assert.equal(until('2026-03-10T12:00:00Z', 'Asia/Shanghai', night), '2026-03-10T23:00:00.000Z')
    assert.equal(until('2026-03-10T22:59:00Z', 'Asia/Shanghai', night), '2026-03-10T23:00:00.000Z')
    assert.equal(until('2026-03-10T23:00:00Z', 'Asia/Shanghai', night), undefined)
  })

  test('last over days off where they are asked to, and end on the next working day', () => {
    const quiet = { ...night, workingDays: true } as const
    // Friday evening, Saturday noon: Monday morning.
    assert.equal(until('2026-03-13T19:30:00Z', 'Europe/Berlin', quiet), '2026-03-16T06:00:00.000Z')
    assert.equal(until('2026-03-14T11:00:00Z', 'Europe/Berlin', quiet), '2026-03-16T06:00:00.000Z')
  })

  test('follow the clocks of the company when they change', () => {
    // Clocks go forward on 29 March 2026 at 02:00, and back on 25 October at 03:00.
    assert.equal(until('2026-03-28T20:00:00Z', 'Europe/Berlin', night), '2026-03-29T05:00:00.000Z')
    assert.equal(until('2026-10-24T20:00:00Z', 'Europe/Berlin', night), '2026-10-25T06:00:00.000Z')
    // 02:30 does not come on that day: 03:00 is the first minute after it. In autumn it comes twice; the first counts.
    assert.equal(
      until('2026-03-29T00:30:00Z', 'Europe/Berlin', { from: '22:00', to: '02:30' }),
      '2026-03-29T01:00:00.000Z',
    )
    assert.equal(
      until('2026-10-25T00:10:00Z', 'Europe/Berlin', { from: '22:00', to: '02:30' }),
      '2026-10-25T00:30:00.000Z',
    )
  })

  test('end at an instant to come that is not quiet, before which every minute is', () => {
    const time = fc.integer({ min: 0, max: 1439 }).map((at) => new Date(at * 60_000).toISOString().slice(11, 16))
    const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Shanghai', 'Australia/Lord_Howe')
    const day = fc.constantFrom(
      '2026-03-08',
      '2026-03-28',
      '2026-03-29',
      '2026-04-05',
      '2026-10-04',
      '2026-10-25',
      '2026-11-01',
    )
    const days = fc.constantFrom({}, { workingDays: true as const })
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 1439 }),
        fc.record({ from: time, to: time }),
        zone,
        days,
        (on, minute, hours, timeZone, more) => {
          fc.pre(hours.from !== hours.to)
          const quiet = { ...hours, ...more }
          const place = { timeZone, isWorkingDay: weekdays }
          const now = new Date(Date.parse(`${on}T00:00:00Z`) + minute * 60_000)
          const end = quietUntil(now, quiet, place)
          if (end === undefined) return
          assert.ok(end > now)
          assert.equal(quietUntil(end, quiet, place), undefined)
          for (let at = now.getTime(); at < end.getTime(); at += 41 * 60_000)
            assert.equal(quietUntil(new Date(at), quiet, place)?.toISOString(), end.toISOString())
        },
      ),
      { numRuns: 20 },
    )
  })
})

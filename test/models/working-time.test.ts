import * as fc from 'fast-check'
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { GRID_MINUTES, spanOf, WEEKDAYS, type Calendar, type Weekday } from '../../config/calendar.ts'
import { Warehouse, type Session } from '../../data/warehouse.ts'
import { tell, type Asked } from './tell-working-time.ts'
import { WorkingTime, type DayOff } from './working-time.ts'

const weekdays = (hours: readonly string[], ...days: readonly Weekday[]): Calendar['hours'] =>
  Object.fromEntries((days.length > 0 ? days : WEEKDAYS.slice(0, 5)).map((day) => [day, hours]))

describe('working time', () => {
  let warehouse: Warehouse
  let session: Session
  before(async () => {
    warehouse = await Warehouse.open(':memory:')
    session = await warehouse.session()
    await session.run(
      `CREATE SCHEMA staging; CREATE SCHEMA core;
       CREATE TABLE staging.customer_versions (customer_id VARCHAR, crm_class VARCHAR, known_from TIMESTAMP, known_to TIMESTAMP)`,
    )
  })
  after(() => {
    session.close()
    warehouse.close()
  })

  const due = async (
    calendar: Calendar,
    opened: string,
    promise: Asked['promise'],
    days: readonly DayOff[] = [],
  ): Promise<string | null> => {
    const [told] = await tell(
      session,
      { default: calendar },
      { days, asked: [{ calendar: 'default', opened, ...(promise && { promise }) }] },
    )
    return told?.due ?? null
  }
  const nine: Calendar = { timeZone: 'UTC', hours: weekdays(['09:00-17:00']) }
  const nextDay = { kind: 'next_business_day' }

  test('Friday 16:00, nine to five, one business day: Monday 17:00', async () => {
    assert.equal(await due(nine, '2026-06-05T16:00:00', nextDay), '2026-06-08T17:00:00Z')
  })

  test('15:00 and four working hours, eight to five: the next working day 10:00', async () => {
    const eight: Calendar = { timeZone: 'UTC', hours: weekdays(['08:00-17:00']) }
    assert.equal(await due(eight, '2026-06-03T15:00:00', { kind: 'business_hours', hours: 4 }), '2026-06-04T10:00:00Z')
    assert.equal(await due(eight, '2026-06-05T15:00:00', { kind: 'business_hours', hours: 4 }), '2026-06-08T10:00:00Z')
    assert.equal(await due(eight, '2026-06-05T15:00:00', { kind: 'business_hours', hours: 2 }), '2026-06-05T17:00:00Z')
    assert.equal(
      await due(eight, '2026-06-05T15:00:00', { kind: 'around_the_clock', hours: 4 }),
      '2026-06-05T19:00:00Z',
    )
  })

  test('opened at night it counts from the next working morning', async () => {
    const told = await due(nine, '2026-06-03T23:10:00', { kind: 'business_hours', hours: 1 })
    assert.equal(told, '2026-06-04T10:00:00Z')
    assert.equal(await due(nine, '2026-06-05T23:10:00', nextDay), '2026-06-09T17:00:00Z')
    assert.equal(await due(nine, '2026-06-04T05:00:00', nextDay), '2026-06-05T17:00:00Z')
  })

  test('a cut-off hour decides on which day it was opened', async () => {
    const early = { ...nine, cutOff: '12:00' }
    assert.equal(await due(early, '2026-06-03T11:59:59', nextDay), '2026-06-04T17:00:00Z')
    assert.equal(await due(early, '2026-06-03T12:00:00', nextDay), '2026-06-05T17:00:00Z')
  })

  test('a cut-off counts to the minute, and so does the end of the day where none is given', async () => {
    const early = { ...nine, cutOff: '16:05' }
    assert.equal(await due(early, '2026-06-03T16:04:59', nextDay), '2026-06-04T17:00:00Z')
    assert.equal(await due(early, '2026-06-03T16:05:00', nextDay), '2026-06-05T17:00:00Z')
    const odd: Calendar = { timeZone: 'UTC', hours: weekdays(['09:00-17:05']) }
    assert.equal(await due(odd, '2026-06-03T17:04:59', nextDay), '2026-06-04T17:05:00Z')
    assert.equal(await due(odd, '2026-06-03T17:06:00', nextDay), '2026-06-05T17:05:00Z')
  })

  test('a due instant that cannot be told is empty, whatever the reason, and no promise counts as broken', async () => {
    const hours = { kind: 'business_hours', hours: 4 }
    const asked = [
      { calendar: 'nobody', opened: '2026-06-03T10:00:00', promise: hours },
      { calendar: 'default', opened: '2026-06-03T10:00:00', promise: { kind: 'business_hours' } },
      { calendar: 'default', opened: '1999-01-04T10:00:00', promise: hours },
      { calendar: 'closed', opened: '2026-06-03T10:00:00', promise: hours },
    ].map((each) => ({ ...each, responded: each.opened.replace('T10:00', 'T10:05') }))
    const told = await tell(session, { default: nine, closed: { timeZone: 'UTC', hours: {} } }, { asked })
    assert.deepEqual(
      told.map(({ due: at, kept }) => [at, kept]),
      asked.map(() => [null, null]),
    )
  })

  test('two breaks within one quarter of work, as clocks that change make them, are both passed', async () => {
    const nights: Calendar = {
      timeZone: 'Europe/Berlin',
      hours: weekdays(['01:50-02:10', '04:00-05:00', '06:00-07:00'], ...WEEKDAYS),
    }
    // 29 March 2026 has no 02:00 to 03:00: ten minutes before it, an hour from 04:00 on.
    const quarter = { kind: 'business_hours', hours: 1.25 }
    assert.equal(await due(nights, '2026-03-29T00:00:00', quarter), '2026-03-29T04:05:00Z')
  })

  test('an ordinary weekday that is said to be working keeps its own hours', async () => {
    const friday: Calendar = { timeZone: 'UTC', hours: { monday: ['09:00-17:00'], friday: ['12:00-14:00'] } }
    const told = await due(friday, '2026-06-05T08:00:00', { kind: 'business_hours', hours: 1 }, [
      { day: '2026-06-05', working: true },
    ])
    assert.equal(told, '2026-06-05T13:00:00Z')
  })

  test('of China the days off and the days that make up for them are as the State Council announced them', async () => {
    // Spring Festival 15 to 23 February 2026, worked on Saturdays 14 and 28; National Day 1 to 8 October 2025, worked on Sunday
    // 28 September and Saturday 11 October. gov.cn, 4 November 2025 and 12 November 2024.
    const china = { ...nine, holidays: 'CN' }
    assert.equal(await due(china, '2026-02-13T10:00:00', nextDay), '2026-02-14T17:00:00Z')
    assert.equal(await due(china, '2026-02-14T10:00:00', nextDay), '2026-02-24T17:00:00Z')
    assert.equal(await due(china, '2026-02-27T10:00:00', nextDay), '2026-02-28T17:00:00Z')
    assert.equal(await due(china, '2025-09-27T10:00:00', { kind: 'business_hours', hours: 1 }), '2025-09-28T10:00:00Z')
    assert.equal(await due(china, '2025-09-30T10:00:00', nextDay), '2025-10-09T17:00:00Z')
    assert.equal(await due(china, '2025-10-10T10:00:00', nextDay), '2025-10-11T17:00:00Z')
    // What the entity says goes before.
    assert.equal(
      await due(china, '2026-02-13T10:00:00', nextDay, [{ day: '2026-02-14', working: false }]),
      '2026-02-24T17:00:00Z',
    )
  })

  test('a day of the entity holidays may hold for some calendars only', async () => {
    const off = (calendars: string) => [{ day: '2026-06-04', working: false, calendars }]
    assert.equal(await due(nine, '2026-06-03T10:00:00', nextDay, off('munich, default')), '2026-06-05T17:00:00Z')
    assert.equal(await due(nine, '2026-06-03T10:00:00', nextDay, off('munich')), '2026-06-04T17:00:00Z')
  })

  test('a holiday is off, and a make-up Saturday has the hours of a Monday', async () => {
    const days = [
      { day: '2026-06-04', working: false },
      { day: '2026-06-06', working: true },
    ]
    const hour = { kind: 'business_hours', hours: 1 }
    assert.equal(await due(nine, '2026-06-04T10:00:00', hour, days), '2026-06-05T10:00:00Z')
    assert.equal(await due(nine, '2026-06-06T10:00:00', hour, days), '2026-06-06T11:00:00Z')
    assert.equal(await due(nine, '2026-06-05T16:30:00', nextDay, days), '2026-06-06T17:00:00Z')
    const short = { ...nine, hours: { ...nine.hours, wednesday: ['10:00-12:00'] }, makeUpAs: 'wednesday' as const }
    assert.equal(await due(short, '2026-06-06T09:00:00', hour, days), '2026-06-06T11:00:00Z')
  })

  test('public holidays of a country or a part of it are off, and the entity holidays goes before them', async () => {
    const bavaria = { ...nine, holidays: 'DE-BY' }
    const hour = { kind: 'business_hours', hours: 1 }
    // Corpus Christi.
    assert.equal(await due(bavaria, '2026-06-04T10:00:00', hour), '2026-06-05T10:00:00Z')
    assert.equal(await due({ ...nine, holidays: 'DE' }, '2026-06-04T10:00:00', hour), '2026-06-04T11:00:00Z')
    const open = [{ day: '2026-06-04', working: true }]
    assert.equal(await due(bavaria, '2026-06-04T10:00:00', hour, open), '2026-06-04T11:00:00Z')
    await assert.rejects(
      due({ ...nine, holidays: 'XX' }, '2026-06-04T10:00:00', hour),
      /'XX' is no country or part of one/,
    )
    await assert.rejects(due({ ...nine, holidays: 'DE-XX' }, '2026-06-04T10:00:00', hour), /holidays: 'DE-XX'/)
  })

  test('clocks that change take an hour from a night or give it one more', async () => {
    const nights: Calendar = { timeZone: 'Europe/Berlin', hours: weekdays(['00:00-06:00'], ...WEEKDAYS) }
    const asked = [
      // 29 March 2026 has no 02:00 to 03:00, 25 October 2026 has it twice.
      { calendar: 'default', opened: '2026-03-28T22:00:00', responded: '2026-03-29T10:00:00' },
      { calendar: 'default', opened: '2025-10-25T21:00:00', responded: '2025-10-26T10:00:00' },
    ]
    const told = await tell(session, { default: nights }, { asked })
    assert.deepEqual(
      told.map(({ minutes }) => minutes),
      [300, 420],
    )
  })

  test('beyond the years that calendars are kept for nothing is said', async () => {
    const [told] = await tell(
      session,
      { default: nine },
      {
        asked: [
          { calendar: 'default', opened: '1999-01-04T10:00:00', responded: '1999-01-05T10:00:00', promise: nextDay },
        ],
      },
    )
    assert.deepEqual(told, { minutes: null, due: null, kept: null })
  })

  test('whatever the calendar, the zone and the instants, minutes and due instants are those that counting minute by minute gives', async () => {
    const clock = fc.integer({ min: 0, max: 96 * 15 }).map((minute) => Math.min(minute, 1440))
    const text = (minute: number): string =>
      `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
    const spans = fc.uniqueArray(clock, { minLength: 2, maxLength: 6 }).map((minutes) => {
      const found: string[] = []
      const inOrder = minutes.toSorted((one, other) => one - other)
      for (let at = 0; at + 1 < inOrder.length; at += 2) {
        const [starts = 0, ends = 0] = [inOrder[at], inOrder[at + 1]]
        const before = spanOf(found.at(-1) ?? '')?.ends ?? -GRID_MINUTES
        if (ends - starts >= GRID_MINUTES && starts - before >= GRID_MINUTES)
          found.push(`${text(starts)}-${text(ends)}`)
      }
      return found
    })
    const calendar = fc
      .record({
        timeZone: fc.constantFrom(
          'Asia/Shanghai',
          'Europe/Berlin',
          'America/New_York',
          'Asia/Kathmandu',
          'Australia/Lord_Howe',
        ),
        hours: fc.record(Object.fromEntries(WEEKDAYS.map((day) => [day, spans])) as Record<Weekday, typeof spans>),
        makeUpAs: fc.constantFrom(...WEEKDAYS),
        cutOff: fc.option(clock.map(text), { nil: undefined }),
      })
      .map(({ cutOff, ...rest }) => ({ ...rest, ...(cutOff !== undefined && { cutOff }) }))
    // Two weeks around clock changes of those zones.
    const start = fc.constantFrom('2026-03-25', '2025-10-20', '2025-10-30', '2026-03-05', '2026-03-30', '2026-01-12')
    const week = 14 * 86_400
    const asking = fc.record({
      opened: fc.integer({ min: 0, max: week / 2 }),
      took: fc.integer({ min: 0, max: week / 2 }),
      promise: fc.oneof(
        fc.record({
          kind: fc.constant('business_hours'),
          hours: fc.integer({ min: 1, max: 80 }).map((quarter) => quarter / 4),
        }),
        fc.constant(nextDay),
      ),
    })
    const cases = fc.record({
      calendar,
      start,
      off: fc.uniqueArray(fc.record({ after: fc.integer({ min: 0, max: 12 }), working: fc.boolean() }), {
        maxLength: 4,
        selector: ({ after: day }) => day,
      }),
      asking: fc.array(asking, { minLength: 5, maxLength: 20 }),
    })
    await fc.assert(
      fc.asyncProperty(cases, async ({ calendar: hours, start: first, off, asking: questions }) => {
        const begins = Date.parse(`${first}T00:00:00Z`) / 1000
        const iso = (second: number): string => new Date(second * 1000).toISOString().slice(0, 19)
        const days = off.map(({ after: days_, working }) => ({
          day: iso(begins + days_ * 86_400).slice(0, 10),
          working,
        }))
        const reference = new WorkingTime(hours, days, { from: begins - 2 * 86_400, until: begins + 60 * 86_400 })
        const asked = questions.map(({ opened, took, promise }) => ({
          calendar: 'default',
          opened: iso(begins + opened),
          responded: iso(begins + opened + took),
          promise,
        }))
        const expected = questions.map(({ opened, promise }) => {
          const from = begins + opened
          return 'hours' in promise ? reference.after(from, promise.hours * 3600) : reference.nextDay(from)
        })
        const told = await tell(session, { default: hours }, { days, asked })
        for (const [at, { opened, took }] of questions.entries()) {
          const from = begins + opened
          assert.equal(told[at]?.minutes, Math.round((100 * reference.seconds(from, from + took)) / 60) / 100)
          const due = expected[at]
          if (due === undefined) continue
          assert.equal(told[at]?.due, `${iso(due)}Z`, JSON.stringify({ ...asked[at], hours, days }))
        }
        // A calendar that is always closed makes nothing due: that is no run.
        fc.pre(expected.some((due) => due !== undefined))
      }),
      { numRuns: 6 },
    )
  })
})

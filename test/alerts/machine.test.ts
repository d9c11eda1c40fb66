import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { acknowledged, OK, snoozed, step, type GroupState, type Outcome, type Telling } from '../../alerts/machine.ts'

type Event =
  | { readonly kind: 'look'; readonly outcome: Outcome; readonly newBuild: boolean }
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'snooze'; readonly minutes: number }

const outcome = fc.constantFrom<Outcome>('met', 'between', 'clear', 'unknown')
const look = fc.record({ kind: fc.constant('look' as const), outcome, newBuild: fc.boolean() })
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 8, arbitrary: look },
  { weight: 1, arbitrary: fc.constant({ kind: 'acknowledge' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('snooze' as const), minutes: fc.integer({ min: 1, max: 5 }) }),
  },
)
const events = fc.array(event, { maxLength: 60 })

interface Seen {
  readonly event: Event
  readonly before: GroupState
  readonly after: GroupState
  readonly tell: Telling | null
  readonly at: string
}

/** Plays events a minute apart. */
function play(all: readonly Event[], { builds = 1, again = false } = {}): Seen[] {
  let state = OK
  let version = 1
  return all.map((one, minute) => {
    const at = new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
    const before = state
    let tell: Telling | null = null
    if (one.kind === 'look') {
      if (one.newBuild) version += 1
      ;({ state, tell } = step(state, { outcome: one.outcome, version, at, builds, isDueAgain: () => again }))
    } else if (one.kind === 'acknowledge') state = acknowledged(state, 'Ann') ?? state
    else state = snoozed(state, new Date(Date.parse(at) + one.minutes * 60_000).toISOString()) ?? state
    return { event: one, before, after: state, tell, at }
  })
}

describe('how a group of an alert stands', () => {
  test('somebody is told exactly once for each time it begins to fire', () => {
    fc.assert(
      fc.property(events, fc.integer({ min: 1, max: 4 }), (all, builds) => {
        for (const { before, after, tell } of play(all, { builds })) {
          const begins = before.status === 'ok' && after.status === 'firing'
          assert.equal(tell === 'fired', begins)
          assert.notEqual(tell, 'again')
        }
      }),
    )
  })

  test('within the band between its limits nothing changes: it neither fires nor clears', () => {
    fc.assert(
      fc.property(events, fc.array(fc.constantFrom<Outcome>('between', 'unknown'), { minLength: 1 }), (all, quiet) => {
        const { after: before = OK } = play(all).at(-1) ?? {}
        fc.pre(before.status === 'ok' || before.status === 'firing' || before.status === 'acknowledged')
        let state = before
        for (const each of quiet)
          state = step(state, {
            outcome: each,
            version: 99,
            at: '2027-01-01T00:00:00.000Z',
            builds: 1,
            isDueAgain: () => false,
          }).state
        assert.equal(state.status, before.status)
        assert.equal(state.firedAt, before.firedAt)
      }),
    )
  })

  test('what is acknowledged stays quiet until it has cleared', () => {
    fc.assert(
      fc.property(events, (all) => {
        for (const { event: one, before, after, tell } of play(all, { again: true })) {
          if (before.status !== 'acknowledged' || one.kind !== 'look') continue
          assert.equal(tell, null)
          assert.equal(after.status, one.outcome === 'clear' ? 'ok' : 'acknowledged')
        }
      }),
    )
  })

  test('a snooze is quiet until it ends, and then tells once if it still fires', () => {
    fc.assert(
      fc.property(events, (all) => {
        for (const { event: one, before, after, tell, at } of play(all, { again: true })) {
          if (before.status !== 'snoozed' || one.kind !== 'look') continue
          const isOver = at >= (before.snoozedUntil ?? '')
          if (one.outcome === 'clear') assert.deepEqual([after.status, tell], ['ok', null])
          else assert.deepEqual([after.status, tell], isOver ? ['firing', 'snooze_over'] : ['snoozed', null])
        }
      }),
    )
  })

  test('it fires at the nth build in a row that meets the condition, however often each is looked at', () => {
    fc.assert(
      fc.property(fc.array(look, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (looks, builds) => {
        let row = new Set<number>()
        let version = 1
        for (const [at, { before, after }] of play(looks, { builds }).entries()) {
          const one = looks[at] as (typeof looks)[number]
          if (one.newBuild) version += 1
          if (before.status !== 'ok') {
            row = new Set()
            continue
          }
          if (one.outcome === 'met') row.add(version)
          else if (one.outcome !== 'unknown') row = new Set()
          assert.equal(after.status === 'firing', row.size >= builds)
          if (after.status === 'firing') row = new Set()
        }
      }),
    )
  })

  test('what does not fire cannot be acknowledged or snoozed', () => {
    assert.equal(acknowledged(OK, 'Ann'), undefined)
    assert.equal(snoozed(OK, '2027-01-01T00:00:00.000Z'), undefined)
  })
})

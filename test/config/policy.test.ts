import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configOf } from '../../config.ts'
import { defaultPolicy } from '../../config/policy.ts'
import type { ScorePolicy } from '../../config/score.ts'

const [standard] = defaultPolicy.scores
assert.ok(standard)
const scored = (...scores: readonly ScorePolicy[]): void => {
  configOf('/nowhere', { sources: [], policy: { scores } })
}

test('a score whose weights do not sum to 1 is refused, with its place', () => {
  const components = standard.components.slice(1)
  assert.throws(() => scored({ ...standard, components }), /policy\.scores\.0\.components: weights must sum to 1/)
  assert.doesNotThrow(() => scored(standard))
})

test('a measure that stands twice, a band below the one under it, and versions of one day are refused', () => {
  const twice = [0.5, 0.5].map((weight) => ({ measure: 'profit' as const, weight, better: 'more' as const }))
  assert.throws(() => scored({ ...standard, components: twice }), /each measure stands here once/)
  assert.throws(() => scored({ ...standard, bands: { VIP: 50, key: 60 } }), /the band of VIP begins no lower/)
  assert.throws(() => scored(standard, { ...standard, version: 'next' }), /a day of its own/)
  assert.throws(() => scored(standard, { ...standard, from: '2026-01-01' }), /a name of its own/)
})

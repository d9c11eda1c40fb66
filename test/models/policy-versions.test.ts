// Versions of the policy: each rule holds for spans of days that leave no day out and none twice.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { defaultPolicy, type Policy } from '../../config/policy.ts'
import type { PolicyVersion } from '../../config/policy-version.ts'
import { changedTables } from '../../models/rule-tables.ts'
import { rulesOn, scoresOf, spansOf, withVersion } from '../../models/policy-versions.ts'

const [standard] = defaultPolicy.scores
assert.ok(standard)
const { version: _version, from: _from, ...score } = standard

const day = fc
  .integer({ min: 0, max: 11 })
  .map((month) => new Date(Date.UTC(2026, month, 1)).toISOString().slice(0, 10))
const version: fc.Arbitrary<PolicyVersion> = fc.record({
  version: fc.uuid(),
  from: day,
  score: fc.constant(score),
  costPools: fc.constantFrom(defaultPolicy.costPools, []),
  supportMethod: fc.constantFrom('direct' as const, 'reciprocal' as const),
  practicalCapacity: fc.constantFrom(0.8, 0.6),
  hourlyCostFactor: fc.constantFrom(1, 1.2),
  promises: fc.constant(defaultPolicy.promises),
  visitCharges: fc.constantFrom({}, { default: 20 }),
})
const versions = fc.array(version, { maxLength: 6 })
const policyOf = (all: readonly PolicyVersion[]): Policy => ({ ...defaultPolicy, versions: all })

test('spans follow one another without a gap, neighbours differ, and each day has the rule of the last version before it', () => {
  fc.assert(
    fc.property(
      versions,
      fc.date({ min: new Date('2025-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
      (all, moment) => {
        const policy = policyOf(all)
        const spans = spansOf(policy, ({ visitCharges }) => visitCharges)
        assert.equal(spans[0]?.from, '0001-01-01')
        assert.equal(spans.at(-1)?.until, '9999-12-31')
        for (const [at, span] of spans.entries()) {
          const next = spans[at + 1]
          if (next === undefined) continue
          assert.equal(span.until, next.from)
          assert.notDeepEqual(span.rule, next.rule)
        }
        const asked = moment.toISOString().slice(0, 10)
        const held = spans.filter(({ from, until }) => from <= asked && asked < until)
        assert.equal(held.length, 1)
        const last = all
          .filter(({ from }) => from <= asked)
          .reduce<PolicyVersion | undefined>(
            (best, one) => (best === undefined || one.from >= best.from ? one : best),
            undefined,
          )
        assert.deepEqual(held[0]?.rule, last?.visitCharges ?? {})
        assert.deepEqual(rulesOn(policy, asked).visitCharges, last?.visitCharges ?? {})
      },
    ),
  )
})

test('only tables whose rule differs change, and a score alone changes none of the costs', () => {
  const saved = { ...rulesOn(defaultPolicy, '2026-01-01'), version: 'next', from: '2026-06-01' }
  assert.deepEqual(changedTables(defaultPolicy, withVersion(defaultPolicy, saved)), [
    'policy.scores',
    'policy.score_components',
  ])
  assert.deepEqual(changedTables(defaultPolicy, withVersion(defaultPolicy, { ...saved, visitCharges: { key: 3 } })), [
    'policy.scores',
    'policy.score_components',
    'policy.visit_charges',
  ])
  assert.deepEqual(changedTables(defaultPolicy, defaultPolicy), [])
})

test('a saved version takes the place of a configured one of its name or day, and alone it has none after it', () => {
  const policy = {
    ...defaultPolicy,
    scores: [
      standard,
      { ...standard, version: '2026', from: '2026-06-01' },
      { ...standard, version: '2027', from: '2027-01-01' },
    ],
  }
  const saved = { ...rulesOn(policy, '2026-01-01'), version: 'mine', from: '2026-06-01' }
  assert.deepEqual(
    scoresOf(withVersion(policy, saved)).map((one) => one.version),
    ['standard', '2027', 'mine'],
  )
  assert.deepEqual(
    scoresOf(withVersion(policy, saved, { alone: true })).map((one) => one.version),
    ['standard', 'mine'],
  )
  assert.equal(rulesOn(withVersion(policy, saved), '2026-07-01').version, 'mine')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configOf } from '../../config.ts'
import { defaultPolicy } from '../../config/policy.ts'
import type { Sourced, Step } from '../../config/sales.ts'
import type { ScorePolicy } from '../../config/score.ts'
import { stepsByStage } from '../../models/stages.ts'

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

test('a rule of what service brought that no opportunity can fit, and a value that stands twice, are refused', () => {
  const sourced = (rule: Sourced) => () => configOf('/nowhere', { sources: [], policy: { sourced: rule } })
  assert.throws(sourced({}), /policy\.sourced: must name at least one of leadSources, campaigns, departments/)
  assert.throws(sourced({ leadSources: [], requests: false }), /must name at least one/)
  assert.throws(sourced({ campaigns: ['m1', 'm1'] }), /policy\.sourced\.campaigns: each value stands here once/)
  assert.throws(sourced({ departments: [' '] }), /policy\.sourced\.departments\.0/)
  assert.doesNotThrow(sourced({ requests: true }))
  assert.doesNotThrow(sourced({ departments: ['service'] }))
})

test('a stage that is named twice, and a step there is none of, are refused', () => {
  const staged = (stages: Record<string, string>) => () =>
    configOf('/nowhere', { sources: [], policy: { stages: stages as Record<string, Step> } })
  assert.throws(staged({ Demo: 'quoted', demo: 'lead' }), /policy\.stages: names a stage twice/)
  assert.throws(staged({ Demo: 'trial' }), /policy\.stages\.Demo/)
  assert.doesNotThrow(staged({ Demo: 'qualified' }))
})

test('the stages that CRM systems are delivered with are known, and the company’s own go before them', () => {
  assert.equal(stepsByStage({}).get('proposal/price quote'), 'quoted')
  assert.equal(stepsByStage({}).get('谈判'), 'quoted')
  assert.equal(stepsByStage({ ' Negotiation ': 'qualified' }).get('negotiation'), 'qualified')
})

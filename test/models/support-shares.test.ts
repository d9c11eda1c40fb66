// The cost of serving departments, by three methods: the worked example of domain's section 5, and laws on random networks.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { SupportMethod } from '../../config/costs.ts'
import { supportShares } from '../../models/support-shares.ts'

const units = {
  S1: { S2: 1000, S3: 2000, P1: 4000, P2: 3000 },
  S2: { S1: 2000, S3: 4000, P1: 10_000, P2: 4000 },
  S3: { S1: 4500, P1: 1500, P2: 9000 },
}
const costs: Readonly<Record<string, number>> = { S1: 92_400, S2: 184_800, S3: 138_600, P1: 400_000, P2: 500_000 }

describe('support departments', () => {
  test('the worked example comes out to the unit, by each method', () => {
    const shares = supportShares({ method: 'reciprocal', order: ['S1', 'S2', 'S3'], units })
    const totals = (method: SupportMethod): number[] =>
      ['P1', 'P2'].map((to) =>
        Math.round(
          shares
            .filter((each) => each.method === method && each.to === to)
            .reduce((sum, { from, share }) => sum + share * (costs[from] ?? 0), costs[to] ?? 0),
        ),
      )
    assert.deepEqual(totals('direct'), [604_600, 711_200])
    assert.deepEqual(totals('step_down'), [573_360, 742_440])
    assert.deepEqual(totals('reciprocal'), [593_500, 722_300])
  })

  test('departments that serve but each other are refused, the circle named', () => {
    assert.throws(
      () =>
        supportShares({
          method: 'direct',
          units: { it: { finance: 3 }, finance: { law: 1 }, law: { it: 2 }, house: { service: 1 } },
        }),
      /it → finance → law → it serve nobody but each other/,
    )
  })

  test('an order that names a stranger is refused', () => {
    assert.throws(() => supportShares({ method: 'step_down', order: ['law'], units: { it: { service: 1 } } }), /'law'/)
  })

  test('of random networks each unit of cost comes to rest, whole or not at all', () => {
    const names = ['S1', 'S2', 'S3', 'S4']
    const row = fc.dictionary(fc.constantFrom(...names, 'P1', 'P2', 'P3'), fc.integer({ min: 0, max: 1000 }))
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), row), (network) => {
        let shares
        try {
          shares = supportShares({ method: 'reciprocal', units: network })
        } catch (error) {
          // A circle: none of its members gives anything to a department that serves customers.
          assert.match(String(error), /serve nobody but each other/)
          return
        }
        for (const [key, group] of Map.groupBy(shares, ({ method, from }) => `${method} ${from}`)) {
          const sum = group.reduce((total, { share }) => total + share, 0)
          assert.ok(Math.abs(sum - 1) < 1e-9, `${key}: ${sum}`)
          assert.ok(group.every(({ share }) => share > 0 && share <= 1 + 1e-9))
        }
      }),
      { numRuns: 2000 },
    )
  })
})

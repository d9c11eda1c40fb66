// Customers made with a lift that is known. Those with contact are larger and bought more before, as in life.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createDraws } from '../../../models/lifetime/simulate.ts'
import { increment, type Subject } from '../../../models/leads/increment.ts'

const SEEDS = 600

function customers(lift: number, seed: number): Subject[] {
  const draws = createDraws(seed)
  return Array.from({ length: 900 }, () => {
    const size = Math.exp(0.6 * draws.normal())
    const isKey = draws.even() < 0.1 + 0.15 * Math.min(size, 3)
    const region = Math.floor(draws.even() * 4)
    const before = Math.log1p(draws.gamma(2, 1 / (3 * size)))
    // The larger, the more often served: without matching service would seem to sell a lot.
    const treated = draws.even() < 1 / (1 + Math.exp(1.2 - 0.9 * Math.log(size) - 0.5 * before - (isKey ? 0.5 : 0)))
    const mean = (2 + 3 * size + 2 * before + (isKey ? 3 : 0) + region) * (treated ? 1 + lift : 1)
    const outcome = draws.gamma(3, 3 / mean)
    return { treated, outcome, exactly: `${isKey}/${region}`, nearly: [before, size] }
  })
}

const naive = (subjects: readonly Subject[]): number => {
  const mean = (treated: boolean): number => {
    const some = subjects.filter((subject) => subject.treated === treated)
    return some.reduce((total, { outcome }) => total + outcome, 0) / some.length
  }
  return mean(true) / mean(false) - 1
}

describe('increment against matched customers', () => {
  for (const lift of [0, 0.05, 0.15])
    test(`a lift of ${lift * 100} % is covered by 92 to 98 of 100 intervals`, () => {
      const found = Array.from({ length: SEEDS }, (_, seed) => increment(customers(lift, seed + 1)))
      const covered = found.filter((each) => each !== undefined && each.low <= lift && lift <= each.high).length
      const share = covered / SEEDS
      assert.ok(share >= 0.92 && share <= 0.98, `covered ${share}`)
      const claimed = found.filter((each) => each?.isClaimed === true).length / SEEDS
      if (lift === 0) assert.ok(claimed <= 0.05, `claimed ${claimed} without a lift`)
      else if (lift === 0.15) assert.ok(claimed > 0.5, `a lift of 15 % is claimed in only ${claimed}`)
      const mean = found.reduce((total, each) => total + (each?.lift ?? 0), 0) / SEEDS
      assert.ok(Math.abs(mean - lift) < 0.01, `${mean} on average`)
    })

  test('without matching a lift would be seen where there is none', () => {
    assert.ok(naive(customers(0, 1)) > 0.15)
  })

  test('who has no equal is left out and counted; too few equals: nothing is said', () => {
    const base = customers(0.05, 4)
    const alone = { treated: true, outcome: 1e6, exactly: 'nobody', nearly: [1, 1] }
    const [found, without] = [increment([...base, alone]), increment(base)]
    assert.equal(found?.unmatched, (without?.unmatched ?? 0) + 1)
    assert.ok(Math.abs((found?.lift ?? 1) - (without?.lift ?? 0)) < 0.02)
    assert.equal(increment(base.slice(0, 20)), undefined)
    assert.equal(increment([]), undefined)
  })

  test('the order of the customers changes nothing that is shown', () => {
    const base = customers(0.05, 5)
    const [found, turned] = [increment(base), increment(base.toReversed())]
    assert.ok(Math.abs((found?.lift ?? 0) - (turned?.lift ?? 1)) < 1e-9)
  })
})

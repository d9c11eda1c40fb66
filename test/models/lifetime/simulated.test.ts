// Models of purchases on bases made by their own law: parameters come back, intervals cover, a ridge is told.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { expectedPurchases, fit, type Form, type Group, type Parameters } from '../../../models/lifetime/purchases.ts'
import { createDraws, totalPurchases, type Draws } from '../../../models/lifetime/simulate.ts'

const WEEKS = { seen: 104, ahead: 39 }

interface Made {
  readonly group: Group
  /** Purchases after what was seen. */
  readonly later: number
}

/** A customer by the law of the model, from its first purchase on. */
function made(form: Form, { r, alpha, a, b }: Parameters, draws: Draws): Made {
  const t = 13 + draws.even() * (WEEKS.seen - 13)
  const rate = draws.gamma(r, alpha)
  const dropOut = a === 0 ? 0 : draws.beta(a, b)
  let [x, tx, lnTimes, later] = [0, 0, 0, 0]
  let stays = form.kind === 'bg' || draws.even() >= dropOut
  for (let at = 0; stays;) {
    const wait = draws.gamma(form.regularity, rate)
    at += wait
    if (at > t + WEEKS.ahead) break
    if (at > t) later += 1
    else [x, tx, lnTimes] = [x + 1, at, lnTimes + Math.log(wait)]
    stays = draws.even() >= dropOut
  }
  return { group: { x, tx, t, lnTimes, customers: 1 }, later }
}

const base = (customers: number, form: Form, parameters: Parameters, seed: number): Made[] => {
  const draws = createDraws(seed)
  return Array.from({ length: customers }, () => made(form, parameters, draws))
}
const usual: Parameters = { r: 0.8, alpha: 8, a: 0.9, b: 4 }
const mbg: Form = { kind: 'mbg', regularity: 1 }

describe('models of purchases on simulated bases', () => {
  test('parameters come back from 20,000 customers, of regular buyers too', () => {
    for (const regularity of [1, 2, 3]) {
      const form: Form = { kind: 'mbg', regularity }
      const scaled = { ...usual, alpha: usual.alpha / regularity }
      const { parameters, ridge } = fit(
        base(20_000, form, scaled, 5).map(({ group }) => group),
        form,
      )
      assert.equal(ridge, undefined)
      for (const name of ['r', 'alpha', 'a', 'b'] as const) {
        const ratio = parameters[name] / scaled[name]
        assert.ok(ratio > 0.85 && ratio < 1.18, `k ${regularity}, ${name}: ${ratio.toFixed(3)} of what it was`)
      }
    }
  })

  test('the likelihood tells regular buying from chance', () => {
    for (const regularity of [1, 3]) {
      const scaled = { ...usual, alpha: usual.alpha / regularity }
      const groups = base(2000, { kind: 'mbg', regularity }, scaled, 7).map(({ group }) => group)
      const by = [1, 2, 3, 4].map((k) => fit(groups, { kind: 'mbg', regularity: k }).logLikelihood)
      assert.equal(by.indexOf(Math.max(...by)) + 1, regularity)
    }
  })

  for (const customers of [100, 300, 1000])
    test(`of 200 bases of ${customers.toLocaleString('en')} customers 85 to 95 % buy within their 90 % interval`, () => {
      let covered = 0
      for (let seed = 1; seed <= 200; seed++) {
        const all = base(customers, mbg, usual, 1000 * customers + seed)
        const groups = all.map(({ group }) => group)
        const { low, high } = totalPurchases(fit(groups, mbg), groups, { time: WEEKS.ahead, rounds: 100, seed })
        const bought = all.reduce((sum, { later }) => sum + later, 0)
        if (low <= bought && bought <= high) covered += 1
      }
      console.log(`${customers} customers: ${covered / 2} % covered`)
      assert.ok(covered >= 170 && covered <= 190, `${covered / 2} %`)
    })

  test('what is expected is what comes, over 20,000 customers', () => {
    const all = base(20_000, mbg, usual, 11)
    const found = fit(
      all.map(({ group }) => group),
      mbg,
    )
    const expected = all.reduce((sum, { group }) => sum + expectedPurchases(found, group, WEEKS.ahead), 0)
    const bought = all.reduce((sum, { later }) => sum + later, 0)
    assert.ok(Math.abs(expected / bought - 1) < 0.03, `${expected} expected, ${bought} bought`)
  })

  test('where almost nobody drops out that is told, and no precise chance to leave', () => {
    const found = fit(
      base(2000, mbg, { ...usual, a: 0 }, 13).map(({ group }) => group),
      mbg,
    )
    assert.equal(found.ridge, 'almost_nobody_drops_out')
    assert.deepEqual([found.parameters.a, found.parameters.b], [0, 1])
    assert.ok(Math.abs(found.parameters.r / usual.r - 1) < 0.15)
    assert.equal(
      fit(
        base(2000, mbg, usual, 13).map(({ group }) => group),
        mbg,
      ).ridge,
      undefined,
    )
  })
})

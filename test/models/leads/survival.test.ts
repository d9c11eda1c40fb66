// Published: remission of children with acute leukaemia under 6-mercaptopurine (Freireich et al., Blood 21, 1963), estimates and
// Greenwood errors as in Kalbfleisch & Prentice and in Collett, "Modelling Survival Data in Medical Research".
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createDraws } from '../../../models/lifetime/simulate.ts'
import { chanceToEnd, medianLife, survivalAt, survivalCurve, type Spell } from '../../../models/leads/survival.ts'

const ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
const censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
const leukaemia: Spell[] = [
  ...ended.map((exit) => ({ entry: 0, exit, ended: true })),
  ...censored.map((exit) => ({ entry: 0, exit, ended: false })),
]

/** Machines that wear out by Weibull's law, watched from a random age on, for a while. */
function machines(count: number, seed: number): Spell[] {
  const draws = createDraws(seed)
  const found: Spell[] = []
  while (found.length < count) {
    const life = 12 * (-Math.log(draws.even())) ** (1 / 2.4)
    const entry = draws.even() < 0.3 ? 0 : 12 * draws.even()
    const watched = entry + 3
    if (life <= entry) continue
    found.push({ entry, exit: Math.min(life, watched), ended: life <= watched })
  }
  return found
}
const weibull = (age: number): number => Math.exp(-((age / 12) ** 2.4))

describe('survival curve', () => {
  test('6-mercaptopurine: .857, .807, .753, .690, .627, .538, .448 with Greenwood errors', () => {
    const curve = survivalCurve(leukaemia)
    assert.deepEqual(
      curve.map(({ age, survival, error }) => [age, survival.toFixed(3), error.toFixed(4)]),
      [
        [6, '0.857', '0.0764'],
        [7, '0.807', '0.0869'],
        [10, '0.753', '0.0963'],
        [13, '0.690', '0.1068'],
        [16, '0.627', '0.1141'],
        [22, '0.538', '0.1282'],
        [23, '0.448', '0.1346'],
      ],
    )
    assert.equal(medianLife(curve), 23)
    assert.equal(survivalAt(curve, 5), 1)
    assert.equal(survivalAt(curve, 21).toFixed(3), '0.627')
    assert.equal(chanceToEnd(curve, 10, 6).toFixed(3), (1 - 0.6275 / 0.7529).toFixed(3))
  })

  test('the order of the machines changes nothing, and what was never watched says nothing', () => {
    const never = { entry: 9, exit: 9, ended: true }
    assert.deepEqual(survivalCurve([never, ...leukaemia.toReversed()]), survivalCurve(leukaemia))
    assert.deepEqual(survivalCurve([]), [])
  })

  test('machines that ended before anybody watched do not make the others live longer', () => {
    const all = machines(40_000, 3)
    const curve = survivalCurve(all)
    for (const age of [2, 5, 8, 11]) assert.ok(Math.abs(survivalAt(curve, age) - weibull(age)) < 0.02, `at ${age}`)
    const blind = survivalCurve(all.map((spell) => ({ ...spell, entry: 0 })))
    assert.ok(survivalAt(blind, 11) - weibull(11) > 0.1, 'without the age at entry the curve is far too high')
  })

  test('the interval covers the law in 92 to 98 of 100 bases', () => {
    const covered = Array.from({ length: 600 }, (_, seed) => {
      const point = survivalCurve(machines(250, seed + 11)).findLast(({ age }) => age <= 8)
      return point !== undefined && point.low <= weibull(8) && weibull(8) <= point.high
    })
    const share = covered.filter(Boolean).length / covered.length
    assert.ok(share >= 0.92 && share <= 0.98, `${share}`)
  })
})

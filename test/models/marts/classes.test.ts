// Classes follow scores with hysteresis: a score that wavers about an edge changes nothing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nextClass } from '../../../models/marts/customer_classes.ts'

const bands = { VIP: 85, key: 70, hysteresis: 3, newMonths: 6 }

test('a class is left some points beyond its edge, up and down', () => {
  assert.equal(nextClass(85, undefined, bands), 'VIP')
  assert.equal(nextClass(84.9, undefined, bands), 'key')
  assert.equal(nextClass(72.9, 'regular', bands), 'regular')
  assert.equal(nextClass(73, 'regular', bands), 'key')
  assert.equal(nextClass(67, 'key', bands), 'key')
  assert.equal(nextClass(66.9, 'key', bands), 'regular')
  assert.equal(nextClass(88, 'regular', bands), 'VIP')
  assert.equal(nextClass(50, 'VIP', bands), 'regular')
})

test('a score that moves by less than twice the hysteresis changes a class once at most', () => {
  const score = fc.double({ min: 0, max: 100, noNaN: true })
  fc.assert(
    fc.property(
      score,
      fc.array(fc.double({ min: -2.99, max: 2.99, noNaN: true }), { minLength: 2, maxLength: 30 }),
      (middle, moves) => {
        const told = moves.reduce<{ before: ReturnType<typeof nextClass> | undefined; changes: number }>(
          ({ before, changes }, move) => {
            const next = nextClass(middle + move, before, bands)
            return { before: next, changes: changes + (before !== undefined && next !== before ? 1 : 0) }
          },
          { before: undefined, changes: 0 },
        )
        assert.ok(told.changes <= 1, String(told.changes))
      },
    ),
    { numRuns: 2000 },
  )
})

// Why a figure changed: laws that hold for every company.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { changeComponents, EFFECTS, type ChangeSplit } from '../../models/metrics/change.ts'
import { centsOf, openBasis, type Basis, type BasisRow } from './change-basis.ts'

let basis: Basis
before(async () => {
  basis = await openBasis()
})
after(() => basis.close())

const OLD = '2025-03-01'
const NEW = '2026-03-01'

const components = [...Object.keys(changeComponents), 'activity']

/** Rows of one month. A part that is measured by activity names a measure that activity has. */
const rows = (options: { least: number }) =>
  fc.uniqueArray(
    fc
      .record({
        component: fc.constantFrom(...components),
        customer: fc.constantFrom('A', 'B', 'C', 'D'),
        item: fc.constantFrom('P', 'Q', 'R', 'none'),
        family: fc.constantFrom('F', 'G'),
        at: fc.constantFrom('1', '2'),
        quantity: fc.oneof(
          fc.integer({ min: options.least, max: 9 }),
          fc.integer({ min: Math.max(1, options.least), max: 5000 }),
        ),
        cents: fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 1e9 })),
      })
      .map(({ component, at, ...row }): Omit<BasisRow, 'month'> => {
        const byActivity = ['parts_cost', 'traced_expenses', 'activity'].includes(component)
        const measure = byActivity ? `requests ${at}` : component === 'indirect_cost' ? 'responses' : `pieces ${at}`
        return component === 'activity'
          ? { ...row, component, measure, item: 'requests', cents: 0 }
          : { ...row, component, measure, quantity: component === 'traced_expenses' ? 0 : row.quantity }
      }),
    { selector: (row) => Object.values({ ...row, cents: 0, quantity: 0 }).join('|'), minLength: 1, maxLength: 40 },
  )

const inMonth = (month: string, each: readonly Omit<BasisRow, 'month'>[]): BasisRow[] =>
  each.map((row) => ({ ...row, month }))

const sumOf = (split: ChangeSplit): number => {
  const cents = centsOf(split)
  return EFFECTS.reduce((sum, name) => sum + cents[name], cents.was)
}

describe('laws', () => {
  const RUNS = { numRuns: 40 }

  test('the effects sum to the change, parts and components to the whole, to the cent; the way back is the same with the other sign', async () => {
    await fc.assert(
      fc.asyncProperty(rows({ least: -9 }), rows({ least: -9 }), async (old, now) => {
        const all = [...inMonth(OLD, old), ...inMonth(NEW, now)]
        await basis.write(all)
        const change = await basis.ask({ by: 'customer' })
        const products = await basis.ask({ by: 'product' })
        for (const each of [change, ...change.components, ...change.parts, ...products.parts])
          assert.equal(sumOf(each), centsOf(each).is)
        for (const name of ['was', 'is', ...EFFECTS] as const) {
          for (const parts of [change.components, change.parts, products.parts])
            assert.equal(
              parts.reduce((sum, part) => sum + centsOf(part)[name], 0),
              centsOf(change)[name],
              name,
            )
        }
        const earning = ['revenue', 'chargeable_revenue', 'contract_revenue', 'visit_charges']
        const booked = (month: string): number =>
          all
            .filter((row) => row.month === month)
            .reduce((sum, { component, cents }) => sum + (earning.includes(component) ? cents : -cents), 0)
        assert.deepEqual([centsOf(change).was, centsOf(change).is], [booked(OLD), booked(NEW)])
        const back = centsOf(await basis.ask({ from: '2026', to: '2025' }))
        assert.equal(back.is - back.was, -(centsOf(change).is - centsOf(change).was))
      }),
      RUNS,
    )
  })

  test('where nothing but amounts changed only the rate moves', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows({ least: 1 }),
        fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 40, maxLength: 40 }),
        async (old, amounts) => {
          const now = old.map((row, at) => ({ ...row, cents: row.component === 'activity' ? 0 : (amounts[at] ?? 1) }))
          await basis.write([...inMonth(OLD, old), ...inMonth(NEW, now)])
          const change = await basis.ask({ by: 'customer' })
          for (const part of [change, ...change.parts, ...change.components]) {
            assert.deepEqual(
              EFFECTS.filter((name) => name !== 'rate' && part[name] !== 0),
              [],
            )
            assert.equal(centsOf(part).rate, centsOf(part).is - centsOf(part).was)
          }
        },
      ),
      RUNS,
    )
  })

  test('where all quantities grew alike only the volume moves', async () => {
    await fc.assert(
      fc.asyncProperty(rows({ least: 1 }), fc.integer({ min: 2, max: 9 }), async (old, times) => {
        const now = old.map((row) => ({ ...row, quantity: row.quantity * times, cents: row.cents * times }))
        // An expense of a customer without a request has no quantity that could grow.
        const counted = (row: Omit<BasisRow, 'month'>): boolean => {
          const needs = row.component === 'traced_expenses' ? { customer: row.customer } : {}
          if (!row.measure?.startsWith('requests')) return true
          return old.some(
            (other) =>
              other.component === 'activity' &&
              other.measure === row.measure &&
              (needs.customer ?? other.customer) === other.customer,
          )
        }
        await basis.write([...inMonth(OLD, old.filter(counted)), ...inMonth(NEW, now.filter(counted))])
        const change = await basis.ask({ by: 'customer' })
        for (const part of [change, ...change.parts, ...change.components])
          assert.deepEqual(
            EFFECTS.filter((name) => name !== 'volume' && part[name] !== 0),
            [],
          )
      }),
      RUNS,
    )
  })

  test('a customer alone has the rate it has among all; its own volume and mix sum to those', async () => {
    await fc.assert(
      fc.asyncProperty(rows({ least: 0 }), rows({ least: 0 }), async (old, now) => {
        await basis.write([...inMonth(OLD, old), ...inMonth(NEW, now)])
        const change = await basis.ask({ by: 'customer' })
        for (const part of change.parts) {
          const alone = await basis.ask({ where: [{ field: 'customer', operator: 'eq', values: [part.value ?? ''] }] })
          assert.deepEqual([alone.was, alone.is], [part.was, part.is])
          // Each of at most forty cells may be rounded the other way.
          assert.ok(Math.abs(centsOf(alone).rate - centsOf(part).rate) <= 40, `${alone.rate} ${part.rate}`)
        }
      }),
      { numRuns: 15 },
    )
  })

  test('what was known then and what is known now differ by the late records alone', async () => {
    await fc.assert(
      fc.asyncProperty(rows({ least: -9 }), rows({ least: -9 }), rows({ least: -9 }), async (old, now, then) => {
        await basis.write([...inMonth(OLD, old), ...inMonth(NEW, now)])
        await basis.write([...inMonth(OLD, then), ...inMonth(NEW, old)], [], 'past_one')
        const change = await basis.ask({ by: 'customer', to: '2026-03', from: '2025-03', graceDays: 5 })
        for (const each of [change, ...change.components, ...change.parts]) assert.equal(sumOf(each), centsOf(each).is)
        await basis.write([...inMonth(OLD, then), ...inMonth(NEW, old)])
        const known = await basis.ask({ by: 'customer', to: '2026-03', from: '2025-03' })
        for (const name of EFFECTS.slice(0, 4)) assert.equal(centsOf(change)[name], centsOf(known)[name])
      }),
      { numRuns: 25 },
    )
  })
})

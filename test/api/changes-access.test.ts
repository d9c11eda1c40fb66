import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { effectsOf, openBasis, type Basis, type BasisRow } from './change-basis.ts'

let basis: Basis
before(async () => {
  basis = await openBasis()
})
after(() => basis.close())

const OLD = '2025-03-01'
const NEW = '2026-03-01'

describe('who may see what', () => {
  const access = { east: { rows: { region: ['East'] } }, north: { rows: { region: ['North'] } } } as const
  const viewer = (role: string) => ({ id: role, name: role, roles: [role] })

  test('a viewer of one region gets the change of its rows, and prices of its rows alone', async () => {
    const row = (month: string, customer: string, region: string, quantity: number, cents: number): BasisRow => ({
      month,
      component: 'revenue',
      customer,
      region,
      quantity,
      cents,
    })
    await basis.write([
      row(OLD, 'A', 'East', 1, 100),
      row(OLD, 'B', 'West', 9, 9000),
      row(NEW, 'C', 'East', 2, 300),
      row(NEW, 'B', 'West', 1, 1),
    ])
    const change = await basis.ask({ metric: 'revenue', by: 'customer' }, { access, viewer: viewer('east') })
    assert.deepEqual([change.was, change.is], [1, 3])
    assert.deepEqual(new Set(change.parts.map(({ value }) => value)), new Set(['A', 'C']))
    // C is new: two pieces at the old price of the East are mix, the rest of its amount is price.
    assert.deepEqual(effectsOf(change.parts.find(({ value }) => value === 'C')), [0, 2, 1, 0, 0])
    const none = await basis.ask({ by: 'customer' }, { access, viewer: viewer('north') })
    assert.deepEqual([none.was, none.is, none.parts.length], [0, 0, 0])
  })

  test('who a customer belonged to then decides who sees its rows of then', async () => {
    const rows: BasisRow[] = [{ month: OLD, component: 'revenue', customer: 'A', quantity: 10, cents: 100_000 }]
    await basis.write(rows)
    await basis.write(rows, [], 'past_one')
    for (const [database, dealer] of [
      ['', 'new'],
      ['past_one.', 'former'],
    ] as const)
      await basis.warehouse.write((session) =>
        session.run(`CREATE TABLE ${database}marts.customers AS SELECT 'A' AS customer_id, '${dealer}' AS dealer_id`),
      )
    const dealers = { former: { rows: { dealer: ['former'] } }, new: { rows: { dealer: ['new'] } } } as const
    const question = { metric: 'revenue', to: '2026-01..2026-12', graceDays: 30 } as const
    const told = async (role: string): Promise<number[]> => {
      const { was, late } = await basis.ask(question, { access: dealers, viewer: viewer(role) })
      return [was, late]
    }
    // As known today they are rows of the new dealer; as known then, of the former one.
    assert.deepEqual(
      [await told('former'), await told('new')],
      [
        [0, 1000],
        [1000, -1000],
      ],
    )
  })
})

// Why a figure changed: examples counted by hand.
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

describe('counted by hand', () => {
  const line = (month: string, customer: string, item: string, quantity: number, price: number, cost: number) => [
    { month, component: 'revenue', customer, item, quantity, cents: quantity * price * 100 },
    { month, component: 'cost_of_goods', customer, item, quantity, cents: quantity * cost * 100 },
  ]

  test('sales margin: 20 pieces became 24, the mix went to the cheaper product, one price and one unit cost rose', async () => {
    await basis.write([
      ...line(OLD, 'A', 'P', 10, 100, 60),
      ...line(OLD, 'A', 'Q', 10, 50, 30),
      ...line(NEW, 'A', 'P', 9, 110, 60),
      ...line(NEW, 'A', 'Q', 15, 50, 32),
    ])
    const change = await basis.ask({ metric: 'sales_margin', by: 'product' })
    assert.deepEqual([change.was, change.is], [600, 720])
    assert.deepEqual(effectsOf(change), [120, -60, 60, 0, 0])
    const [revenue, cost] = change.components
    assert.deepEqual(
      [revenue?.component, revenue?.was, revenue?.is, ...effectsOf(revenue)],
      ['revenue', 1500, 1740, 300, -150, 90, 0, 0],
    )
    assert.deepEqual(
      [cost?.component, cost?.was, cost?.is, ...effectsOf(cost)],
      ['cost_of_goods', -900, -1020, -180, 90, -30, 0, 0],
    )
    const product = (name: string) => effectsOf(change.parts.find(({ value }) => value === name))
    assert.deepEqual(product('P'), [80, -120, 90, 0, 0])
    assert.deepEqual(product('Q'), [40, 60, -30, 0, 0])
  })

  test('a customer new to a product is mix at the price others paid, and the rest of it is price; a product that ended is mix', async () => {
    await basis.write([
      ...line(OLD, 'A', 'P', 10, 100, 0),
      ...line(OLD, 'A', 'Q', 2, 50, 0),
      ...line(NEW, 'A', 'P', 10, 100, 0),
      ...line(NEW, 'C', 'P', 2, 90, 0),
    ])
    const change = await basis.ask({ metric: 'revenue', by: 'customer' })
    assert.deepEqual(effectsOf(change), [0, 100, -20, 0, 0])
    const customer = (name: string) => effectsOf(change.parts.find(({ value }) => value === name))
    assert.deepEqual(customer('A'), [0, -100, 0, 0, 0])
    assert.deepEqual(customer('C'), [0, 200, -20, 0, 0])
  })

  test('a product nobody sold before has no old price: all of it is mix where its family was sold, volume where it was not', async () => {
    await basis.write([
      ...line(OLD, 'A', 'P', 10, 100, 0),
      ...line(NEW, 'A', 'P', 5, 100, 0),
      ...line(NEW, 'A', 'N', 5, 80, 0),
      { month: NEW, component: 'revenue', customer: 'A', item: 'X', measure: 'others', quantity: 1, cents: 7000 },
    ])
    assert.deepEqual(effectsOf(await basis.ask({ metric: 'revenue' })), [70, -100, 0, 0, 0])
  })

  test('labour: more hours are volume, a dearer engineer is mix, a higher hourly cost is rate', async () => {
    const hours = (month: string, employee: string, quantity: number, hourly: number): BasisRow => ({
      month,
      component: 'labour_cost',
      customer: 'A',
      item: employee,
      measure: 'hours',
      quantity,
      cents: quantity * hourly * 100,
    })
    await basis.write([
      hours(OLD, 'E1', 10, 100),
      hours(OLD, 'E2', 10, 200),
      hours(NEW, 'E1', 5, 100),
      hours(NEW, 'E2', 25, 210),
    ])
    const change = await basis.ask({ metric: 'labour_cost' })
    assert.deepEqual([change.was, change.is, ...effectsOf(change)], [3000, 5750, 1500, 1000, 250, 0, 0])
    assert.deepEqual(effectsOf(await basis.ask({ metric: 'profit' })), [-1500, -1000, -250, 0, 0])
  })

  test('expenses and parts: volume follows the requests; what a request takes more of is rate of expenses and mix of parts', async () => {
    const requests = (month: string, customer: string, quantity: number): BasisRow => ({
      month,
      component: 'activity',
      customer,
      item: 'requests',
      measure: 'requests',
      quantity,
      cents: 0,
    })
    await basis.write([
      requests(OLD, 'A', 4),
      requests(NEW, 'A', 6),
      {
        month: OLD,
        component: 'traced_expenses',
        customer: 'A',
        item: 'travel',
        measure: 'requests',
        quantity: 0,
        cents: 40_000,
      },
      {
        month: NEW,
        component: 'traced_expenses',
        customer: 'A',
        item: 'travel',
        measure: 'requests',
        quantity: 0,
        cents: 66_000,
      },
      { month: OLD, component: 'parts_cost', customer: 'A', item: 'S', measure: 'requests', quantity: 8, cents: 8_000 },
      {
        month: NEW,
        component: 'parts_cost',
        customer: 'A',
        item: 'S',
        measure: 'requests',
        quantity: 15,
        cents: 18_000,
      },
    ])
    assert.deepEqual(effectsOf(await basis.ask({ metric: 'traced_expenses' })), [200, 0, 60, 0, 0])
    assert.deepEqual(effectsOf(await basis.ask({ metric: 'parts_cost' })), [40, 30, 30, 0, 0])
  })

  test('indirect cost: units, share, cost per unit; and what another driver does is the rule', async () => {
    const pool = (month: string, customer: string, driver: string, cents: number, actual = true): BasisRow => ({
      month,
      component: 'indirect_cost',
      customer,
      item: 'service travel none service',
      measure: `driver ${driver}`,
      pool: 'travel service',
      driver,
      actual,
      quantity: 0,
      cents,
    })
    const units = (month: string, customer: string, driver: string, quantity: number): BasisRow => ({
      month,
      component: 'activity',
      customer,
      item: driver,
      measure: `driver ${driver}`,
      driver,
      quantity,
      cents: 0,
    })
    await basis.write(
      [
        pool(OLD, 'A', 'hours', 6000),
        pool(OLD, 'B', 'hours', 4000),
        pool(NEW, 'A', 'requests', 3000),
        pool(NEW, 'B', 'requests', 9000),
        pool(NEW, 'A', 'hours', 6000, false),
        pool(NEW, 'B', 'hours', 6000, false),

        units(OLD, 'A', 'hours', 6),
        units(OLD, 'B', 'hours', 4),
        units(NEW, 'A', 'hours', 6),
        units(NEW, 'B', 'hours', 6),
        units(NEW, 'A', 'requests', 1),
        units(NEW, 'B', 'requests', 3),
      ],
      [
        { month: OLD, category: 'travel', department: 'service', driver: 'hours' },
        { month: NEW, category: 'travel', department: 'service', driver: 'requests' },
      ],
    )
    const change = await basis.ask({ metric: 'indirect_cost', by: 'customer' })
    assert.deepEqual([change.was, change.is, ...effectsOf(change)], [100, 120, 20, 0, 0, 0, 0])
    const customer = (name: string) => effectsOf(change.parts.find(({ value }) => value === name))
    assert.deepEqual(customer('A'), [12, -12, 0, -30, 0])
    assert.deepEqual(customer('B'), [8, 12, 0, 30, 0])
    assert.deepEqual(
      change.leaders.rule.map(({ value, label }) => [value, label]),
      [
        ['A', 'Name of A'],
        ['B', 'Name of B'],
      ],
    )
    // A customer alone is told by its own units.
    const alone = await basis.ask({
      metric: 'indirect_cost',
      where: [{ field: 'customer', operator: 'eq', values: ['B'] }],
    })
    assert.deepEqual(effectsOf(alone), [20, 0, 0, 30, 0])
    // Back again, the rule of the other side is the old one.
    assert.deepEqual(effectsOf(await basis.ask({ metric: 'indirect_cost', from: '2026', to: '2025' })).slice(4), [0])
  })

  test('a pool that nobody bore before, since the policy spread it by nothing, is the rule', async () => {
    const row = {
      component: 'indirect_cost',
      customer: 'A',
      item: 'p',
      measure: 'driver hours',
      pool: 'rent service',
      driver: 'hours',
      quantity: 0,
    }
    await basis.write(
      [
        { ...row, month: NEW, cents: 5000 },
        { ...row, month: OLD, actual: false, cents: 4000 },
      ],
      [
        { month: OLD, category: 'rent', department: 'service', driver: 'none' },
        { month: NEW, category: 'rent', department: 'service', driver: 'hours' },
      ],
    )
    assert.deepEqual(effectsOf(await basis.ask({ metric: 'indirect_cost' })), [0, 0, 0, 50, 0])
  })

  test('late records are what was not known when a period and its days of grace were over', async () => {
    const [known, late] = [line(OLD, 'A', 'P', 10, 100, 60), line('2025-04-01', 'A', 'P', 1, 100, 60)]
    await basis.write([...known, ...late, ...line(NEW, 'A', 'P', 22, 100, 60)])
    await basis.write(known, [], 'past_one')
    const change = await basis.ask({ metric: 'revenue', to: '2026-01..2026-12', graceDays: 30 })
    // The new period ends with the business date: nothing of it can be late yet.
    assert.deepEqual([change.was, change.is, ...effectsOf(change)], [1100, 2200, 1200, 0, 0, 0, -100])
    assert.equal(change.from.known_at, '2026-01-30T16:00:00.000Z')
    assert.equal(change.to.known_at, '2027-01-01T00:00:00.000Z')
    assert.deepEqual(effectsOf(await basis.ask({ metric: 'revenue' })), [1100, 0, 0, 0, 0])
  })
})

describe('a question about a change', () => {
  test('what cannot be asked is refused with what can', async () => {
    await assert.rejects(basis.ask({ metric: 'service_hours' }), /metric 'service_hours' is unknown.*profit/)
    await assert.rejects(basis.ask({ by: 'channel' }), /dimension 'channel' is unknown.*product_family/)
    await assert.rejects(
      basis.ask({ where: [{ field: 'month', operator: 'eq', values: ['2025-01'] }] }),
      /field 'month' is unknown/,
    )
    await assert.rejects(basis.ask({ from: 'all_time' }), /'all_time' has no first month/)
    await assert.rejects(basis.ask({ to: '2025-13' }), /period '2025-13' is unknown/)
  })
})

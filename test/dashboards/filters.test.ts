import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { queryOf, splitBy } from '../../dashboards/answers.ts'
import { comparison, conditions, hrefWith, offeredPeriods } from '../../dashboards/filters.ts'
import { customerValue } from '../../dashboards/pages/customer-value.ts'
import { serviceSales } from '../../dashboards/pages/service-sales.ts'
import { preferredLanguage } from '../../entities/language.ts'
import { resolvePeriod } from '../../models/metrics/period.ts'
import { RequestError } from '../../errors.ts'

const at = (address: string) => new URL(address, 'http://localhost')

describe('filters', () => {
  test('without a query string a page shows direct customers over the last twelve months', () => {
    assert.deepEqual(conditions(customerValue, at('/customers')), [
      { field: 'period', operator: 'eq', values: ['trailing_12'] },
      { field: 'customer_kind', operator: 'eq', values: ['direct'] },
    ])
  })

  test('"all" takes a filter away, even one that has a standard', () => {
    assert.deepEqual(conditions(customerValue, at('/customers?kind=all&region=all&period=all_time')), [
      { field: 'period', operator: 'eq', values: ['all_time'] },
    ])
  })

  test('whatever a filter is set to by a link is what the page asks for', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((text) => text !== 'all'),
        (text) => {
          const region = text.toWellFormed()
          const url = at(hrefWith(at('/customers?kind=all&period=2025'), { region }))
          assert.deepEqual(conditions(customerValue, url)[1], { field: 'region', operator: 'eq', values: [region] })
        },
      ),
    )
  })

  test('a table is split by the dimension of the address, by its first where the address names none that it has', () => {
    const asked = (query: string) => {
      const url = at(`/sales${query}`)
      const definition = splitBy(serviceSales, url)
      const table = definition.rows.flat().find((block) => block.block === 'table')
      assert.ok(table)
      const ask = () => Promise.reject(new Error('nobody asks'))
      const viewer = { id: 'x', name: 'X', roles: [] }
      const { by, order } = queryOf(table, { definition, url, viewer, asOf: '2026-06-30', ask }, [])
      return { by, order }
    }
    assert.deepEqual(asked(''), { by: ['origin'], order: ['-won_amount', 'origin'] })
    assert.deepEqual(asked('?by=engineer'), { by: ['engineer'], order: ['-won_amount', 'engineer'] })
    assert.deepEqual(asked('?by=engineer&sort=win_rate').order, ['win_rate', '-won_amount', 'engineer'])
    assert.deepEqual(asked('?by=month'), { by: ['month'], order: ['-month', '-won_amount'] })
    assert.deepEqual(asked('?by=customer_id%27--'), asked(''))
  })

  test('the period before is as long as the period and ends where it begins', () => {
    const before = (period: string) => comparison(period, '2025-12-31')?.before
    assert.equal(before('trailing_12'), '2024-01..2024-12')
    assert.equal(before('2025-03'), '2025-02..2025-02')
    assert.equal(before('2025'), '2024-01..2024-12')
    assert.equal(before('2025-01..2025-06'), '2024-07..2024-12')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 240 }), fc.integer({ min: 0, max: 36 }), (first, length) => {
        const month = (number: number) =>
          `${2001 + Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`
        const period = `${month(first)}..${month(first + length)}`
        const compared = comparison(period, '2025-12-31')
        assert.deepEqual(
          [compared?.now, compared?.whole, resolvePeriod(compared?.before ?? '', '2025-12-31').until],
          [period, true, resolvePeriod(period, '2025-12-31').from],
        )
      }),
    )
  })

  test('this year to date is compared with the same months of last year', () => {
    assert.equal(comparison('year_to_date', '2025-05-31')?.before, '2024-01..2024-05')
  })

  test('a month that still runs is compared with nothing', () => {
    assert.deepEqual(comparison('trailing_12', '2025-12-30'), {
      now: '2025-01..2025-11',
      before: '2024-01..2024-11',
      whole: false,
    })
    assert.deepEqual(comparison('year_to_date', '2025-05-20'), {
      now: '2025-01..2025-04',
      before: '2024-01..2024-04',
      whole: false,
    })
    assert.equal(comparison('2024', '2024-02-29')?.before, '2023-01..2023-02')
    assert.equal(comparison('year_to_date', '2025-01-02'), undefined)
    assert.equal(comparison('2025-06', '2025-05-20'), undefined)
  })

  test('all time has no period before it, and a period nobody knows is refused', () => {
    assert.equal(comparison('all_time', '2025-12-31'), undefined)
    assert.throws(() => comparison('soon', '2025-12-31'), RequestError)
  })

  test('a period of the URL that is not offered is offered too', () => {
    assert.ok(offeredPeriods('2025-12-31', '2025-03').includes('2025-03'))
    assert.equal(offeredPeriods('2025-12-31', '2024').filter((period) => period === '2024').length, 1)
  })

  test('the language is the first of Accept-Language there are words for, by weight', () => {
    assert.equal(preferredLanguage('fr;q=0.9, zh-CN;q=0.8, en;q=0.7'), 'zh')
    assert.equal(preferredLanguage('zh;q=0.2, en-US'), 'en')
    assert.equal(preferredLanguage('zh;q=0, en;q=0.1'), 'en')
    assert.equal(preferredLanguage(''), 'en')
  })
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { checkAlerts } from '../../alerts/check.ts'
import { judge, type Reading } from '../../alerts/conditions.ts'
import { forecastYear } from '../../alerts/forecast.ts'
import { resolveAlerts } from '../../alerts/resolve.ts'
import { configOf } from '../../config.ts'
import { BUILT_IN, type Alert, type AlertCondition } from '../../config/alerts.ts'
import { defaultAccess } from '../../config/access.ts'
import { ConfigError } from '../../errors.ts'
import { explainAlert } from '../../models/metrics/alert.ts'
import { dimensions, metrics } from '../../models/metrics/catalogue.ts'

const read = (reading: Partial<Reading>): Reading => ({
  value: null,
  was: null,
  difference: null,
  relative: null,
  forecast: null,
  coverage: null,
  hours: 1,
  ...reading,
})
const outcome = (when: AlertCondition, reading: Partial<Reading>): string => judge(when, read(reading)).outcome

describe('conditions', () => {
  test('a threshold fires beyond its limit and clears at the other one', () => {
    const above = { above: 5, clearBelow: 4 } as const
    assert.deepEqual(
      [6, 5, 4.5, 4, 3].map((value) => outcome(above, { value })),
      ['met', 'between', 'between', 'clear', 'clear'],
    )
    const below = { below: 5, clearAbove: 6 } as const
    assert.deepEqual(
      [4, 5, 5.5, 6, 7].map((value) => outcome(below, { value })),
      ['met', 'between', 'between', 'clear', 'clear'],
    )
    assert.equal(outcome({ above: 5 }, { value: 5 }), 'clear')
    assert.equal(outcome(above, {}), 'unknown')
  })

  test('no figure meets a limit and is clear of it; every one that is known is judged', () => {
    const figure = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(figure, figure, fc.nat(1000), (value, limit, band) => {
        const up = outcome({ above: limit, clearBelow: limit - band }, { value })
        assert.equal(up, value > limit ? 'met' : value <= limit - band ? 'clear' : 'between')
        const down = outcome({ below: limit, clearAbove: limit + band }, { value })
        assert.equal(down, value < limit ? 'met' : value >= limit + band ? 'clear' : 'between')
      }),
    )
  })

  test('a crossing counts only what was on the other side before', () => {
    const when = { below: 0, crossing: 'previous' } as const
    assert.equal(outcome(when, { value: -1, was: 0.01 }), 'met')
    assert.equal(outcome(when, { value: -1, was: 0 }), 'between')
    assert.equal(outcome(when, { value: -1, was: -0.01 }), 'between')
    assert.equal(outcome(when, { value: -1 }), 'between')
    assert.equal(outcome(when, { value: 0, was: -5 }), 'clear')
  })

  test('a change is a share of what was, or absolute', () => {
    const share = { changeAbove: 0.2, clearBelow: 0.1, against: 'last_year' } as const
    assert.equal(outcome(share, { value: 121, was: 100, difference: 21, relative: 0.21 }), 'met')
    assert.equal(outcome(share, { value: 115, was: 100, difference: 15, relative: 0.15 }), 'between')
    assert.equal(outcome(share, { value: 105, was: 100, difference: 5, relative: 0.05 }), 'clear')
    const absolute = { changeBelow: -10, against: 'previous', absolute: true } as const
    assert.equal(outcome(absolute, { value: 80, was: 100, difference: -20, relative: -0.2 }), 'met')
    assert.equal(outcome(absolute, { value: 95, was: 100, difference: -5, relative: -0.05 }), 'clear')
    assert.equal(outcome(share, { value: 121 }), 'unknown')
  })

  test('data are missing where a figure is not known, badly covered, or old', () => {
    const when = { missing: true, coverageBelow: 0.7, olderThanHours: 48 } as const
    assert.equal(outcome(when, {}), 'met')
    assert.equal(outcome(when, { value: 1, coverage: 0.6 }), 'met')
    assert.equal(outcome(when, { value: 1, coverage: 0.8, hours: 49 }), 'met')
    assert.equal(outcome(when, { value: 1, coverage: 0.8, hours: null }), 'met')
    assert.equal(outcome(when, { value: 0, coverage: 0.7, hours: 48 }), 'clear')
  })

  test('a forecast is left on either side', () => {
    const when = { outsideForecast: true } as const
    const forecast = { low: 2, high: 9 }
    assert.deepEqual(
      [1, 2, 9, 10].map((value) => outcome(when, { value, forecast })),
      ['met', 'clear', 'clear', 'met'],
    )
    assert.equal(outcome(when, { value: 1 }), 'unknown')
    assert.deepEqual(forecastYear('2026-06-30'), { period: '2025-07..2026-06', before: '2025-06-30' })
    assert.deepEqual(forecastYear('2026-06-15'), { period: '2025-06..2026-05', before: '2025-05-31' })
    assert.deepEqual(forecastYear('2026-01-01'), { period: '2025-01..2025-12', before: '2024-12-31' })
  })

  test('each says in both languages what it found', () => {
    const { found } = judge({ above: 0.2 }, read({ value: 0.25 }))
    const manner = { currency: 'CNY', timeZone: 'Asia/Shanghai' }
    assert.equal(explainAlert([found], 'share', { ...manner, language: 'en' }), '25% is above the limit 20%.')
    assert.equal(explainAlert([found], 'share', { ...manner, language: 'zh' }), '25% 高于上限 20%。')
  })
})

const alert = { name: 'late', metric: 'broken_promises', when: { above: 5 } } as const
const check = (watch: readonly unknown[], more: object = {}): void => {
  const { alerts, access } = configOf('/', {
    sources: [],
    alerts: { owner: 'head@example.com', watch: watch as readonly Alert[], ...more },
  })
  assert.ok(alerts)
  checkAlerts(resolveAlerts(alerts), { catalogue: { metrics, dimensions }, access })
}
const refuses = (changed: object, words: RegExp): void =>
  assert.throws(
    () => check([{ ...alert, ...changed }]),
    (error) => {
      assert.ok(error instanceof ConfigError)
      assert.match(error.message, words)
      return true
    },
  )

describe('alerts as they are written', () => {
  test('those that are built in, and one of the company, are taken', () => {
    check([alert, { ...alert, name: 'other', by: 'region', for: 3, to: [{ role: 'sales' }], repeatAfter: 7 }])
    const all = resolveAlerts({ owner: 'head@example.com' })
    assert.deepEqual(all.map(({ name }) => name).toSorted(), [...BUILT_IN].toSorted())
    assert.deepEqual(resolveAlerts({ owner: 'head@example.com', builtIn: false }), [])
    const fewer = resolveAlerts({ owner: 'head@example.com', builtIn: { record_debts: false } })
    assert.equal(fewer.length, BUILT_IN.length - 1)
  })

  test('wrong words are refused with the nearest right one', () => {
    refuses({ metric: 'broken_promisses' }, /'broken_promisses' is unknown\. Did you mean 'broken_promises'\?/)
    refuses({ by: 'regoin' }, /Did you mean 'region'/)
    refuses({ where: ['chanel:eq:phone'] }, /Did you mean 'channel'/)
    refuses({ to: [{ role: 'sale' }] }, /no role 'sale'\. Did you mean 'sales'/)
    refuses({ by: 'department' }, /cannot be split by 'department'/)
    refuses({ to: [{ person: 'holder' }] }, /'holder' must be named in `by` or `with`/)
    assert.ok(defaultAccess['head']?.may?.includes('acknowledge_alerts'))
  })

  test('limits that cannot clear are refused', () => {
    refuses(
      { when: { above: 5, clearBelow: 6 } },
      /when\.clearBelow: cannot clear: clearBelow must be at or below above/,
    )
    refuses({ when: { below: 5, clearAbove: 4 } }, /cannot clear/)
    refuses({ when: { changeAbove: 0.2, clearBelow: 0.3, against: 'previous' } }, /cannot clear/)
    refuses({ when: { above: -1 } }, /cannot clear: 'broken_promises' is never below 0/)
  })

  test('conditions that say nothing, or two things, or need what is not there, are refused', () => {
    refuses({ when: {} }, /must have one of: above, below/)
    refuses({ when: { above: 1, below: 0 } }, /must have one of/)
    refuses({ when: { changeAbove: 0.2, against: 'yesterday' } }, /previous.*last_year/)
    refuses({ when: { changeAbove: 0.2, against: 'previous' } }, /needs one itself/)
    refuses({ when: { missing: true, coverageBelow: 0.5 }, by: 'region' }, /take out `by`/)
    refuses({ when: { missing: true, coverageBelow: 0.5 } }, /is always complete/)
    refuses({ when: { outsideForecast: true } }, /orders by customer only/)
    refuses({ quietHours: { from: '20:00', to: '25:00' } }, /quietHours\.to: must be a time of day/)
    refuses({ to: ['nobody'] }, /must be an e-mail address/)
    assert.throws(() => check([alert, alert]), /another alert 'late'/)
  })
})

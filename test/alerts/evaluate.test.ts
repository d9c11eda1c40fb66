import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Alert } from '../../config/alerts.ts'
import { head, OWNER, within, type Watched } from './company.ts'

const requests: Alert = { name: 'many', metric: 'requests', by: 'customer', period: 'all_time', when: { above: 1 } }
const more = (customer: string): string =>
  `INSERT INTO marts.requests VALUES ('2025-03-05', '2025-03-01', '${customer}', '华南', 'phone', FALSE, 1)`
const fewer = (customer: string): string =>
  `DELETE FROM marts.requests WHERE customer_id = '${customer}' AND opened_on = '2025-03-05'`
const firing = async ({ desk }: Watched, name = 'many') =>
  (await desk.list(head)).find((alert) => alert.name === name)?.firing.map(({ group }) => group)

describe('alerts over a company', () => {
  test('fire for the groups beyond the limit alone, tell once, and clear', async () => {
    await within({ watch: [requests] }, async (company) => {
      await company.evaluate()
      assert.deepEqual(await firing(company), ['C1'])
      const [message, ...others] = company.taken()
      assert.equal(others.length, 0)
      assert.deepEqual(message?.to, [{ address: OWNER }])
      await company.build()
      assert.deepEqual(company.taken(), [])
      await company.build(more('C5'))
      assert.deepEqual((await firing(company))?.toSorted(), ['C1', 'C5'])
      assert.match(company.taken()[0]?.subject ?? '', /C5/)
      await company.build(fewer('C5'))
      assert.deepEqual(await firing(company), ['C1'])
      await company.build(more('C5'))
      assert.equal(company.taken().length, 1)
    })
  })

  test('write down every look at every group, with why it fired or did not', async () => {
    await within({ watch: [requests] }, async (company) => {
      for (let round = 0; round < 3; round += 1) await company.evaluate()
      await company.build(more('C5'))
      const { evaluations } = await company.desk.log(head, 'many', { limit: 1_000 })
      const groups = ['', 'C1', 'C2', 'C5']
      for (const group of groups) {
        const looks = evaluations.filter((look) => look.group === group)
        assert.equal(
          looks.reduce((sum, { times }) => sum + times, 0),
          4,
          group,
        )
        assert.deepEqual([...new Set(looks.map((look) => look.warehouse_version))], [2, 1])
      }
      assert.deepEqual([...new Set(evaluations.map(({ group }) => group))].toSorted(), groups)
      for (const { why, after, before, told, value, limit } of evaluations) {
        assert.equal(why.length, 2)
        assert.equal(limit, 1)
        assert.equal(why[0]?.code, (value ?? 0) > 1 ? 'alert_above' : 'alert_within')
        assert.equal(told, before === 'ok' && after === 'firing')
        assert.equal(why[1]?.code, after === 'ok' ? 'alert_quiet' : told ? 'alert_fired' : 'alert_told')
      }
    })
  })

  test('wait for so many builds in a row', async () => {
    await within({ watch: [{ ...requests, for: 2 }] }, async (company) => {
      await company.evaluate()
      await company.evaluate()
      assert.deepEqual(await firing(company), [])
      await company.build()
      assert.deepEqual(await firing(company), ['C1'])
      assert.equal(company.taken().length, 1)
    })
  })

  test('do not flap between their limits', async () => {
    const band = { ...requests, when: { above: 2, clearBelow: 1 } } as const
    await within({ watch: [band] }, async (company) => {
      await company.build(`${more('C5')}; ${more('C5')}`)
      assert.deepEqual(await firing(company), ['C5'])
      await company.build(`DELETE FROM marts.requests WHERE customer_id = 'C5'; ${more('C5')}; ${more('C5')}`)
      assert.deepEqual(await firing(company), ['C5'])
      await company.build(`DELETE FROM marts.requests WHERE customer_id = 'C5'; ${more('C5')}`)
      assert.deepEqual(await firing(company), [])
      assert.equal(company.taken().length, 1)
    })
  })

  test('see a change against the same months of another period', async () => {
    const change = { name: 'revenue_down', metric: 'revenue', by: 'region', period: '2025-01..2025-02' } as const
    const when = { changeBelow: -0.3, against: 'last_year' } as const
    await within({ watch: [{ ...change, when }] }, async (company) => {
      // 华东: 500.10 against 900.
      await company.evaluate()
      assert.deepEqual(await firing(company, 'revenue_down'), ['华东'])
      const [group] = (await company.desk.list(head))[0]?.firing ?? []
      assert.equal(group?.why[0]?.code, 'alert_changed')
      assert.ok(Math.abs(Number(group?.why[0]?.details['change']) - (500.1 - 900) / 900) < 1e-9)
    })
  })

  test('see figures that are not known, and those that are gone', async () => {
    const unknown: Alert = { name: 'unknown', metric: 'hours', by: 'channel', when: { missing: true } }
    await within({ watch: [unknown] }, async (company) => {
      await company.evaluate()
      assert.deepEqual(await firing(company, 'unknown'), ['email'])
      await company.build(`UPDATE marts.requests SET hours = 2; DELETE FROM marts.requests WHERE channel = 'phone'`)
      assert.deepEqual(await firing(company, 'unknown'), ['phone'])
    })
    const covered: Alert = { name: 'covered', metric: 'hours', when: { missing: true, coverageBelow: 0.9 } }
    await within({ watch: [covered] }, async (company) => {
      await company.evaluate()
      assert.deepEqual(await firing(company, 'covered'), [''])
    })
  })

  test('in error tell their owner once, keep their groups, and watch again', async () => {
    await within({ watch: [requests] }, async (company) => {
      await company.evaluate()
      company.taken()
      await company.warehouse.write((session) => session.run('ALTER TABLE marts.requests RENAME TO requests_away'))
      await company.build()
      await company.build()
      const [alert] = await company.desk.list(head)
      assert.ok(alert?.error)
      const told = company.taken()
      assert.equal(told.length, 1)
      assert.match(told[0]?.subject ?? '', /in error/)
      assert.deepEqual(told[0]?.to, [{ address: OWNER }])
      assert.deepEqual(await firing(company), ['C1'])
      await company.build('ALTER TABLE marts.requests_away RENAME TO requests')
      assert.equal((await company.desk.list(head))[0]?.error, null)
      assert.deepEqual(company.taken(), [])
    })
  })

  test('whose role may see nothing are in error', async () => {
    await within({ watch: [{ ...requests, as: 'region' }] }, async (company) => {
      await company.evaluate()
      assert.equal((await company.desk.list(head))[0]?.error?.code, 'no_rows_open')
    })
  })

  test('made in quiet hours are handed over when these end, the newest for all', async () => {
    const quiet = {
      ...requests,
      repeatAfter: 1,
      quietHours: { from: '18:00', to: '08:00', workingDays: true },
    } as const
    await within({ watch: [quiet] }, async (company) => {
      // Friday evening in Shanghai.
      company.setClock('2025-03-21T11:00:00Z')
      await company.evaluate()
      company.setClock('2025-03-22T00:29:00Z')
      await company.build()
      company.setClock('2025-03-23T22:00:00Z')
      await company.build()
      company.setClock('2025-03-23T23:59:00Z')
      await company.evaluate('tick')
      assert.deepEqual(company.taken(), [])
      company.setClock('2025-03-24T00:00:00Z')
      await company.evaluate('tick')
      const [message, ...others] = company.taken()
      assert.equal(others.length, 0)
      assert.equal(message?.quietUntil, '2025-03-24T00:00:00.000Z')
      assert.match(message?.text ?? '', /version 3/)
      await company.evaluate('tick')
      assert.deepEqual(company.taken(), [])
    })
  })

  test('are handed over again under the same key until somebody has taken them', async () => {
    let refuses = true
    await within({ watch: [requests], refuses: () => refuses }, async (company) => {
      await assert.rejects(company.evaluate(), /nobody takes them/)
      refuses = false
      await company.evaluate('tick')
      assert.equal(company.taken().length, 1)
      await company.evaluate('tick')
      assert.deepEqual(company.taken(), [])
    })
  })

  test('are acknowledged and snoozed by who may', async () => {
    await within({ watch: [requests] }, async ({ desk, ...company }) => {
      await company.evaluate()
      company.taken()
      const looker = { id: 'l', name: 'Lo', roles: ['looker'] }
      await assert.rejects(desk.acknowledge(looker, 'many', 'C1'), { name: 'AccessError' })
      await assert.rejects(desk.acknowledge(head, 'many', 'C2'), { name: 'RequestError', status: 422 })
      await assert.rejects(desk.acknowledge(head, 'nothing', 'C1'), { name: 'RequestError', status: 404 })
      await assert.rejects(desk.snooze(head, 'many', 'C1', 'tomorrow'), { name: 'RequestError', status: 400 })
      await desk.snooze(head, 'many', 'C1', '2025-03-20T13:00:00Z')
      await company.evaluate()
      company.setClock('2025-03-20T13:00:00Z')
      assert.deepEqual(company.taken(), [])
      await company.evaluate('tick')
      assert.equal(company.taken().length, 1)
      const acknowledged = await desk.acknowledge(head, 'many', 'C1')
      assert.deepEqual(
        acknowledged.firing.map(({ status, acknowledged_by: by }) => [status, by]),
        [['acknowledged', 'Ann']],
      )
      await company.build()
      assert.deepEqual(company.taken(), [])
      assert.deepEqual(company.recorded, ['Ann alert_snoozed many C1', 'Ann alert_acknowledged many C1'])
    })
  })
})

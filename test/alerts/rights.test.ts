import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Alert } from '../../config/alerts.ts'
import { describeFault, type Fault } from '../../entities/faults.ts'
import type { Viewer } from '../../models/metrics/metric.ts'
import { resolveAlerts } from '../../alerts/resolve.ts'
import { seesAlert } from '../../alerts/seen.ts'
import { head, inRegion, narrow, OWNER, within, type Watched } from './company.ts'

const requests: Alert = { name: 'many', metric: 'requests', by: 'customer', period: 'all_time', when: { above: 0 } }
const east = { address: 'east@example.com', viewer: inRegion('华东') }
const near = { address: 'near@example.com', viewer: narrow }

/** Groups that fire, as the viewer of the East sees them. */
const firing = async ({ desk }: Watched, name: string) =>
  (await desk.list(east.viewer)).find((alert) => alert.name === name)?.firing.map(({ group }) => group)

/** Customers that each address is told of. */
const toldTo = (company: Watched): Record<string, string[]> =>
  Object.fromEntries(
    company
      .taken()
      .flatMap(({ to, text }) =>
        to.map(({ address }) => [address, ['C1', 'C2', 'C5'].filter((id) => text.includes(id))]),
      ),
  )

describe('a message', () => {
  test('tells a user nothing of a group that a role of it hides', async () => {
    const alert = { ...requests, with: ['region'], to: ['guest@example.com', { role: 'narrow' }] } as const
    await within({ watch: [alert], users: [near] }, async (company) => {
      await company.evaluate()
      const texts = new Map(company.taken().map(({ to, text, html }) => [to[0]?.address, text + html]))
      assert.match(texts.get('guest@example.com') ?? '', /华东/)
      assert.match(texts.get(near.address) ?? '', /C1/)
      assert.doesNotMatch(texts.get(near.address) ?? '', /华东/)
    })
  })

  test('to an address that is of a user tells what that user may see, and nothing to one locked out', async () => {
    const people = { C1: 'East@example.com', C5: 'East@example.com' }
    const alerts: readonly Alert[] = [
      { ...requests, to: ['East@example.com'] },
      { ...requests, to: [{ person: 'customer' }] },
    ]
    for (const alert of alerts) {
      await within({ watch: [alert], users: [east], more: { people } }, async (company) => {
        await company.evaluate()
        const told = toldTo(company)
        assert.ok(told[east.address]?.includes('C1'))
        assert.ok(!told[east.address]?.includes('C5'))
      })
      await within({ watch: [alert], locked: [east.address], more: { people } }, async (company) => {
        await company.evaluate()
        const told = toldTo(company)
        assert.deepEqual(Object.keys(told), [OWNER])
        assert.deepEqual(told[OWNER], ['C1', 'C2', 'C5'])
      })
    }
  })

  test('to an owner who is a user tells what the owner may see, by default and instead of others', async () => {
    for (const to of [undefined, [{ role: 'nobody' }]]) {
      const alert = { ...requests, ...(to && { to }), owner: east.address }
      await within({ watch: [alert], users: [east] }, async (company) => {
        await company.evaluate()
        assert.deepEqual(toldTo(company), { [east.address]: ['C1', 'C2'] })
      })
      await within({ watch: [alert], locked: [east.address] }, async (company) => {
        await company.evaluate()
        assert.deepEqual(toldTo(company), {})
      })
    }
  })

  test('names to an owner those who have no address only where the owner knows people of that kind', async () => {
    const alert = { ...requests, with: ['region'], to: [{ person: 'region' }] } as const
    const texts = async (owner: string): Promise<string> => {
      let all = ''
      await within({ watch: [{ ...alert, owner }], users: [near] }, async (company) => {
        await company.evaluate()
        all = company
          .taken()
          .map(({ text }) => text)
          .join('')
      })
      return all
    }
    assert.match(await texts('guest@example.com'), /华东/)
    assert.match(await texts(near.address), /C1/)
    assert.doesNotMatch(await texts(near.address), /华东/)
  })

  test('of an alert in error says why to an owner who sees sources, or is no user', async () => {
    const said = async (owner: string, locked: readonly string[] = []): Promise<string[]> => {
      let texts: string[] = []
      await within({ watch: [{ ...requests, owner }], users: [east, near], locked }, async (company) => {
        await company.warehouse.write((session) => session.run('ALTER TABLE marts.requests RENAME TO requests_away'))
        await company.build()
        texts = company.taken().map(({ text }) => text)
      })
      return texts
    }
    assert.match((await said(OWNER)).join(), /requests_away|marts/)
    for (const { address } of [east, near]) {
      const [text = ''] = await said(address)
      assert.match(text, /It could not be evaluated\./)
      assert.doesNotMatch(text, /marts/)
    }
    assert.deepEqual(await said(OWNER, [OWNER]), [])
  })
})

describe('who does not see all rows', () => {
  test('is not shown a group whose figure of the period before is another to them', async () => {
    const when = { changeBelow: -0.3, against: 'last_year' } as const
    const down: Alert = { name: 'down', metric: 'revenue', by: 'customer', period: '2025-01..2025-02', when }
    const to = [{ role: 'region' }]
    await within({ watch: [{ ...down, to }], users: [east] }, async (company) => {
      await company.evaluate()
      assert.deepEqual(await firing(company, 'down'), ['C1'])
      assert.deepEqual(Object.keys(toldTo(company)), [east.address])
    })
    await within({ watch: [{ ...down, to }], users: [east] }, async (company) => {
      await company.build(`INSERT INTO marts.months VALUES ('2024-01-01', 'C1', 'East Pumps', '华南', 700, 0, 1, 1)`)
      assert.deepEqual(await firing(company, 'down'), [])
      assert.deepEqual((await company.desk.log(east.viewer, 'down', { limit: 10 })).evaluations, [])
      assert.deepEqual(Object.keys(toldTo(company)), [OWNER])
    })
  })

  test('is not shown a figure whose records are complete to another share for them', async () => {
    const covered: Alert = { name: 'covered', metric: 'hours', when: { missing: true, coverageBelow: 0.9 } }
    await within({ watch: [covered] }, async (company) => {
      await company.build(`UPDATE marts.requests SET hours = NULL WHERE region IS DISTINCT FROM '华东'`)
      assert.deepEqual(await firing(company, 'covered'), [])
      await company.build(`DELETE FROM marts.requests WHERE region IS DISTINCT FROM '华东'`)
      assert.deepEqual(await firing(company, 'covered'), [''])
    })
  })

  test('finds in the log the looks at the figures of now alone', async () => {
    await within({ watch: [requests] }, async (company) => {
      await company.build(
        `INSERT INTO marts.requests VALUES ('2025-03-05', '2025-03-01', 'C1', '华南', 'phone', FALSE, 1)`,
      )
      await company.build(`DELETE FROM marts.requests WHERE customer_id = 'C1' AND region = '华南'`)
      const looks = async (viewer: Viewer) =>
        (await company.desk.log(viewer, 'many', { group: 'C1', limit: 10 })).evaluations.map(({ value }) => value)
      assert.deepEqual(await looks(head), [2, 3])
      assert.deepEqual(await looks(east.viewer), [2])
    })
  })
})

test('an alert on a forecast is there for who sees what was forecast', () => {
  const watch: Alert[] = [{ name: 'far', metric: 'orders', by: 'customer', when: { outsideForecast: true } }]
  const [alert] = resolveAlerts({ owner: OWNER, builtIn: false, watch })
  assert.ok(alert)
  const hiding = (hidden: string) => ({ sees: (name: string) => name !== hidden, may: () => false })
  assert.equal(seesAlert(alert, hiding('nothing')), true)
  for (const hidden of ['orders', 'expected_orders_365_low', 'expected_orders_365_high'])
    assert.equal(seesAlert(alert, hiding(hidden)), false, hidden)
})

test('why an alert is in error is shown to who sees sources', async () => {
  await within({ watch: [requests] }, async (company) => {
    await company.warehouse.write((session) => session.run('ALTER TABLE marts.requests RENAME TO requests_away'))
    await company.build()
    await company.warehouse.write((session) => session.run('ALTER TABLE marts.requests_away RENAME TO requests'))
    const said = async (viewer: Viewer) => (await company.desk.list(viewer))[0]?.error
    assert.equal((await said(head))?.code, 'alert_failed')
    for (const viewer of [narrow, east.viewer])
      assert.deepEqual(await said(viewer), { code: 'alert_in_error', details: {} })
  })
})

test('who acknowledged an alert is named to who sees people, in the list and in the log', async () => {
  await within({ watch: [requests] }, async ({ desk, evaluate }) => {
    await evaluate()
    await desk.acknowledge(head, 'many', 'C1')
    await evaluate('run')
    const said = async (viewer: Viewer): Promise<string> =>
      JSON.stringify([await desk.list(viewer), await desk.log(viewer, 'many', { group: 'C1', limit: 10 })])
    assert.match(await said(head), /"acknowledged_by":"Ann".*"by":"Ann"/)
    assert.match(await said(narrow), /alert_acknowledged/)
    assert.doesNotMatch(await said(narrow), /Ann/)
  })
  const words = (details: Fault['details']) =>
    (['en', 'zh'] as const).map((language) => describeFault({ code: 'alert_acknowledged', details }, language))
  assert.deepEqual(words({ by: 'Ann' }), ['It fires, and is acknowledged by Ann.', '仍在触发，Ann 已确认。'])
  assert.deepEqual(words({}), ['It fires, and is acknowledged.', '仍在触发，已确认。'])
})

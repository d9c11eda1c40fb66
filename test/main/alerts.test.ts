// Alerts over a company that is built for real: the split of a change, the clock of promises, the page and its forms.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { localViewer } from '../../api/access.ts'
import type { AlertMessage } from '../../alerts/message.ts'
import { workingClock } from '../../alerts/working-clock.ts'
import type { Alerts } from '../../config/alerts.ts'
import { startServer, type Server } from '../../main/server.ts'
import type { System } from '../../main/system.ts'
import { openPolicyCompany } from './policy-company.ts'

const alerts: Alerts = {
  owner: 'head@example.com',
  watch: [
    {
      name: 'profit_moves',
      metric: 'profit',
      by: 'customer',
      period: 'trailing_12',
      when: { changeBelow: 0, against: 'previous' },
    },
    { name: 'profit_whole', metric: 'profit', period: 'trailing_12', when: { below: 1e12 } },
  ],
}

describe('alerts of a company that is built', () => {
  let system: System
  let remove: () => Promise<void>
  let server: Server
  const sent: AlertMessage[] = []
  before(async () => {
    const sendAlerts = (messages: readonly AlertMessage[]): Promise<void> =>
      Promise.resolve(void sent.push(...messages))
    ;({ system, remove } = await openPolicyCompany({ alerts }, { sendAlerts }))
    server = await startServer(system, { host: '127.0.0.1', port: 0, version: '', say: () => undefined })
  })
  after(async () => {
    await server.close()
    await remove()
  })
  const desk = () => system.alerts?.desk as NonNullable<System['alerts']>['desk']

  test('those that are built in are evaluated after the run, and none is in error', async () => {
    for (const { name, error, evaluated_at: at } of await desk().list(localViewer)) {
      assert.equal(error, null, name)
      assert.ok(at, name)
    }
  })

  test('a customer that turned unprofitable is found, and no other', async () => {
    const rows = await system.warehouse.read((session) =>
      session.rows<{ customer_id: string }>(
        `SELECT customer_id FROM marts.customer_months GROUP BY customer_id
         HAVING COALESCE(SUM(profit) FILTER (WHERE month BETWEEN '2025-07-01' AND '2026-05-01'), 0) < 0
           AND COALESCE(SUM(profit) FILTER (WHERE month BETWEEN '2024-07-01' AND '2025-05-01'), 0) >= 0`,
      ),
    )
    const found = (await desk().list(localViewer)).find(({ name }) => name === 'customer_unprofitable')
    assert.deepEqual(
      found?.firing.map(({ group }) => group).toSorted(),
      rows.map(({ customer_id: id }) => id).toSorted(),
    )
  })

  test('the split of a change stands in the message and sums to the cent', () => {
    const cents = (text: string): number => Math.round(Number(text.replaceAll(',', '').replace('−', '-')) * 100)
    for (const alert of ['profit_moves', 'profit_whole']) {
      const message = sent.find((one) => one.alert === alert)
      assert.ok(message, alert)
      const figures = [...message.text.matchAll(/ \| CNY: (−?[\d,.]+)$/gm)].map(([, text = '']) => cents(text))
      assert.ok(figures.length > 0 && figures.length % 6 === 0, alert)
      for (let at = 0; at < figures.length; at += 6) {
        const [was = 0, ...rest] = figures.slice(at, at + 6)
        const is = rest.pop()
        assert.equal(
          rest.reduce((sum, effect) => sum + effect, was),
          is,
        )
      }
      assert.equal([...message.html.matchAll(/Price and rates/g)].length, figures.length / 6)
    }
  })

  test('working time between two instants is that of the calendar', async () => {
    const clock = workingClock(system.warehouse)
    const minutes = (from: string, to: string, calendar = 'default'): Promise<number | null> =>
      clock.minutesBetween(calendar, new Date(from), new Date(to))
    // Friday 16:30 to Monday 09:30 in Shanghai, 08:30 to 17:30.
    assert.equal(await minutes('2026-06-12T08:30:00Z', '2026-06-15T01:30:00Z'), 120)
    assert.equal(await minutes('2026-06-12T08:30:00Z', '2026-06-15T01:30:00Z', 'around_the_clock'), 3_900)
    assert.equal(await minutes('1990-01-01T00:00:00Z', '2026-06-15T01:30:00Z'), null)
    const isWorkingDay = await clock.workingDays('2026-06-12', 1)
    assert.deepEqual(['2026-06-12', '2026-06-13', '2026-06-15'].map(isWorkingDay), [true, false, true])
  })

  test('the page shows what fires in both languages, and takes its forms', async () => {
    const page = async (query = ''): Promise<string> => (await fetch(new URL(`/alerts${query}`, server.url))).text()
    assert.match(await page('?lang=en'), /Fires now/)
    assert.match(await page('?lang=zh'), /当前触发/)
    assert.match(await page('?lang=en&alert=profit_whole'), /is below the limit .* It fired\./)
    const post = (form: Record<string, string>): Promise<Response> =>
      fetch(new URL('/alerts/profit_whole', server.url), {
        method: 'POST',
        redirect: 'manual',
        headers: { 'sec-fetch-site': 'same-origin', origin: server.url },
        body: new URLSearchParams(form),
      })
    assert.equal((await post({ do: 'snooze', group: '', days: '3' })).status, 303)
    const status = async () =>
      (await desk().list(localViewer)).find(({ name }) => name === 'profit_whole')?.firing[0]?.status
    assert.equal(await status(), 'snoozed')
    assert.equal((await post({ do: 'acknowledge', group: '' })).status, 303)
    assert.equal(await status(), 'acknowledged')
    const refused = await post({ do: 'acknowledge', group: 'nobody' })
    assert.equal(refused.status, 422)
    assert.match(await refused.text(), /does not fire|未在触发/)
    assert.equal((await post({ do: 'snooze', group: '', days: '9999' })).status, 400)
  })
})

import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { openState, type State } from '../../data/state.ts'
import { Warehouse } from '../../data/warehouse.ts'
import { openOutbox, type Outbox } from '../../deliveries/outbox.ts'
import { pushLeads } from '../../main/lead-webhook.ts'
import { Api } from '../support/api.ts'

const secret = 'not a secret, but long enough'
interface Taken {
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: string
}

describe('new leads are pushed to another system', () => {
  const api = new Api()
  let state: State
  let warehouse: Warehouse
  let taken: Taken[]
  let answers: number[]
  let clock: Date
  const now = (): Date => clock
  const outboxTo = (url: string): Outbox =>
    openOutbox({ state, folder: '.', webhooks: { leads: { url, secret } }, now, onFault: assert.ifError })
  const deps = () => ({ state, warehouse, outbox: outboxTo(api.url), now })
  const undelivered = () => deps().outbox.list({ status: ['waiting', 'sending', 'dead'], limit: 10 })
  const later = (minutes: number): void => {
    clock = new Date(clock.getTime() + minutes * 60_000)
  }
  const leads = (...ids: readonly string[]): Promise<void> =>
    warehouse.write((session) =>
      session.run(
        `CREATE SCHEMA IF NOT EXISTS marts; CREATE OR REPLACE TABLE marts.leads (lead_id VARCHAR, status VARCHAR, expected_margin DECIMAL(18, 2));
         ${ids.map((id) => `INSERT INTO marts.leads VALUES ('${id}', 'open', 12.5);`).join('')}`,
      ),
    )

  before(() => api.listen())
  after(() => api.close())
  beforeEach(async () => {
    state = openState(':memory:')
    warehouse = await Warehouse.open(':memory:')
    taken = []
    answers = []
    clock = new Date('2026-07-01T00:00:00Z')
    api.handler = (request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        const status = answers.shift() ?? 204
        if (status < 300) taken.push({ headers: request.headers, body })
        response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end()
      })
    }
  })

  test('each lead once, signed over id, time and body', async () => {
    await leads('a', 'b')
    await pushLeads(deps())
    await leads('a', 'b', 'c')
    await pushLeads(deps())
    await pushLeads(deps())
    const told = taken.map(({ body }) => JSON.parse(body) as { type: string; data: { leads: { lead_id: string }[] } })
    assert.deepEqual(
      told.map(({ type, data }) => [type, data.leads.map(({ lead_id }) => lead_id)]),
      [
        ['leads.found', ['a', 'b']],
        ['leads.found', ['c']],
      ],
    )
    const { headers, body }: Taken = taken[0] ?? { headers: {}, body: '' }
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
    assert.equal(headers['webhook-signature'], `v1,${createHmac('sha256', secret).update(signed).digest('base64')}`)
    assert.equal(headers['webhook-timestamp'], '1782864000')
    assert.deepEqual(await undelivered(), [])
  })

  test('what is not taken is tried again after 1, 4, 16 minutes, the same message under the same id', async () => {
    answers = [500, 302, 503]
    await leads('a')
    await pushLeads(deps())
    for (const minutes of [1, 4, 16]) {
      later(minutes - 0.1)
      await deps().outbox.sendDue()
      assert.equal(taken.length, 0, `not before ${minutes} minutes`)
      later(0.1)
      await deps().outbox.sendDue()
    }
    assert.equal(taken.length, 1)
    assert.deepEqual(await undelivered(), [])
  })

  test('after six attempts in vain a delivery is dead and listed; it waits again when told to', async () => {
    answers = Array.from({ length: 6 }, () => 500)
    await leads('a')
    await pushLeads(deps())
    for (let attempt = 0; attempt < 8; attempt++) {
      later(60 * 24)
      await deps().outbox.sendDue()
    }
    const [dead] = await undelivered()
    assert.deepEqual([dead?.status, dead?.attempts, dead?.error], ['dead', 6, 'answered 500'])
    assert.equal(taken.length, 0)
    assert.equal(await deps().outbox.revive(), 1)
    await deps().outbox.sendDue()
    assert.equal(taken.length, 1)
  })

  test('a receiver that is gone for good is not asked again; one that cannot be reached is', async () => {
    answers = [410]
    await leads('a')
    await pushLeads(deps())
    assert.equal((await undelivered())[0]?.status, 'dead')
    await leads('a', 'b')
    await pushLeads({ ...deps(), outbox: outboxTo('http://127.0.0.1:9') })
    const waiting = (await undelivered()).find(({ status }) => status === 'waiting')
    const row = await state.tables
      .selectFrom('deliveries')
      .select('body')
      .where('delivery_id', '=', waiting?.delivery_id ?? '')
      .executeTakeFirst()
    assert.match(row?.body ?? '', /"lead_id":"b"/)
    assert.ok((waiting?.error ?? '').length > 3)
    assert.ok(!JSON.stringify(await undelivered()).includes(secret))
  })
})

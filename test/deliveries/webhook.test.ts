import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { Api } from '../support/api.ts'
import type { Outgoing } from '../../deliveries/outgoing.ts'
import { Bench } from './outgoings.ts'

const secret = 'not a secret, but long enough'
const signal = (name: string): Outgoing => ({
  key: `alert:${name}`,
  kind: 'alert',
  about: 'evaluation-1',
  channel: { via: 'webhook', name },
  body: { type: 'alert.fired', data: { metric: 'profit', words: '利润' } },
})

describe('webhooks', () => {
  const api = new Api()
  let bench: Bench
  let answers: (number | 'nothing')[]
  let taken: { readonly headers: Record<string, unknown>; readonly body: string }[]
  const outbox = () => bench.outbox({ webhooks: { erp: { url: api.url, secret } }, webhookTimeout: 300 })
  const found = async () => {
    const [one] = await outbox().list({ limit: 1 })
    return [one?.status, one?.attempts, one?.fault?.code ?? null]
  }

  beforeEach(async () => {
    await api.listen()
    bench = await Bench.open()
    answers = []
    taken = []
    api.handler = (request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        const status = answers.shift() ?? 204
        taken.push({ headers: request.headers, body })
        if (status !== 'nothing') response.writeHead(status).end()
      })
    }
  })
  afterEach(async () => {
    await bench.close()
    api.close()
  })

  test('get JSON, signed, under an id that stays when it is sent again', async () => {
    answers = [500, 'nothing']
    const one = outbox()
    await one.put([signal('erp')])
    await one.sendDue()
    assert.deepEqual(await found(), ['waiting', 1, 'delivery_webhook_answered'])
    bench.later(1)
    await one.sendDue()
    assert.deepEqual(await found(), ['waiting', 2, 'delivery_webhook_silent'])
    bench.later(4)
    await one.sendDue()
    assert.deepEqual(await found(), ['sent', 3, null])
    assert.equal(new Set(taken.map(({ headers }) => headers['webhook-id'])).size, 1)
    for (const { headers, body } of taken) {
      assert.deepEqual(JSON.parse(body), { type: 'alert.fired', data: { metric: 'profit', words: '利润' } })
      const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
      const expected = createHmac('sha256', secret).update(signed).digest('base64')
      assert.equal(headers['webhook-signature'], `v1,${expected}`)
    }
  })

  test('one that is gone is dead at once; one that the configuration does not name waits', async () => {
    answers = [410]
    const one = outbox()
    await one.put([signal('erp'), signal('crm'), signal('constructor')])
    await one.sendDue()
    const all = (await one.list({ limit: 9 })).map(({ recipient, status, fault }) => [recipient, status, fault?.code])
    assert.deepEqual(
      all.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
      [
        ['constructor', 'waiting', 'delivery_webhook_missing'],
        ['crm', 'waiting', 'delivery_webhook_missing'],
        ['erp', 'dead', 'delivery_webhook_gone'],
      ],
    )
  })

  test('a receiver that does not answer keeps no other kind waiting', async () => {
    answers = ['nothing']
    const one = outbox()
    await one.put([signal('erp'), { ...signal('erp'), key: 'other' }])
    await one.sendDue()
    const counts = await one.counts()
    assert.deepEqual([counts.sent, counts.waiting], [1, 1])
  })
})

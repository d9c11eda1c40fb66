import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, test } from 'node:test'
import { openState } from '../../data/state.ts'
import { openOutbox } from '../../deliveries/outbox.ts'
import { deliveryId } from '../../deliveries/outgoing.ts'
import { tellOperator } from '../../deliveries/tell-operator.ts'
import { Api } from '../support/api.ts'
import { Bench, mailTo } from './outgoings.ts'

/** The tables as the Trueworth before wrote them, with its number. */
const OLD = `CREATE TABLE deliveries (delivery_id TEXT PRIMARY KEY, body TEXT NOT NULL, status TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, made_at TEXT NOT NULL, next_at TEXT NOT NULL, error TEXT, ended_at TEXT);
  CREATE INDEX deliveries_by_status ON deliveries (status, next_at);
  CREATE TABLE announced_leads (lead_id TEXT PRIMARY KEY, delivery_id TEXT NOT NULL REFERENCES deliveries (delivery_id));
  INSERT INTO deliveries VALUES
    ('old-1', '{"type":"leads.found","data":{"leads":[{"lead_id":"a"}]}}', 'waiting', 2, '2026-05-01T00:00:00.000Z', '2026-05-01T00:05:00.000Z', 'answered 500', NULL),
    ('old-2', '{"type":"leads.found","data":{"leads":[{"lead_id":"b"}]}}', 'dead', 6, '2026-05-01T00:00:00.000Z', '2026-05-01T00:05:00.000Z', 'answered 500', '2026-05-02T00:00:00.000Z'),
    ('old-3', '{}', 'sent', 1, '2026-05-01T00:00:00.000Z', '2026-05-01T00:05:00.000Z', NULL, '2026-05-01T00:00:00.000Z');
  INSERT INTO announced_leads VALUES ('a', 'old-1'), ('b', 'old-2');
  PRAGMA user_version = 6;`

describe('what is kept', () => {
  test('a state file of an older Trueworth opens, and what waited goes out under the id it had', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'trueworth-old-'))
    const database = new DatabaseSync(join(folder, 'state.sqlite'))
    database.exec(OLD)
    database.close()
    const api = new Api()
    await api.listen()
    const taken: [unknown, string][] = []
    api.handler = (request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        taken.push([request.headers['webhook-id'], body])
        response.writeHead(204).end()
      })
    }
    const state = openState(join(folder, 'state.sqlite'))
    const webhooks = { leads: { url: api.url, secret: 'not a secret, but long enough' } }
    const now = () => new Date('2026-06-01T00:00:00Z')
    const told: unknown[] = []
    const onDead = (dead: readonly unknown[]) => void told.push(...dead)
    const outbox = openOutbox({ state, folder, webhooks, now, onFault: assert.ifError, onDead })
    try {
      const before = await outbox.list({ limit: 9 })
      assert.deepEqual(
        before.map(({ delivery_id, status, attempts, kind, via, recipient }) => [
          delivery_id,
          status,
          attempts,
          kind,
          via,
          recipient,
        ]),
        [
          ['old-2', 'dead', 6, 'leads', 'webhook', 'leads'],
          ['old-1', 'waiting', 2, 'leads', 'webhook', 'leads'],
          ['old-3', 'sent', 1, 'leads', 'webhook', 'leads'],
        ],
      )
      await outbox.sendDue()
      assert.deepEqual(taken, [['old-1', '{"type":"leads.found","data":{"leads":[{"lead_id":"a"}]}}']])
      assert.deepEqual(told, [], 'what was dead before is no news')
      assert.equal(await outbox.revive(), 1)
      await outbox.sendDue()
      assert.deepEqual(
        taken.map(([id]) => id),
        ['old-1', 'old-2'],
      )
    } finally {
      await outbox.close()
      await state.close()
      api.close()
      await rm(folder, { recursive: true, force: true })
    }
  })

  test('what is put in a transaction that fails is not sent', async () => {
    const bench = await Bench.open()
    const outbox = bench.outbox({})
    const failing = bench.state.tables.transaction().execute(async (transaction) => {
      await outbox.put([mailTo('ming@example.com')], transaction)
      throw new Error('no')
    })
    await assert.rejects(failing, /^Error: no$/)
    assert.deepEqual(await outbox.counts(), { waiting: 0, sending: 0, sent: 0, dead: 0 })
    await bench.close()
  })

  test('one that was being sent each time its process ended is given up in the end', async () => {
    const bench = await Bench.open()
    const outbox = bench.outbox({})
    await outbox.put([mailTo('ming@example.com')])
    await bench.state.tables.updateTable('deliveries').set({ status: 'sending', attempts: 6 }).execute()
    await outbox.sendDue()
    const [found] = await outbox.list({ limit: 1 })
    assert.deepEqual([found?.status, found?.fault?.code], ['dead', 'delivery_interrupted'])
    await bench.close()
  })

  test('the operator is told once of what is dead, again where that failed, and never of the telling itself', async () => {
    const bench = await Bench.open()
    let fails = true
    const outbox = bench.outbox({
      onDead: async (dead) => {
        if (fails) throw new Error('cannot tell')
        await tellOperator(outbox, dead, { operator: 'not an address', company: '凌川' })
      },
    })
    const put = mailTo('bad address')
    const mail = {
      smtp: { host: '127.0.0.1', port: 9, secure: 'none' as const, allowSelfSigned: false, timeoutSeconds: 1 },
    }
    const sending = bench.outbox({
      mail: { ...mail, from: 'a@b', operator: 'a@b' },
      onDead: async (dead) => {
        if (fails) throw new Error('cannot tell')
        await tellOperator(outbox, dead, { operator: 'not an address', company: '凌川' })
      },
    })
    await sending.put([put])
    await assert.rejects(sending.sendDue(), /cannot tell/)
    fails = false
    await sending.sendDue()
    await sending.sendDue()
    await sending.sendDue()
    const all = await sending.list({ limit: 9 })
    assert.deepEqual(all.map(({ about, status }) => `${about} ${status}`).toSorted(), [
      'deliveries dead',
      'issue-1 dead',
    ])
    const { body } = await bench.state.tables
      .selectFrom('deliveries')
      .select('body')
      .where('about', '=', 'deliveries')
      .executeTakeFirstOrThrow()
    assert.match(body, /bad address.+is no mail address.+不是邮件地址/)
    await bench.close()
  })

  test('what was said is forgotten after a month, that it was sent is not; what waits keeps all', async () => {
    const bench = await Bench.open()
    const outbox = bench.outbox({})
    await outbox.put([mailTo('sent@example.com'), mailTo('waits@example.com')])
    await bench.state.tables
      .updateTable('deliveries')
      .set({ status: 'sent', ended_at: bench.clock.toISOString() })
      .where('recipient', '=', 'sent@example.com')
      .execute()
    const bodies = async () => {
      const rows = await bench.state.tables
        .selectFrom('deliveries')
        .select(['recipient', 'body'])
        .orderBy('recipient')
        .execute()
      return rows.map(({ recipient, body }) => [recipient, body === ''])
    }
    bench.later(60 * 24 * 30)
    await outbox.tidy()
    assert.deepEqual(await bodies(), [
      ['sent@example.com', false],
      ['waits@example.com', false],
    ])
    bench.later(1)
    await outbox.tidy()
    assert.deepEqual(await bodies(), [
      ['sent@example.com', true],
      ['waits@example.com', false],
    ])
    await bench.close()
  })

  test('a key gives the same id each time, another key another', () => {
    assert.equal(deliveryId('a'), deliveryId('a'))
    assert.notEqual(deliveryId('a'), deliveryId('b'))
    assert.match(deliveryId('a'), /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { configOf } from '../../config.ts'
import { startServer, type Server } from '../../main/server.ts'
import { openSystem, type System } from '../../main/system.ts'
import { mailTo } from '../deliveries/outgoings.ts'
import { MailServer } from '../support/mail-server.ts'

describe('a server that sends mail', { concurrency: false }, () => {
  let mailServer: MailServer
  let folder: string
  let system: System
  let server: Server
  let knows = false
  before(async () => {
    mailServer = await MailServer.open()
    mailServer.onRecipient = (address) =>
      address === 'new@example.com' && !knows ? { code: 550, words: '5.1.1 no such mailbox' } : undefined
    folder = await mkdtemp(join(tmpdir(), 'trueworth-again-'))
    const smtp = { host: '127.0.0.1', port: mailServer.port, allowSelfSigned: true }
    const mail = { smtp, from: 'reports@example.com', operator: 'operator@example.com' }
    system = await openSystem(configOf(folder, { folder: 'company', schedule: false, sources: [], mail }))
    server = await startServer(system, { host: '127.0.0.1', port: 0, version: '', say: () => undefined })
  })
  after(async () => {
    await server.close()
    await system.close()
    await mailServer.close()
    await rm(folder, { recursive: true, force: true })
  })
  const page = async () => (await fetch(new URL('/pipelines?lang=en', server.url))).text()
  const again = (body: object) =>
    fetch(new URL('/api/deliveries/again', server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  test('tells the operator by mail what was given up, once, and shows it', async () => {
    await system.outbox.put([mailTo('new@example.com'), mailTo('ming@example.com')])
    await system.outbox.sendDue()
    await system.outbox.sendDue()
    await system.outbox.sendDue()
    const to = mailServer.arrived.map((one) => one.to.join())
    assert.deepEqual(to.toSorted(), ['ming@example.com', 'operator@example.com'])
    const told = mailServer.arrived.find((one) => one.to.includes('operator@example.com'))
    assert.match(told?.mail.text ?? '', /mail new@example\.com \(1\)[\s\S]+no such mailbox[\s\S]+邮件服务器拒绝地址/)
    assert.match(await page(), /Not delivered[\s\S]+new@example\.com[\s\S]+no such mailbox/)
  })

  test('sends again what is asked for, at once', async () => {
    knows = true
    const [dead] = await system.outbox.list({ status: ['dead'], limit: 1 })
    assert.deepEqual(await (await again({ deliveries: ['another'] })).json(), { sent_again: 0 })
    assert.deepEqual(await (await again({ deliveries: [dead?.delivery_id] })).json(), { sent_again: 1 })
    // The answer does not wait for the mail server; this does.
    await system.outbox.sendDue()
    assert.ok(mailServer.arrived.some((one) => one.to.includes('new@example.com')))
    assert.doesNotMatch(await page(), /Not delivered/)
  })

  test('does not take the order from another site', async () => {
    const headers = {
      'content-type': 'application/json',
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
    }
    const answer = await fetch(new URL('/api/deliveries/again', server.url), { method: 'POST', headers, body: '{}' })
    assert.equal(answer.status, 403)
  })
})

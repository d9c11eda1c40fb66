import assert from 'node:assert/strict'
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import type { Mail } from '../../config/mail.ts'
import { MailServer } from '../support/mail-server.ts'
import { Bench, mailBy, mailTo } from './outgoings.ts'

describe('mail that is up to no good', { concurrency: false }, () => {
  let server: MailServer
  let bench: Bench
  const mail = (): Mail =>
    mailBy({ host: '127.0.0.1', port: server.port, secure: 'starttls', allowSelfSigned: true, timeoutSeconds: 2 })
  const states = async () =>
    (await bench.outbox({}).list({ limit: 100 })).map((one) => [
      one.recipient,
      one.status,
      one.attempts,
      one.fault?.code ?? null,
    ])

  beforeEach(async () => {
    server = await MailServer.open()
    bench = await Bench.open()
  })
  afterEach(async () => {
    await bench.close()
    await server.close()
  })

  test('a certificate that nobody vouches for is refused, and so is a server without STARTTLS', async () => {
    const outbox = bench.outbox({ mail: mailBy({ ...mail().smtp, allowSelfSigned: false }) })
    await outbox.put([mailTo('ming@example.com')])
    await outbox.sendDue()
    assert.deepEqual(await states(), [['ming@example.com', 'waiting', 1, 'delivery_mail_tls']])
    assert.match(String(bench.faults[0]), /self-signed|certificate/)
    const plain = await MailServer.open({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] })
    const other = bench.outbox({ mail: mailBy({ ...mail().smtp, port: plain.port }) })
    bench.later(1)
    await other.sendDue()
    assert.deepEqual(await states(), [['ming@example.com', 'waiting', 2, 'delivery_mail_tls']])
    assert.equal(plain.arrived.length, 0)
    await plain.close()
  })

  test('header injection: whatever stands in subject and name, no header and no recipient is added', async () => {
    const outbox = bench.outbox({ mail: mail() })
    const piece = fc.constantFrom(
      '\r\n',
      '\n',
      '\r',
      'Bcc: eve@example.com',
      '<eve@example.com>',
      ',',
      '"',
      '陈',
      'x',
      ' ',
      '\0',
      ':',
      ';',
    )
    const words = fc.array(piece, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''))
    let round = 0
    await fc.assert(
      fc.asyncProperty(words, words, async (subject, name) => {
        const one = mailTo('ming@example.com', { subject }, `round ${round++}`)
        await outbox.put([{ ...one, channel: { via: 'mail', to: 'ming@example.com', name } }])
        await outbox.sendDue()
        const found = server.arrived.at(-1)
        assert.equal(server.arrived.length, round)
        assert.deepEqual(found?.to, ['ming@example.com'])
        const { headers, headerLines, to } = await simpleParser(found?.raw ?? '')
        assert.equal(headers.get('bcc'), undefined)
        assert.deepEqual(
          headerLines.map(({ key }) => key).toSorted(),
          [
            'auto-submitted',
            'content-transfer-encoding',
            'content-type',
            'date',
            'from',
            'message-id',
            'mime-version',
            'subject',
            'to',
            'x-auto-response-suppress',
          ].filter((key) => key !== 'subject' || headerLines.some((line) => line.key === 'subject')),
        )
        assert.deepEqual(to && !Array.isArray(to) && to.value.map(({ address }) => address), ['ming@example.com'])
      }),
      { numRuns: 60 },
    )
  })

  test('an address with anything more than an address in it is never sent', async () => {
    const outbox = bench.outbox({ mail: mail() })
    const bad = ['a@b\r\nRCPT TO:<eve@example.com>', 'a@b, c@d', 'Eve <eve@example.com>', '', '@', 'a@b@c', 'a b@c']
    await outbox.put(bad.map((to) => mailTo(to)))
    await outbox.sendDue()
    assert.equal(server.arrived.length, 0)
    assert.equal((await outbox.counts()).dead, bad.length)
  })

  test('files outside of the folder are refused, by name or by link, and one that is gone says so', async () => {
    const outbox = bench.outbox({ mail: mail() })
    const attached = (file: string) =>
      mailTo('ming@example.com', { attachments: [{ name: 'x', mediaType: 'text/plain', file }] }, file)
    for (const file of ['../x', '/etc/hostname', 'a/../../x', 'a\\..\\..\\x', 'C:\\x', '..', '.'])
      await assert.rejects(outbox.put([attached(file)]), /does not lie in the folder/)
    for (const name of ['../x', 'a/b', '.x', 'a\\b', 'a\nb', ''])
      await assert.rejects(
        outbox.put([mailTo('a@b', { attachments: [{ name, mediaType: 'text/plain', file: 'x' }] })]),
        /is no name for a file/,
      )
    await symlink('/etc', join(bench.folder, 'link'))
    await outbox.put([attached('link/hostname'), attached('gone.pdf')])
    await outbox.sendDue()
    assert.equal(server.arrived.length, 0)
    const codes = (await states()).map(([, status, , code]) => `${status} ${code}`).toSorted()
    assert.deepEqual(codes, ['dead delivery_file_missing', 'dead delivery_file_outside'])
  })
})

describe('a server that asks who sends', () => {
  let server: MailServer
  let bench: Bench
  let accepts = 'right and long enough'
  before(async () => {
    server = await MailServer.open({
      authOptional: false,
      onAuth: ({ username, password }, _session, done) =>
        username === 'reports' && password === accepts
          ? done(null, { user: username })
          : done(Object.assign(new Error(`5.7.8 refused ${password}`), { responseCode: 535 })),
    })
    bench = await Bench.open()
  })
  after(async () => {
    await bench.close()
    await server.close()
  })

  test('a refused password costs few attempts, is told, never shown, and all goes out when it is mended', async () => {
    const { hideSecret } = await import('../../errors.ts')
    const secret = 'a wrong password'
    hideSecret(secret)
    const smtp = {
      host: '127.0.0.1',
      port: server.port,
      secure: 'starttls',
      allowSelfSigned: true,
      user: 'reports',
    } as const
    const outbox = bench.outbox({ mail: mailBy({ ...smtp, password: secret }) })
    await outbox.put(Array.from({ length: 30 }, (_, at) => mailTo(`person${at}@example.com`)))
    await outbox.sendDue()
    await outbox.sendDue()
    assert.ok(server.connections <= 3, `${server.connections} tries of a password`)
    const found = await outbox.list({ failing: true, limit: 100 })
    assert.equal(found.length, 30)
    assert.deepEqual(new Set(found.map(({ fault }) => fault?.code)), new Set(['delivery_mail_auth']))
    assert.ok(bench.faults.length > 0)
    for (const text of [JSON.stringify(found), bench.faults.map(String).join()])
      assert.ok(!text.includes(secret) && !text.includes(accepts))
    bench.later(1)
    const mended = bench.outbox({ mail: mailBy({ ...smtp, password: accepts }) })
    await mended.sendDue()
    assert.equal(server.arrived.length, 30)
  })

  test('a server that cannot be reached is told', async () => {
    const outbox = bench.outbox({ mail: mailBy({ host: '127.0.0.1', port: 9, timeoutSeconds: 2 }) })
    await outbox.put([mailTo('late@example.com')])
    await outbox.sendDue()
    const [found] = await outbox.list({ failing: true, limit: 1 })
    assert.equal(found?.fault?.code, 'delivery_mail_unreachable')
    assert.match(String(bench.faults.at(-1)), /mail server 127\.0\.0\.1 does not answer/)
  })
})

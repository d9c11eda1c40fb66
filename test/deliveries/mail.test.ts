import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import type { Mail } from '../../config/mail.ts'
import { MailServer } from '../support/mail-server.ts'
import { Bench, mailBy, mailTo } from './outgoings.ts'

const PICTURE = Buffer.from('89504e470d0a1a0a', 'hex')

describe('mail over a real server', { concurrency: false }, () => {
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

  const byRecipient = async () => (await states()).toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1))

  beforeEach(async () => {
    server = await MailServer.open()
    bench = await Bench.open()
  })
  afterEach(async () => {
    await bench.close()
    await server.close()
  })

  test('arrives encrypted with text, HTML, pictures and attachments, and under an id that its key gives', async () => {
    await mkdir(join(bench.folder, 'issues'))
    await writeFile(join(bench.folder, 'issues/profit.png'), PICTURE)
    await writeFile(join(bench.folder, 'issues/五月.csv'), 'a,b\n1,2\n')
    const outbox = bench.outbox({ mail: { ...mail(), replyTo: 'chief@example.com' } })
    await outbox.put([
      {
        ...mailTo('ming@example.com'),
        channel: { via: 'mail', to: 'ming@example.com', name: '陈, 明' },
        message: {
          subject: '五月经营报告 – May',
          text: '一切正常。',
          html: '<p>一切正常。<img src="cid:profit" alt="利润"></p>',
          inline: [{ cid: 'profit', mediaType: 'image/png', file: 'issues/profit.png' }],
          attachments: [{ name: '五月.csv', mediaType: 'text/csv', file: 'issues/五月.csv' }],
        },
      },
    ])
    await outbox.sendDue()
    const [found] = server.arrived
    assert.ok(found)
    assert.match(found.encrypted ?? '', /^TLSv1\.[23]$/)
    assert.deepEqual([found.from, found.to], ['reports@example.com', ['ming@example.com']])
    const { mail: read } = found
    assert.equal(read.subject, '五月经营报告 – May')
    assert.equal(read.text?.trim(), '一切正常。')
    assert.match(String(read.html), /一切正常/)
    assert.deepEqual(read.date, bench.clock)
    assert.match(read.messageId ?? '', /^<[0-9a-f-]{36}@example\.com>$/)
    assert.equal(read.headers.get('auto-submitted'), 'auto-generated')
    assert.equal(read.replyTo?.text, 'chief@example.com')
    assert.deepEqual(read.to && !Array.isArray(read.to) && read.to.value, [
      { address: 'ming@example.com', name: '陈, 明' },
    ])
    const files = read.attachments.map(({ filename, cid, contentType, contentDisposition, content }) => [
      filename ?? cid,
      contentType,
      contentDisposition,
      content.toString('hex'),
    ])
    assert.deepEqual(
      files.toSorted(([one = ''], [other = '']) => (one < other ? -1 : 1)),
      [
        ['profit', 'image/png', 'inline', PICTURE.toString('hex')],
        ['五月.csv', 'text/csv', 'attachment', Buffer.from('a,b\n1,2\n').toString('hex')],
      ],
    )
    const [sent] = await outbox.list({ about: 'issue-1', limit: 10 })
    assert.deepEqual([sent?.status, sent?.attempts, sent?.error], ['sent', 1, null])
    assert.match(sent?.answer ?? '', /^250 /)
  })

  test('what is put twice under a key is sent once, and calls at the same time send nothing twice', async () => {
    const outbox = bench.outbox({ mail: mail() })
    const many = Array.from({ length: 40 }, (_, at) => mailTo(`person${at}@example.com`))
    await outbox.put(many)
    await Promise.all([outbox.sendDue(), outbox.put(many), outbox.sendDue(), outbox.sendDue()])
    await outbox.put(many)
    await outbox.sendDue()
    assert.equal(server.arrived.length, 40)
    assert.deepEqual(new Set(server.taken.values()), new Set([1]))
    assert.ok(server.connections <= 3, `${server.connections} connections`)
    assert.deepEqual(await outbox.counts(), { waiting: 0, sending: 0, sent: 40, dead: 0 })
  })

  test('an address that is refused is dead at once; the other recipient gets its mail', async () => {
    server.onRecipient = (address) =>
      address === 'gone@example.com' ? { code: 550, words: '5.1.1 no such mailbox' } : undefined
    const told: string[] = []
    const outbox = bench.outbox({ mail: mail(), onDead: (dead) => void told.push(...dead.map((one) => one.recipient)) })
    await outbox.put([mailTo('gone@example.com'), mailTo('here@example.com'), mailTo('no address')])
    await outbox.sendDue()
    await outbox.sendDue()
    assert.deepEqual(await byRecipient(), [
      ['gone@example.com', 'dead', 1, 'delivery_mail_address'],
      ['here@example.com', 'sent', 1, null],
      ['no address', 'dead', 1, 'delivery_mail_address_invalid'],
    ])
    assert.deepEqual(told.toSorted(), ['gone@example.com', 'no address'])
    const [dead] = await outbox.list({ status: ['dead'], limit: 10 })
    assert.match(`${dead?.error}`, /no such mailbox|is no mail address/)
    assert.deepEqual(
      server.arrived.map(({ to }) => to),
      [['here@example.com']],
    )
  })

  for (const [words, code, refusal] of [
    ['a full disk', 'delivery_mail_later', { code: 452, words: '4.3.1 insufficient system storage' }],
    ['greylisting', 'delivery_mail_later', { code: 451, words: '4.7.1 try again later' }],
  ] as const)
    test(`${words} is tried again after a minute, and taken`, async () => {
      server.onBody = () => refusal
      const outbox = bench.outbox({ mail: mail() })
      await outbox.put([mailTo('ming@example.com')])
      await outbox.sendDue()
      assert.deepEqual(await states(), [['ming@example.com', 'waiting', 1, code]])
      server.onBody = () => undefined
      bench.later(0.9)
      await outbox.sendDue()
      assert.equal(server.arrived.length, 0)
      bench.later(0.1)
      await outbox.sendDue()
      assert.deepEqual(await states(), [['ming@example.com', 'sent', 2, null]])
    })

  for (const [words, code, refusal] of [
    ['too big', 'delivery_mail_size', { code: 552, words: '5.3.4 message size exceeds fixed limit' }],
    ['refused for what it says', 'delivery_mail_refused', { code: 554, words: '5.7.1 looks like spam' }],
  ] as const)
    test(`a mail that is ${words} is not tried again`, async () => {
      server.onBody = () => refusal
      const outbox = bench.outbox({ mail: mail() })
      await outbox.put([mailTo('ming@example.com')])
      await outbox.sendDue()
      assert.deepEqual(await states(), [['ming@example.com', 'dead', 1, code]])
    })

  test('a server that announces its limit is not sent what is bigger', async () => {
    await server.close()
    server = await MailServer.open({ size: 10_000, rejectOversized: true })
    await writeFile(join(bench.folder, 'big.bin'), Buffer.alloc(50_000))
    const outbox = bench.outbox({ mail: mail() })
    const big = { name: 'big.bin', mediaType: 'application/octet-stream', file: 'big.bin' }
    await outbox.put([mailTo('ming@example.com', { attachments: [big] }), mailTo('li@example.com')])
    await outbox.sendDue()
    assert.deepEqual(await byRecipient(), [
      ['li@example.com', 'sent', 1, null],
      ['ming@example.com', 'dead', 1, 'delivery_mail_size'],
    ])
  })

  test('a connection that drops in the middle, and an answer that does not come, are tried again under the same id', async () => {
    const ids: string[] = []
    server.onTaken = (id) => ids.push(id)
    let drop = true
    server.onBody = (dropAll) => {
      if (drop) dropAll()
      return undefined
    }
    const outbox = bench.outbox({ mail: mail() })
    await outbox.put([mailTo('ming@example.com')])
    await outbox.sendDue()
    assert.deepEqual(await states(), [['ming@example.com', 'waiting', 1, 'delivery_mail_cut']])
    drop = false
    let release: (refusal: undefined) => void = () => undefined
    server.onBody = () => new Promise((resolve) => (release = resolve))
    bench.later(1)
    await outbox.sendDue()
    assert.deepEqual(await states(), [['ming@example.com', 'waiting', 2, 'delivery_mail_cut']])
    release(undefined)
    server.onBody = () => undefined
    bench.later(4)
    await outbox.sendDue()
    assert.deepEqual(await states(), [['ming@example.com', 'sent', 3, null]])
    assert.equal(server.arrived.length, 1)
    assert.equal(new Set(ids).size, 1)
  })

  test('a server that is slow within its time gets its mail', async () => {
    server.onBody = async () => {
      await new Promise((resolve) => setTimeout(resolve, 500))
      return undefined
    }
    const outbox = bench.outbox({ mail: mail() })
    await outbox.put([mailTo('ming@example.com')])
    await outbox.sendDue()
    assert.equal(server.arrived.length, 1)
  })

  test('after six attempts in vain it is dead, and waits again when told to', async () => {
    server.onBody = () => ({ code: 450, words: '4.2.0 busy' })
    const outbox = bench.outbox({ mail: mail() })
    await outbox.put([mailTo('ming@example.com')])
    for (const minutes of [0, 1, 4, 16, 64, 256, 1024]) {
      bench.later(minutes)
      await outbox.sendDue()
    }
    assert.deepEqual(await states(), [['ming@example.com', 'dead', 6, 'delivery_mail_later']])
    const [dead] = await outbox.list({ limit: 1 })
    assert.equal(dead?.failing_since, '2026-06-01T08:00:00.000Z')
    server.onBody = () => undefined
    assert.equal(await outbox.revive(['nothing']), 0)
    assert.equal(await outbox.revive([dead?.delivery_id ?? '']), 1)
    await outbox.sendDue()
    assert.equal(server.arrived.length, 1)
  })

  test('quiet hours are kept', async () => {
    const outbox = bench.outbox({ mail: mail() })
    await outbox.put([{ ...mailTo('ming@example.com'), notBefore: new Date('2026-06-01T09:00:00Z') }])
    bench.later(59)
    await outbox.sendDue()
    assert.equal(server.arrived.length, 0)
    bench.later(1)
    await outbox.sendDue()
    assert.equal(server.arrived.length, 1)
  })

  test('without a mail server mail waits and says so', async () => {
    const outbox = bench.outbox({})
    await outbox.put([mailTo('ming@example.com'), mailTo('li@example.com')])
    await outbox.sendDue()
    const faults = (await outbox.list({ failing: true, limit: 10 })).map(({ status, fault }) => [status, fault?.code])
    assert.deepEqual(
      faults,
      Array.from({ length: 2 }, () => ['waiting', 'delivery_mail_missing']),
    )
  })
})

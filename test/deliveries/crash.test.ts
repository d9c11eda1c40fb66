// A process that sends is killed, again and again, between what a receiver took and what is recorded of it.
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Outgoing } from '../../deliveries/outgoing.ts'
import { Api } from '../support/api.ts'
import { MailServer } from '../support/mail-server.ts'
import { Bench, mailTo, message } from './outgoings.ts'

const EACH = 12
const KILLS = 6

describe('a crash between sending and recording', () => {
  let server: MailServer
  let bench: Bench
  const api = new Api()
  const posted = new Map<string, number>()
  let child: ChildProcess | undefined
  let kills = 0
  let random = 42
  /** The same numbers each time: a test that fails fails again. */
  const chance = (): number => {
    random = (random * 1_103_515_245 + 12_345) % 2 ** 31
    return random / 2 ** 31
  }
  /** Right after the answer has left, or a moment before or after. */
  const strike = (): void => {
    if (kills >= KILLS || chance() > 0.25) return
    kills++
    const victim = child
    const wait = chance() < 0.5 ? 0 : chance() * 8
    if (wait === 0) setImmediate(() => victim?.kill('SIGKILL'))
    else setTimeout(() => victim?.kill('SIGKILL'), wait)
  }

  before(async () => {
    server = await MailServer.open()
    server.onTaken = strike
    bench = await Bench.open()
    await api.listen()
    api.handler = (request, response) => {
      request.resume().on('end', () => {
        const id = String(request.headers['webhook-id'])
        posted.set(id, (posted.get(id) ?? 0) + 1)
        response.writeHead(204).end(strike)
      })
    }
  })
  after(async () => {
    await bench.close()
    await server.close()
    api.close()
  })

  const all = (): Outgoing[] =>
    Array.from({ length: EACH }, (_, at): Outgoing[] => [
      mailTo(`person${at}@example.com`, { subject: `May ${at}` }),
      {
        key: `webhook ${at}`,
        kind: 'alert',
        about: `${at}`,
        channel: { via: 'webhook', name: 'erp' },
        body: { at },
      },
      {
        key: `folder ${at}`,
        kind: 'report',
        about: `${at}`,
        channel: { via: 'folder', path: join(bench.folder, 'share') },
        message: { ...message, attachments: [{ name: 'report.csv', mediaType: 'text/csv', file: `issue-${at}.csv` }] },
      },
    ]).flat()

  test('loses nothing and doubles nothing at a receiver that knows the id', async () => {
    await mkdir(join(bench.folder, 'share'))
    for (let at = 0; at < EACH; at++) await writeFile(join(bench.folder, `issue-${at}.csv`), `issue,${at}\n`)
    const outbox = bench.outbox({})
    await outbox.put(all())
    for (let round = 0; round < 60; round++) {
      const { sent } = await outbox.counts()
      if (sent === 3 * EACH) break
      const moment = bench.clock.toISOString()
      child = spawn(
        process.execPath,
        ['test/deliveries/crash-sender.ts', bench.folder, String(server.port), api.url, moment],
        { stdio: ['ignore', 'inherit', 'inherit'] },
      )
      await once(child, 'close')
      // Whatever was tried so far is due again; six attempts in a row are not used up by so few kills.
      bench.later(24 * 60)
    }
    assert.deepEqual(await outbox.counts(), { waiting: 0, sending: 0, sent: 3 * EACH, dead: 0 })
    assert.equal(kills, KILLS, 'it was killed')
    const repeated = [...server.taken.values(), ...posted.values()].filter((times) => times > 1)
    assert.ok(repeated.length > 0, 'some were taken and not recorded, or this proves nothing')
    assert.equal(server.arrived.length, EACH)
    assert.deepEqual(
      new Set(server.arrived.map(({ to, mail }) => `${to.join()} ${mail.subject}`)),
      new Set(Array.from({ length: EACH }, (_, at) => `person${at}@example.com May ${at}`)),
    )
    assert.equal(posted.size, EACH)
    const names = await readdir(join(bench.folder, 'share'))
    const contents = await Promise.all(
      names.filter((name) => !name.startsWith('.')).map((name) => readFile(join(bench.folder, 'share', name), 'utf8')),
    )
    assert.deepEqual(contents.toSorted(), Array.from({ length: EACH }, (_, at) => `issue,${at}\n`).toSorted())
  })
})

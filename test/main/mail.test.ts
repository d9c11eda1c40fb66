import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { openState } from '../../data/state.ts'
import { openOutbox } from '../../deliveries/outbox.ts'
import { mailTo } from '../deliveries/outgoings.ts'
import { root, trueworth } from '../support/command-line.ts'
import { MailServer } from '../support/mail-server.ts'

describe('mail on the command line', () => {
  let server: MailServer
  let folder: string
  const password = 'right and long enough'
  const configured = async (smtp: object): Promise<string> => {
    const config = join(folder, 'trueworth.config.ts')
    const mail = { smtp, from: 'reports@example.com', operator: 'operator@example.com' }
    const text = JSON.stringify({ sources: [], folder, mail }).replace('"env"', "env('MAIL_PASSWORD')")
    await writeFile(config, `import { env } from '${join(root, 'config.ts')}'\nexport default ${text}\n`)
    return config
  }
  before(async () => {
    server = await MailServer.open({
      authOptional: false,
      onAuth: ({ username, password: given }, _session, done) =>
        given === password
          ? done(null, { user: username ?? '' })
          : done(Object.assign(new Error(`5.7.8 wrong: ${given}`), { responseCode: 535 })),
    })
    folder = await mkdtemp(join(tmpdir(), 'trueworth-mail-'))
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  })
  after(async () => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  })
  const smtp = () => ({ host: '127.0.0.1', port: server.port, user: 'reports', password: 'env', allowSelfSigned: true })

  test('mail test sends one and says what the server answered', async () => {
    const config = await configured(smtp())
    const ended = await trueworth(['--config', config, 'mail', 'test', 'you@example.com'], { MAIL_PASSWORD: password })
    assert.equal(ended.code, 0, ended.stderr)
    assert.match(ended.stdout, /^127\.0\.0\.1 took it: 250 /)
    assert.deepEqual(server.arrived[0]?.to, ['you@example.com'])
  })

  test('mail test says what is wrong and what to do, and never the password', async () => {
    const config = await configured(smtp())
    const wrong = 'wrong, and a secret all the same'
    const ended = await trueworth(['--config', config, 'mail', 'test', 'you@example.com'], { MAIL_PASSWORD: wrong })
    assert.equal(ended.code, 2)
    assert.match(ended.stderr, /refuses the user reports: .*535.*Check `user` and `password`/)
    assert.ok(!`${ended.stderr}${ended.stdout}`.includes(wrong))
  })

  test('deliveries lists what was not taken, and lets the dead ones wait again', async () => {
    const config = await configured({ host: '127.0.0.1', port: server.port })
    const state = openState(join(folder, 'state.sqlite'))
    const outbox = openOutbox({ state, folder, now: () => new Date(), onFault: assert.ifError })
    await outbox.put([mailTo('ming@example.com')])
    await state.tables.updateTable('deliveries').set({ status: 'dead', error: 'no such mailbox' }).execute()
    const listed = await trueworth(['--config', config, 'deliveries'])
    assert.equal(listed.code, 0, listed.stderr)
    assert.match(listed.stdout, /report issue-1 +mail ming@example\.com .* dead .*no such mailbox/)
    assert.match((await trueworth(['--config', config, 'deliveries', '--again'])).stderr, /^1 wait again/)
    assert.equal((await outbox.counts()).waiting, 1)
    await outbox.close()
    await state.close()
  })
})

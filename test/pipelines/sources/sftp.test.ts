import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import ssh2 from 'ssh2'
import { SftpServer } from '../../support/sftp-server.ts'
import { RemoteReading } from './remote.ts'

describe('SFTP', () => {
  const server = new SftpServer()
  let reading: RemoteReading
  before(async () => {
    reading = await RemoteReading.begin()
    await server.listen()
  })
  after(async () => {
    await reading.end()
    server.close()
  })
  beforeEach(async () => {
    server.files.clear()
    server.asked = []
    server.said = []
    server.trouble = () => false
    await reading.forget()
  })

  test('a private key lets in as a password does, one with a passphrase too', async () => {
    server.put('a.csv', 'id\n1\n')
    const { password: _, ...remote } = server.remote
    assert.equal((await reading.read({ ...remote, privateKey: server.privateKey })).table.length, 1)
    assert.ok(server.said.includes('publickey') && !server.said.some((said) => said.startsWith('password')))
    const { private: locked } = ssh2.utils.generateKeyPairSync('ed25519', {
      passphrase: 'open-it',
      cipher: 'aes256-cbc',
      rounds: 16,
    })
    const wrong = { ...remote, privateKey: locked, passphrase: 'open-it' }
    await reading.refused(wrong, /does not let 'reader' in/, false)
    await reading.refused({ ...wrong, passphrase: 'other' }, /`privateKey` of the remote cannot be used/, false)
    await reading.refused({ ...remote, privateKey: locked }, /cannot be used: .*no passphrase given/, false)
    await reading.refused({ ...remote, privateKey: 'no key at all' }, /cannot be used: .*Unsupported key format/, false)
  })

  test('a large file comes byte for byte, though the server gives less at a time than it is asked for', async () => {
    const body = Buffer.from(`id\n${randomBytes(3_500_000).toString('hex').replaceAll(/.{70}/g, '$&\n')}`)
    server.put('big.csv', body)
    await reading.read(server.remote)
    const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
    assert.equal(hash(await readFile(join(reading.folder, 'big.csv'))), hash(body))
  })

  test('links to files are followed; those to folders, and those that lead nowhere, are left out', async () => {
    server.put('days/1.csv', 'id\n1\n')
    server.link('latest.csv', '/exports/days/1.csv')
    server.link('circle', '/exports')
    server.link('nowhere.csv', '/exports/gone.csv')
    const { table } = await reading.read(server.remote)
    assert.deepEqual(
      table.map(({ _file }) => _file),
      ['days/1.csv', 'latest.csv'],
    )
  })

  test('a server with another key gets neither the password nor a second chance', async () => {
    server.put('a.csv', 'id\n1\n')
    const other = { ...server.remote, hostKey: `SHA256:${'A'.repeat(43)}` }
    await reading.refused(other, /has the host key SHA256:\S{43} \(ssh-rsa\), not the one in `hostKey`/, false)
    assert.deepEqual([server.said, reading.waited], [[], []])
    await assert.rejects(reading.read(other), (error: Error) => error.message.includes(server.hostKey))
  })

  test('what does not pass is said once, with what to do', async () => {
    server.put('a.csv', 'id\n1\n')
    const { remote } = server
    await reading.refused(
      { ...remote, password: 'wrong' },
      /does not let 'reader' in: .*Check `user` and `password`/,
      false,
    )
    await reading.refused({ ...remote, user: 'nobody' }, /does not let 'nobody' in/, false)
    await reading.refused({ ...remote, path: '/nowhere' }, /sftp:\/\/\S+\/nowhere is not there: .*Check `path`/, false)
    await reading.refused({ ...remote, path: '/secret' }, /Let 'reader' read the folder and its files/, false)
    assert.deepEqual(reading.waited, [])
    await reading.refused(
      { ...remote, port: 1 },
      /cannot be reached, or the connection broke off: .*ECONNREFUSED/,
      true,
    )
    await reading.refused({ ...remote, host: 'far.invalid' }, /ENOTFOUND far\.invalid/, true)
  })

  test('a connection that breaks in the middle of a file is made again, and the file begun again', async () => {
    const rows = Array.from({ length: 50_000 }, (_, row) => `${row}\n`).join('')
    for (const name of ['a.csv', 'b.csv']) server.put(name, `id\n${rows}`)
    let left = 2
    server.trouble = ({ offset }) => {
      if (offset < 100_000 || left === 0) return false
      left--
      server.cut()
      return true
    }
    const { table } = await reading.read(server.remote)
    assert.equal(table.length, 100_000)
    assert.equal(left, 0)
    assert.ok(reading.waited.length >= 2)
  })

  test('a file that never comes whole is never used: what was there before stays, and it may be tried again', async () => {
    server.put('a.csv', 'id\n1\n')
    await reading.read(server.remote)
    server.put('a.csv', `id\n${'1\n'.repeat(60_000)}`, '2026-02-01T00:00:00Z')
    for (const cut of [true, false]) {
      server.trouble = ({ offset, sftp, id }) => {
        if (offset < 60_000) return false
        if (cut) server.cut()
        else sftp.status(id, ssh2.utils.sftp.STATUS_CODE.EOF)
        return true
      }
      const said = cut ? /the connection broke off/ : /a\.csv of \S+ came only in part, \d+ of 120003 bytes/
      await reading.refused(server.remote, said, true)
      assert.deepEqual(await reading.copies(), { 'a.csv': 'id\n1\n' })
      assert.deepEqual(await reading.parts(), [])
    }
  })

  test('a file that grows or goes while it is fetched is not used', async () => {
    server.put('a.csv', 'id\n1\n')
    server.trouble = () => (server.put('a.csv', 'id\n1\n2\n', '2026-01-01T00:00:05Z'), false)
    await reading.refused(server.remote, /a\.csv of \S+ was changed or taken away while it was fetched/, true)
    assert.deepEqual(await reading.copies(), {})
    server.trouble = () => (server.files.delete('a.csv'), false)
    await reading.refused(server.remote, /a\.csv of \S+ was changed or taken away while it was fetched/, true)
    assert.deepEqual(await reading.copies(), {})
    server.trouble = () => false
    server.put('a.csv', 'id\n1\n2\n3\n')
    assert.equal((await reading.read(server.remote)).table.length, 3)
  })

  test('a run that is stopped does not wait for a server that lets nobody in', async () => {
    const deaf = createServer()
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve))
    const stop = new AbortController()
    setTimeout(() => stop.abort(new Error('the run was stopped')), 100)
    const remote = { ...server.remote, port: (deaf.address() as AddressInfo).port }
    await assert.rejects(reading.read(remote, { signal: stop.signal }), /the run was stopped/)
    await reading.refused({ ...remote, timeoutSeconds: 0.2 }, /gave nothing for 0\.2 seconds/, true)
    deaf.close()
  })

  test('a name that would leave the folder of copies stops the reading before anything is fetched', async () => {
    for (const name of ['a\\..\\x.csv', '..\\x.csv', 'a\0.csv']) {
      server.files.clear()
      server.put(name, 'id\n1\n')
      await reading.refused(server.remote, /has a file named '.*', which is no name below a folder/, false)
      assert.deepEqual([server.asked, await reading.copies()], [[], {}])
    }
    for (const name of ['../x.csv', '/etc/x.csv', 'a/../../../x.csv']) {
      server.files.clear()
      server.put('good.csv', 'id\n1\n')
      server.lies = [name]
      await reading.refused(server.remote, /has a file named '.*', which is no name below a folder/, false)
      server.lies = []
      assert.deepEqual([server.asked, await reading.copies()], [[], {}])
    }
  })
})

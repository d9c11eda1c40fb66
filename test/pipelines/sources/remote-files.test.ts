import assert from 'node:assert/strict'
import { mkdir, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { ConfigError } from '../../../errors.ts'
import { Bucket } from '../../support/bucket.ts'
import { SftpServer } from '../../support/sftp-server.ts'
import { RemoteReading } from './remote.ts'

for (const Far of [Bucket, SftpServer])
  describe(`files of ${Far === Bucket ? 'a bucket' : 'an SFTP server'}`, () => {
    const far = new Far()
    let reading: RemoteReading
    before(async () => {
      reading = await RemoteReading.begin()
      await far.listen()
    })
    after(async () => {
      await reading.end()
      far.close()
    })
    beforeEach(async () => {
      far.files.clear()
      far.asked = []
      far.trouble = () => false
      await reading.forget()
    })
    const fetched = (): string[] => {
      const files = far.asked.filter((one) => one !== 'list').toSorted()
      far.asked = []
      return files
    }

    test('every file comes once, whatever its name and in however many pages, and its rows say where they stood', async () => {
      const names = ['b.csv', 'a/1.csv', 'a/2.csv', "deep/er/it's (1) + 50% & = #?.csv", '机器/七月.csv', 'z.csv']
      for (const name of names) far.put(name, `id,text\n${names.indexOf(name)},"x, y"\n`)
      far.put('z.csv.gz', gzipSync('id,text\n6,packed\n'))
      const { table } = await reading.read(far.remote, { from: '**/*.csv{,.gz}' })
      assert.deepEqual(
        table.map(({ id, text, _file, _line }) => [id, text, _file, _line]),
        [...names.map((name, at) => [String(at), 'x, y', name, 2]), ['6', 'packed', 'z.csv.gz', 2]],
      )
      assert.deepEqual(fetched(), [...names, 'z.csv.gz'].toSorted())
    })

    test('only what is new or changed is fetched, and read', async () => {
      for (const name of ['one.csv', 'two.csv', 'three.csv']) far.put(name, `id\n${name}\n`)
      const { files } = await reading.read(far.remote)
      assert.equal(fetched().length, 3)
      assert.deepEqual((await reading.read(far.remote, { files })).table, [])
      assert.deepEqual(fetched(), [])
      far.put('two.csv', 'id\nTWO.csv\n', '2026-01-02T00:00:00Z')
      far.put('four.csv', 'id\nfour.csv\n')
      const { table } = await reading.read(far.remote, { files })
      assert.deepEqual(fetched(), ['four.csv', 'two.csv'])
      assert.deepEqual(
        table.map(({ id }) => id),
        ['TWO.csv', 'four.csv'],
      )
    })

    test('copies that were lost are fetched again, and are not new: they have the time of the other side', async () => {
      far.put('one.csv', 'id\n1\n', '2025-03-04T05:06:07Z')
      const { files } = await reading.read(far.remote)
      assert.match(files[0]?.modified_at ?? '', /^2025-03-04T05:06:07/)
      await reading.forget()
      assert.deepEqual((await reading.read(far.remote, { files })).table, [])
      assert.deepEqual(await reading.copies(), { 'one.csv': 'id\n1\n' })
    })

    test('what is gone there is gone here, and a folder may become a file', async () => {
      for (const name of ['a/1.csv', 'a/b/2.csv', 'c.csv']) far.put(name, 'id\n1\n')
      await reading.read(far.remote)
      for (const name of ['a/1.csv', 'a/b/2.csv']) far.files.delete(name)
      far.put('a', 'id\n2\n')
      await reading.read(far.remote, { from: '*' })
      assert.deepEqual(Object.keys(await reading.copies()), ['a', 'c.csv'])
    })

    test('only files that the feed asks for are fetched, and for a sample only the last of them', async () => {
      for (let day = 10; day < 30; day++) far.put(`sales/2026-01-${day}.csv`, `id\n${day}\n`)
      far.put('photos/1.jpg', Buffer.alloc(100_000))
      const reader = await reading.open(far.remote)
      try {
        const columns = await reader.columns({ entity: 'requests', columns: {}, from: './sales/*.csv' })
        assert.deepEqual(columns, [{ name: 'id', type: '' }])
        assert.equal(fetched().length, 10)
        await reading.readWith(reader, { from: 'sales/*.csv', limit: 5 })
        assert.deepEqual(fetched(), [])
        const { table } = await reading.readWith(reader, { from: 'sales/*.csv' })
        assert.equal(table.length, 20)
        assert.equal(fetched().length, 10)
      } finally {
        await reader.close()
      }
    })

    test('all feeds of one reading see the folder as it was when the first was read', async () => {
      far.put('one.csv', 'id\n1\n')
      const reader = await reading.open(far.remote)
      await reading.readWith(reader, {})
      far.put('one.csv', 'id\n22\n', '2026-01-02T00:00:00Z')
      assert.deepEqual(
        (await reading.readWith(reader, {})).table.map(({ id }) => id),
        ['1'],
      )
      await reader.close()
      assert.deepEqual(
        (await reading.read(far.remote)).table.map(({ id }) => id),
        ['22'],
      )
    })

    test('a folder without a file that matches says so with its own address', async () => {
      far.put('one.csv', 'id\n1\n')
      const { remote } = far
      const place =
        remote.kind === 's3'
          ? /below s3:\/\/exports\/ matches \*\.txt/
          : /below sftp:\/\/127\S+\/exports matches \*\.txt/
      await reading.refused(remote, place, false, { from: '*.txt' })
    })

    test('a copy that cannot be kept says what of this machine is wrong', async () => {
      far.put('one.csv', 'id\n1\n')
      await mkdir(join(reading.folder, '..'), { recursive: true })
      await writeFile(reading.folder, 'a file where the folder should be')
      await assert.rejects(reading.read(far.remote), (error) => {
        assert.ok(error instanceof ConfigError)
        assert.match(error.message, /cannot be kept in .*: E\w+.*Check the space on the disk/)
        return true
      })
    })

    test('parts that a killed process left are taken away after a day', async () => {
      far.put('one.csv', 'id\n1\n')
      await reading.read(far.remote)
      const [old, young] = ['old.part', 'young.part'].map((name) => join(`${reading.folder}.part`, name))
      for (const part of [old, young]) await writeFile(part!, 'half')
      await utimes(old!, new Date(0), new Date(0))
      await reading.read(far.remote)
      assert.deepEqual(await reading.parts(), ['young.part'])
      assert.ok((await stat(young!)).size > 0)
    })

    test('a run that is stopped stops the transfer, and leaves neither half a file nor the wish to try again', async () => {
      far.put('one.csv', 'id\n1\n')
      far.trouble = () => true
      const stop = new AbortController()
      const read = reading.read(far.remote, { signal: stop.signal })
      setTimeout(() => stop.abort(new Error('the run was stopped')), 300)
      await assert.rejects(read, /the run was stopped|aborted/)
      assert.deepEqual([await reading.parts(), await reading.copies(), reading.waited], [[], {}, []])
    })

    test('a server that falls silent is waited for as long as was said, and no longer', async () => {
      far.put('one.csv', 'id\n1\n')
      far.trouble = () => true
      const remote = { ...far.remote, timeoutSeconds: 0.3 }
      await reading.refused(remote, /gave nothing for 0\.3 seconds/, true)
      assert.equal(reading.waited.length, 4)
    })
  })

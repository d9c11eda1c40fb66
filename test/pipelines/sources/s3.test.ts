import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { Bucket, listing, refuse } from '../../support/bucket.ts'
import { RemoteReading } from './remote.ts'

describe('S3', () => {
  const bucket = new Bucket()
  let reading: RemoteReading
  before(async () => {
    reading = await RemoteReading.begin()
    await bucket.listen()
  })
  after(async () => {
    await reading.end()
    bucket.close()
  })
  beforeEach(async () => {
    bucket.files.clear()
    bucket.asked = []
    bucket.trouble = () => false
    await reading.forget()
  })

  test('a prefix is a folder: its rest is the name, neighbours that begin alike and folders alone are left out', async () => {
    bucket.put('erp/out/', '')
    bucket.put('erp/out/a.csv', 'id\n1\n')
    bucket.put('erp/out/b/c.csv', 'id\n2\n')
    bucket.put('erp/outdated/a.csv', 'id\n3\n')
    const { table } = await reading.read({ ...bucket.remote, prefix: 'erp/out' })
    assert.deepEqual(
      table.map(({ _file, id }) => [_file, id]),
      [
        ['a.csv', '1'],
        ['b/c.csv', '2'],
      ],
    )
  })

  test('a file that was written twice within a second, with as many bytes, is another file by its tag', async () => {
    bucket.put('a.csv', 'id\n1\n')
    const { files } = await reading.read(bucket.remote)
    bucket.put('a.csv', 'id\n2\n')
    assert.deepEqual(
      (await reading.read(bucket.remote, { files })).table.map(({ id }) => id),
      ['2'],
    )
  })

  test('bytes come as they are stored, whatever encoding is noted beside them', async () => {
    bucket.put('a.csv.gz', gzipSync('id\n1\n'), undefined, { 'content-encoding': 'gzip' })
    assert.equal((await reading.read(bucket.remote, { from: '*.gz' })).table[0]?.['id'], '1')
  })

  test('what passes is tried again after longer and longer waits: 503, a connection that breaks, a file cut off', async () => {
    for (const name of ['a.csv', 'b.csv', 'c.csv']) bucket.put(name, `id\n${name}\n`)
    let [lists, files] = [0, 0]
    bucket.trouble = ({ key, response, file }) => {
      if (key === undefined) {
        lists++
        if (lists <= 2) refuse(response, 503, 'SlowDown')
        if (lists === 3) response.destroy()
        return lists <= 3
      }
      if (key !== 'b.csv' || ++files > 2) return false
      if (files === 1) response.destroy()
      else {
        response.writeHead(200, { 'content-length': file!.body.byteLength, etag: file!.etag })
        response.write(file!.body.subarray(0, 4), () => response.destroy())
      }
      return true
    }
    const { table } = await reading.read(bucket.remote)
    assert.deepEqual(
      table.map(({ id }) => id),
      ['a.csv', 'b.csv', 'c.csv'],
    )
    assert.deepEqual(reading.waited, [1_000, 2_000, 4_000, 1_000, 2_000])
  })

  test('a file that never comes whole is never used: what was there before stays, and it may be tried again', async () => {
    bucket.put('a.csv', 'id\n1\n')
    await reading.read(bucket.remote)
    bucket.put('a.csv', 'id\n1\n2\n3\n', '2026-02-01T00:00:00Z')
    for (const whole of [true, false]) {
      bucket.trouble = ({ key, response, file }) => {
        if (key === undefined) return false
        // Without a length, half a file looks as whole as any.
        response.writeHead(200, { etag: file!.etag, ...(!whole && { 'content-length': file!.body.byteLength }) })
        if (whole) response.end('id\n1\n2\n')
        else response.write('id\n1\n2\n', () => response.destroy())
        return true
      }
      const said = whole
        ? /a\.csv of s3:\/\/exports\/ came only in part, 7 of 9 bytes/
        : /cannot be reached, or the connection broke off/
      await reading.refused(bucket.remote, said, true)
      assert.deepEqual(await reading.copies(), { 'a.csv': 'id\n1\n' })
      assert.deepEqual(await reading.parts(), [])
    }
  })

  test('a file that changes between the list and its transfer is not mixed: the next try has the new one', async () => {
    bucket.put('a.csv', 'id\n1\n')
    bucket.trouble = ({ key }) => {
      if (key === 'a.csv') bucket.put('a.csv', 'id\n2\n', '2026-02-01T00:00:00Z')
      return false
    }
    const reader = await reading.open(bucket.remote)
    try {
      // The reader stays open when a run tries again.
      await assert.rejects(
        reading.readWith(reader, {}),
        /a\.csv of s3:\/\/exports\/ was changed or taken away while it was fetched/,
      )
      assert.deepEqual(reading.waited, [])
      bucket.trouble = () => false
      assert.equal((await reading.readWith(reader, {})).table[0]?.['id'], '2')
    } finally {
      await reader.close()
    }
    bucket.put('b.csv', 'id\n1\n')
    bucket.trouble = ({ key }) => {
      if (key === 'b.csv') bucket.files.delete(key)
      return false
    }
    await reading.refused(bucket.remote, /b\.csv of s3:\/\/exports\/ was changed or taken away/, true)
    bucket.put('b.csv', 'id\n1\n')
    bucket.trouble = ({ key, response }) => {
      // A service that knows no If-Match still says which version it gives.
      if (key === 'b.csv') response.writeHead(200, { etag: '"another"' }).end('id\n1\n')
      return key === 'b.csv'
    }
    await reading.refused(bucket.remote, /b\.csv of s3:\/\/exports\/ was changed or taken away/, true)
  })

  test('a name that would leave the folder of copies stops the reading before anything is fetched', async () => {
    for (const name of [
      '../x.csv',
      'a/../../x.csv',
      '/etc/x.csv',
      'a//b.csv',
      'a/./b.csv',
      'a\\..\\x.csv',
      'a\0.csv',
    ]) {
      bucket.files.clear()
      bucket.put('good.csv', 'id\n1\n')
      bucket.put(name, 'id\n1\n')
      bucket.asked = []
      await reading.refused(bucket.remote, /has a file named '.*', which is no name below a folder/, false)
      assert.deepEqual([await reading.copies(), bucket.asked.filter((key) => key !== 'list')], [{}, []], name)
    }
  })

  test('what does not pass is said once, with what to do', async () => {
    bucket.put('a.csv', 'id\n1\n')
    const { remote } = bucket
    const cases: readonly [typeof remote, RegExp][] = [
      [
        { ...remote, secretAccessKey: 'wrong' },
        /does not accept the key: SignatureDoesNotMatch: .*Check `accessKeyId` and/,
      ],
      [{ ...remote, accessKeyId: 'nobody' }, /does not accept the key: InvalidAccessKeyId/],
      [{ ...remote, bucket: 'imports' }, /no bucket 'imports' at 127\.0\.0\.1:\d+: NoSuchBucket/],
      [{ ...remote, region: 'eu-west-1' }, /is at another address: AuthorizationHeaderMalformed.*Check `region`/],
    ]
    for (const [one, message] of cases) {
      bucket.asked = []
      await reading.refused(one, message, false)
      assert.deepEqual(bucket.asked, ['list'])
    }
    const answers: readonly [number, string, RegExp][] = [
      [403, 'AccessDenied', /AccessDenied: said by the bucket\. Allow the key to list the bucket/],
      [403, 'RequestTimeTooSkewed', /Set the clock of this machine/],
      [301, 'PermanentRedirect', /is at another address: PermanentRedirect/],
      [501, 'NotImplemented', /answered 501: NotImplemented: said by the bucket\./],
    ]
    for (const [status, code, message] of answers) {
      bucket.trouble = ({ response }) => (refuse(response, status, code), true)
      await reading.refused(remote, message, status === 501)
    }
    assert.deepEqual(reading.waited.length, 4)
  })

  test('a list that is none, or that never ends, is an error and not an empty folder: copies stay', async () => {
    bucket.put('a.csv', 'id\n1\n')
    await reading.read(bucket.remote)
    const bodies: readonly [string, RegExp][] = [
      ['<IsTruncated>true</IsTruncated>', /gave no list of files: it says that more follows, not where/],
      [
        '<IsTruncated>true</IsTruncated><NextContinuationToken>x</NextContinuationToken>',
        /gave no list of files: the same page comes again and again/,
      ],
      ['<Contents><Key>a.csv</Key></Contents>', /an entry is no file below the prefix, with size and time: 'a\.csv'/],
      ['<IsTruncated>false</IsTruncated></ListBucketResult', /it has no end/],
    ]
    for (const [body, message] of bodies) {
      bucket.trouble = ({ response }) => (
        listing(response, body.endsWith('Result') ? body : `${body}</ListBucketResult>`),
        true
      )
      await reading.refused(bucket.remote, message, false)
    }
    bucket.trouble = ({ response }) => (response.end('<html>Sign in</html>'), true)
    await reading.refused(bucket.remote, /it is no ListBucketResult/, false)
    assert.deepEqual(Object.keys(await reading.copies()), ['a.csv'])
  })

  test('the bucket stands in the name of the host, unless the path is asked for or the host is a number', async () => {
    const { remote } = bucket
    await reading.refused({ ...remote, endpoint: 'http://far.invalid' }, /ENOTFOUND exports\.far\.invalid/, true)
    await reading.refused(
      { ...remote, endpoint: 'http://far.invalid', pathStyle: true },
      /ENOTFOUND far\.invalid/,
      true,
    )
    bucket.put('a.csv', 'id\n1\n')
    const endpoint = remote.endpoint?.replace('127.0.0.1', 'localhost') ?? ''
    assert.equal((await reading.read({ ...remote, endpoint, pathStyle: true })).table.length, 1)
  })
})

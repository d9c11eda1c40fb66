import assert from 'node:assert/strict'
import fc from 'fast-check'
import { writeFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { FilesSource } from '../../../config/source.ts'
import { Reading } from './reading.ts'

/** 客户,名称 / 1,港口泵业 / 2,采石场 in GB18030. */
const GB = Buffer.from('bfcdbba72cc3fbb3c60a312cb8dbbfdab1c3d2b50a322cb2c9caafb3a10a', 'hex')
const CHINESE = '客户,名称\n1,港口泵业\n2,采石场\n'

function utf16(text: string, { big = false, mark = true } = {}): Buffer {
  const bytes = Buffer.from(mark ? `\ufeff${text}` : text, 'utf16le')
  return big ? bytes.swap16() : bytes
}

describe('encodings', () => {
  let reading: Reading
  before(async () => void (reading = await Reading.begin()))
  after(() => reading.end())

  async function read(bytes: Buffer, { encoding, name = 'text.csv' }: { encoding?: string; name?: string } = {}) {
    const source: FilesSource = {
      name: 'office',
      kind: 'files',
      folder: reading.folder,
      feeds: [],
      ...(encoding && { encoding }),
    }
    const from = `${crypto.randomUUID()}-${name}`
    await writeFile(reading.path(from), bytes)
    const { table, unreadable } = await reading.extract(source, { from })
    return { rows: table.map(({ _file, ...row }) => row), unreadable }
  }

  const expected = [
    { 客户: '1', 名称: '港口泵业', _line: 2 },
    { 客户: '2', 名称: '采石场', _line: 3 },
  ]

  test('GB18030 is read where it is declared, also gzipped; a byte order mark needs no declaration', async () => {
    assert.deepEqual((await read(GB, { encoding: 'gb18030' })).rows, expected)
    assert.deepEqual((await read(GB, { encoding: 'gbk' })).rows, expected)
    assert.deepEqual((await read(gzipSync(GB), { encoding: 'gb18030', name: 'text.csv.gz' })).rows, expected)
    assert.deepEqual((await read(utf16(CHINESE))).rows, expected)
    assert.deepEqual((await read(utf16(CHINESE, { big: true }))).rows, expected)
    assert.deepEqual((await read(utf16(CHINESE, { mark: false }), { encoding: 'utf-16le' })).rows, expected)
    assert.deepEqual((await read(Buffer.from(`\ufeff${CHINESE}`))).rows, expected)
    const latin = Buffer.from('id,name\n1,Müller & Söhne\n', 'latin1')
    assert.equal((await read(latin, { encoding: 'latin1' })).rows[0]?.['name'], 'Müller & Söhne')
  })

  test('nothing is guessed: lines that are no UTF-8 are told, with the encoding they look like', async () => {
    const { unreadable } = await read(Buffer.concat([Buffer.from('id,name\n'), GB.subarray(10)]))
    assert.deepEqual(
      unreadable.map(({ line }) => line),
      [2, 3],
    )
    assert.match(unreadable[0]?.remedy ?? '', /it looks like 'gb18030'/)
    const latin = await read(Buffer.from('id,name\n1,Müller\n2,x\n', 'latin1'))
    assert.match(latin.unreadable[0]?.remedy ?? '', /it looks like 'windows-1252'/)
    assert.equal(latin.rows.length, 1)
  })

  test('bytes that are no text of the encoding cost their line only', async () => {
    const broken = Buffer.concat([GB, Buffer.from('3,'), Buffer.from([0xff, 0xff]), Buffer.from('\n4,x\n')])
    const { rows, unreadable } = await read(broken, { encoding: 'gb18030' })
    assert.deepEqual(
      rows.map(({ 客户 }) => 客户),
      ['1', '2', '4'],
    )
    assert.deepEqual(
      unreadable.map(({ line, reason }) => [line, reason]),
      [[4, 'some bytes of the line are no text in gb18030']],
    )
  })

  test('NDJSON too', async () => {
    const { rows } = await read(utf16('{"id": 1, "name": "港口"}\n'), { name: 'calls.ndjson' })
    assert.deepEqual(rows, [{ id: '1', name: '港口', _line: 1 }])
  })

  test('any text in UTF-16 gives the rows it gives in UTF-8', async () => {
    const field = fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.replaceAll(/[\ufffd\ufeff]/g, ''))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        async (rows, big) => {
          const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
          const text = [['x', 'y'], ...rows].map((row) => row.map(quoted).join(',')).join('\n')
          const [one, other] = [await read(Buffer.from(text)), await read(utf16(text, { big }))]
          assert.deepEqual(other, one)
        },
      ),
      { numRuns: 30 },
    )
  })
})

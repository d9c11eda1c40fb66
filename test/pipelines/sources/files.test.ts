import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { FilesSource } from '../../../config/source.ts'
import { ConfigError, SourceError } from '../../../errors.ts'
import { publicData, Reading } from './reading.ts'

describe('files', () => {
  let reading: Reading
  before(async () => void (reading = await Reading.begin()))
  after(() => reading.end())

  const source = (extra: Partial<FilesSource> = {}): FilesSource => ({
    name: 'export',
    kind: 'files',
    folder: reading.folder,
    feeds: [],
    ...extra,
  })
  const write = async (name: string, text: string | Uint8Array): Promise<void> => {
    await mkdir(join(reading.folder, name, '..'), { recursive: true })
    await writeFile(reading.path(name), text)
  }

  test('CSV values stay text: leading zeros, 17850.0 and dates are not touched', async () => {
    await write('plain.csv', 'id,zip,customer,day\n1,00123,17850.0,2024-01-05\n2,,,\n')
    const { table, rows, types } = await reading.extract(source(), { from: 'plain.csv' })
    assert.equal(rows, 2)
    assert.deepEqual(table[0], {
      id: '1',
      zip: '00123',
      customer: '17850.0',
      day: '2024-01-05',
      _file: 'plain.csv',
      _line: 2,
    })
    assert.deepEqual(table[1], { id: '2', zip: null, customer: null, day: null, _file: 'plain.csv', _line: 3 })
    assert.deepEqual(types, [
      'id VARCHAR',
      'zip VARCHAR',
      'customer VARCHAR',
      'day VARCHAR',
      '_file VARCHAR',
      '_line BIGINT',
    ])
  })

  test('an empty field is null, a quoted empty one is an empty text, by the fast way and by the careful one', async () => {
    await write('empty/fast.csv', 'a,b\n,""\n')
    await write('empty/careful.csv', 'a,b\n\n,""\n')
    const { table } = await reading.extract(source(), { from: 'empty/*.csv' })
    assert.deepEqual(
      table.map(({ a, b }) => [a, b]),
      [
        [null, ''],
        [null, ''],
      ],
    )
    assert.deepEqual(
      table.map(({ _line }) => _line),
      [3, 2],
    )
  })

  test('files whose columns differ are united by name', async () => {
    await write('union/1.csv', 'id,name\n1,Ann\n')
    await write('union/2.csv.gz', gzipSync('name,region,id\nBo,North,2\n'))
    const { table } = await reading.extract(source(), { from: 'union/*' })
    assert.deepEqual(table, [
      { id: '1', name: 'Ann', region: null, _file: 'union/1.csv', _line: 2 },
      { id: '2', name: 'Bo', region: 'North', _file: 'union/2.csv.gz', _line: 2 },
    ])
  })

  test('a line number is that of the physical line on which the record begins, also after line breaks inside quotes', async () => {
    await write('breaks.csv', 'id,note\n1,"one\ntwo"\n2,"a ""b"""\r\n\n3,x\n')
    const { table } = await reading.extract(source(), { from: 'breaks.csv' })
    assert.deepEqual(
      table.map(({ id, note, _line }) => [id, note, _line]),
      [
        ['1', 'one\ntwo', 2],
        ['2', 'a "b"', 4],
        ['3', 'x', 6],
      ],
    )
  })

  test('a line that cannot be read comes back with file, line, text and reason, and the others are read', async () => {
    const bytes = Buffer.concat([
      Buffer.from('id,name\n1,ok\n2,too,many\n3\n4,"open\n5,fine\n6,'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('\n7,end\n'),
    ])
    await write('broken.csv', bytes)
    const { table, unreadable } = await reading.extract(source(), { from: 'broken.csv' })
    assert.deepEqual(
      table.map(({ id, _line }) => [id, _line]),
      [
        ['1', 2],
        ['5', 6],
        ['7', 8],
      ],
    )
    assert.deepEqual(
      unreadable.map(({ file, line, text, reason }) => [file, line, text, reason]),
      [
        ['broken.csv', 3, '2,too,many', 'the line has 3 fields instead of 2'],
        ['broken.csv', 4, '3', 'the line has 1 fields instead of 2'],
        ['broken.csv', 5, '4,"open', 'a quote is opened and not closed before the next field'],
        ['broken.csv', 7, '6,��', 'the text is not UTF-8'],
      ],
    )
    for (const { remedy } of unreadable) assert.match(remedy, /\.$/)
  })

  test('of a gzip file that ends early the whole lines are kept and the damage is told', async () => {
    const text = `id,name\n${Array.from({ length: 50_000 }, (_, i) => `${i},${crypto.randomUUID()}`).join('\n')}\n`
    const whole = gzipSync(text)
    await write('cut.csv.gz', whole.subarray(0, Math.floor(whole.length / 2)))
    const { rows, unreadable } = await reading.extract(source(), { from: 'cut.csv.gz' })
    assert.deepEqual(
      unreadable.map(({ line }) => line),
      [rows + 2],
    )
    assert.ok(rows > 20_000 && rows < 30_000, `${rows} rows`)
    assert.match(unreadable.at(-1)?.reason ?? '', /^the compressed file is damaged in line \d+/)
  })

  test('delimiter, quote, escape and a list of columns for a file without header', async () => {
    await write('store.txt', "1+|'it\\'s'+|x\n2+|b+|y\n")
    const layout = { delimiter: '+|', quote: "'", escape: '\\', header: ['id', 'name', 'kind'] } as const
    const { table } = await reading.extract(source({ format: 'csv', ...layout }), { from: 'store.txt' })
    assert.deepEqual(
      table.map(({ id, name, kind, _line }) => [id, name, kind, _line]),
      [
        ['1', "it's", 'x', 1],
        ['2', 'b', 'y', 2],
      ],
    )
  })

  test('names that repeat or are blank become distinct, and a byte order mark is no part of the first', async () => {
    await write('names.csv', '\ufeffID,id,,Name\n1,2,3,4\n')
    const { table } = await reading.extract(source(), { from: 'names.csv' })
    assert.deepEqual(table[0], { ID: '1', id_2: '2', column3: '3', Name: '4', _file: 'names.csv', _line: 2 })
  })

  test('NDJSON values land as text, nested ones as JSON; a line that is no object comes back', async () => {
    await write(
      'calls.ndjson',
      '{"id":1,"who":{"name":"Ann"},"n":10.5,"ok":true}\nnot json\n\n{"id":"007","tags":["a","b"],"gone":null}\n[1]\n',
    )
    const { table, unreadable } = await reading.extract(source(), { from: 'calls.ndjson' })
    assert.deepEqual(
      table.map(({ id, who, n, ok, tags, _line }) => ({ id, who, n, ok, tags, _line })),
      [
        { id: '1', who: '{"name":"Ann"}', n: '10.5', ok: 'true', tags: null, _line: 1 },
        { id: '007', who: null, n: null, ok: null, tags: '["a","b"]', _line: 4 },
      ],
    )
    assert.deepEqual(
      unreadable.map(({ line, text }) => [line, text]),
      [
        [2, 'not json'],
        [5, '[1]'],
      ],
    )
  })

  test('NDJSON read the fast way has the same columns and line numbers', async () => {
    await write('calls.jsonl.gz', gzipSync('{"id":1,"a":"x"}\n{"id":2,"b":{"c":[1]}}\n'))
    const { table } = await reading.extract(source(), { from: 'calls.jsonl.gz' })
    assert.deepEqual(
      table.map(({ id, a, b, _line }) => [id, a, b, _line]),
      [
        ['1', 'x', null, 1],
        ['2', null, '{"c":[1]}', 2],
      ],
    )
  })

  test('Parquet keeps its types; a file that is none is told and the others are read', async () => {
    await reading.warehouse.read((session) =>
      session.run(
        `COPY (SELECT 7 AS id, DATE '2024-01-05' AS day, 1.50::DECIMAL(10,2) AS amount) TO '${reading.path('good.parquet')}' (FORMAT parquet)`,
      ),
    )
    await write('bad.parquet', 'no parquet')
    const { table, types, unreadable } = await reading.extract(source(), { from: '{good,bad}.parquet' })
    assert.deepEqual(table, [{ id: 7, day: '2024-01-05', amount: 1.5, _file: 'good.parquet', _line: 1 }])
    assert.deepEqual(types.slice(0, 3), ['id INTEGER', 'day DATE', 'amount DECIMAL(10,2)'])
    assert.deepEqual(
      unreadable.map(({ file }) => file),
      ['bad.parquet'],
    )
  })

  test('only new and changed files are read; a touched file with the same content is not', async () => {
    await write('days/1.csv', 'id\n1\n')
    await write('days/2.csv', 'id\n2\n')
    const first = await reading.extract(source(), { from: 'days/*.csv' })
    assert.equal(first.rows, 2)
    const again = await reading.extract(source(), { from: 'days/*.csv' }, { files: first.files })
    assert.equal(again.rows, 0)
    await utimes(reading.path('days/1.csv'), 1, 1)
    await write('days/2.csv', 'id\n22\n')
    await write('days/3.csv', 'id\n3\n')
    const { table, files } = await reading.extract(source(), { from: 'days/*.csv' }, { files: first.files })
    assert.deepEqual(
      table.map(({ id }) => id),
      ['22', '3'],
    )
    assert.deepEqual(
      files.map(({ path }) => path),
      ['days/2.csv', 'days/3.csv'],
    )
  })

  test('the same window twice gives the same rows, and a cursor takes ties and rows without one', async () => {
    await write('cursor.csv', 'id,at\n1,2024-01-01 08:00:00\n2,2024-01-02 08:00:00\n3,\n4,2024-01-03 08:00:00\n')
    const feed = { from: 'cursor.csv', cursor: { column: 'at' } }
    const all = await reading.extract(source(), feed)
    assert.equal(all.cursor, '2024-01-03 08:00:00')
    const one = await reading.extract(source(), feed, { since: '2024-01-02 08:00:00' })
    const two = await reading.extract(source(), feed, { since: '2024-01-02 08:00:00' })
    assert.deepEqual(
      one.table.map(({ id }) => id),
      ['2', '3', '4'],
    )
    assert.deepEqual(one.table, two.table)
  })

  test('a folder that is not there and a glob that finds nothing say what to do', async () => {
    await assert.rejects(
      reading.extract(source({ folder: '/no/such/folder' }), { from: '*.csv' }),
      (error) => error instanceof ConfigError && /\/no\/such\/folder is not there/.test(error.message),
    )
    await assert.rejects(
      reading.extract(source(), { from: 'nothing-*.csv' }),
      (error) => error instanceof SourceError && !error.retry && /matches nothing-\*\.csv/.test(error.message),
    )
  })

  const spectrum = join(publicData, 'csv-spectrum')
  test(
    'csv-spectrum: every case gives the expected values',
    { skip: existsSync(spectrum) ? false : 'the public data sets are not here' },
    async () => {
      for (const name of readdirSync(join(spectrum, 'csvs'))) {
        const { table } = await reading.extract(source({ folder: join(spectrum, 'csvs') }), { from: name })
        const expected = JSON.parse(
          readFileSync(join(spectrum, 'json', name.replace('.csv', '.json')), 'utf8'),
        ) as Record<string, string>[]
        const found = table.map(({ _file, _line, ...row }) =>
          Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value ?? ''])),
        )
        assert.deepEqual(found.map(unbroken), expected.map(unbroken), name)
      }
    },
  )

  const leads = join(publicData, 'x-education-leads')
  test(
    'leads: the 338 lines that are one quoted field are told line by line, the others are read',
    { skip: existsSync(leads) ? false : 'the public data sets are not here' },
    async () => {
      const { rows, unreadable } = await reading.extract(source({ folder: leads }), { from: '*.csv' })
      assert.equal(rows + unreadable.length, 9_240)
      assert.equal(unreadable.length, 338)
    },
  )
})

/** The expected files of csv-spectrum were written with other line ends than their CSVs. */
function unbroken(row: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, String(value).replaceAll('\r\n', '\n')]))
}

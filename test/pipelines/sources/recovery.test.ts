import assert from 'node:assert/strict'
import fc from 'fast-check'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { FilesSource, Recovery } from '../../../config/source.ts'
import { publicData, Reading } from './reading.ts'

const skipData = existsSync(publicData) ? false : 'the public data sets are not here'

describe('text files that go wrong', () => {
  let reading: Reading
  before(async () => {
    reading = await Reading.begin()
  })
  after(() => reading.end())

  const source = (options: Partial<FilesSource> = {}): FilesSource => ({
    name: 'office',
    kind: 'files',
    folder: reading.folder,
    feeds: [],
    ...options,
  })

  async function read(text: string | Buffer, options: Partial<FilesSource> = {}) {
    const name = `${crypto.randomUUID()}.csv`
    await writeFile(reading.path(name), text)
    const { table, unreadable, recovered } = await reading.extract(source(options), { from: name })
    const rows = table.map(({ _file, ...row }) => row)
    return { rows, unreadable, recovered }
  }

  const rules: readonly [Recovery, string, object, string][] = [
    ['quoted_line', '"2,""b, c"""', { id: '2', name: 'b, c', _line: 3 }, '2 | b, c'],
    ['missing_trailing', '2', { id: '2', name: null, _line: 3 }, '2 | '],
    ['trailing_blank', '2,b,, ', { id: '2', name: 'b', _line: 3 }, '2 | b'],
    [{ rule: 'extra_delimiters', column: 'name' }, '2,b, c,d', { id: '2', name: 'b, c,d', _line: 3 }, '2 | b, c,d'],
  ]
  for (const [rule, line, row, after] of rules) {
    const name = typeof rule === 'string' ? rule : rule.rule
    test(`${name}: mended where it is declared, and marked; else the line is told, with the rule that would help`, async () => {
      const text = `id,name\n1,a\n${line}\n3,c\n`
      const mended = await read(text, { recover: [rule] })
      assert.deepEqual(mended.rows, [{ id: '1', name: 'a', _line: 2 }, row, { id: '3', name: 'c', _line: 4 }])
      assert.deepEqual(mended.unreadable, [])
      assert.deepEqual(
        mended.recovered.map(({ line: at, rule: by, before, after: as }) => [at, by, before, as]),
        [[3, name, line, after]],
      )
      const strict = await read(text)
      assert.equal(strict.rows.length, 2)
      assert.deepEqual(strict.recovered, [])
      assert.equal(strict.unreadable[0]?.line, 3)
      assert.ok(strict.unreadable[0]?.remedy.includes(`'${name}'`), strict.unreadable[0]?.remedy)
    })
  }

  test('a header that comes again is left out where that is declared, and marked', async () => {
    const { rows, recovered } = await read('id,name\n1,a\nid,name\n2,b\n', { recover: ['repeated_header'] })
    assert.deepEqual(
      rows.map(({ id }) => id),
      ['1', '2'],
    )
    assert.deepEqual(
      recovered.map(({ line, after }) => [line, after]),
      [[3, null]],
    )
  })

  test('titles above the header are left out, and lines keep their numbers, by the fast way and the careful one', async () => {
    const text = 'Report "of\n2024\n\nid,name\n1,a\n'
    for (const more of ['2,b\n', '2,"b\nc"\n']) {
      const { rows, unreadable } = await read(text + more, { headerLine: 4 })
      assert.deepEqual(
        rows.map(({ id, _line }) => [id, _line]),
        [
          ['1', 5],
          ['2', 6],
        ],
      )
      assert.deepEqual(unreadable, [])
    }
  })

  test('carriage returns alone, as old Macs write them, end lines', async () => {
    const { rows } = await read('id,name\r1,a\r2,b\r')
    assert.deepEqual(
      rows.map(({ id, name, _line }) => [id, name, _line]),
      [
        ['1', 'a', 2],
        ['2', 'b', 3],
      ],
    )
  })

  test('records that end in a mark of their own hold line breaks, and one that never ends costs its line', async () => {
    const { rows, unreadable } = await read('1+|a\nb+|x&|\n2+|c+|y&|\r\n3+|d', {
      delimiter: '+|',
      lineEnd: '&|\n',
      quote: '',
      header: ['id', 'name', 'kind'],
    })
    assert.deepEqual(
      rows.map(({ id, name, _line }) => [id, name, _line]),
      [
        ['1', 'a\nb', 1],
        ['2', 'c', 3],
      ],
    )
    assert.deepEqual(
      unreadable.map(({ line, text }) => [line, text]),
      [[4, '3+|d']],
    )
  })

  test('whatever the bytes, every line is in a row, a reject, a recovery, or blank', async () => {
    const piece = fc.oneof(
      fc.constantFrom(',', '"', '""', '\n', '\r\n', ' ', 'a', 'id,name', '1,b', '"x\ny",2', '中', '\0'),
      fc.uint8Array({ maxLength: 3 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), fc.boolean(), async (pieces, mend) => {
        const text = Buffer.from(`id,name\n${pieces.join('')}`, 'latin1')
        const recover: readonly Recovery[] = mend ? ['repeated_header', 'quoted_line', 'missing_trailing'] : []
        const { rows, unreadable, recovered } = await read(text, { recover })
        const lines = text.toString('latin1').split('\n')
        const told = new Set([
          ...rows.map(({ _line }) => Number(_line)),
          ...[...unreadable, ...recovered].map(({ line }) => line),
        ])
        const starts = [...told].toSorted((one, other) => one - other)
        for (const [index, line] of lines.entries()) {
          const number = index + 1
          if (number === 1 || line.replace(/\r$/, '') === '' || told.has(number)) continue
          // A line within a record that began above it: a quote was open.
          const start = starts.findLast((one) => one < number)
          const above = lines.slice((start ?? 1) - 1, index).join('\n')
          assert.ok(start !== undefined && above.includes('"'), `line ${number} of ${JSON.stringify(lines)} is lost`)
        }
      }),
      { numRuns: 150 },
    )
  })

  test('records of any text come back as they were written, by the fast way and the careful one', async () => {
    const field = fc.string({
      unit: fc.constantFrom('a', '中', ',', '"', '\n', '\r\n', ' ', '\t', ';', "'"),
      maxLength: 6,
    })
    const records = fc.array(fc.tuple(field, field, field), { minLength: 1, maxLength: 8 })
    const written = (text: string): string => `"${text.replaceAll('"', '""')}"`
    await fc.assert(
      fc.asyncProperty(records, fc.constantFrom('\n', '\r\n'), async (given, end) => {
        const text = [['x', 'y', 'z'], ...given].map((row) => row.map(written).join(',')).join(end)
        const { rows, unreadable } = await read(text + end)
        assert.deepEqual(unreadable, [])
        assert.deepEqual(
          rows.map(({ x, y, z }) => [x, y, z]),
          given,
        )
      }),
      { numRuns: 60 },
    )
  })

  test('all 9,240 leads are read where the rule is declared, 338 of them mended', { skip: skipData }, async () => {
    const folder = join(publicData, 'x-education-leads')
    const { rows, unreadable, recovered } = await reading.extract(source({ folder, recover: ['quoted_line'] }), {
      from: '*.csv',
    })
    assert.deepEqual([rows, unreadable.length, recovered.length], [9_240, 0, 338])
  })

  test('the 701 stores are read, XML with line breaks in their cells', { skip: skipData }, async () => {
    const { rows, table, unreadable } = await reading.extract(
      source({
        folder: join(publicData, 'adventureworks-oltp'),
        delimiter: '+|',
        lineEnd: '&|\n',
        quote: '',
        header: ['BusinessEntityID', 'Name', 'SalesPersonID', 'Demographics', 'rowguid', 'ModifiedDate'],
      }),
      { from: 'Store.csv' },
    )
    assert.deepEqual([rows, unreadable.length], [701, 0])
    for (const { Demographics } of table) assert.match(Demographics as string, /^<StoreSurvey[\s\S]*<\/StoreSurvey>$/)
  })

  test(
    'every file of papaparse is read, lines that lack their last field by the rule for it',
    { skip: skipData },
    async () => {
      const folder = join(publicData, 'papaparse')
      const expected: Record<string, [rows: number, recovered: number]> = {
        'long-sample.csv': [8, 0],
        'sample-header.csv': [2, 0],
        'sample.csv': [1, 0],
        'utf-8-bom-sample.csv': [1, 0],
        'verylong-sample.csv': [2_000, 4],
      }
      for (const [from, counts] of Object.entries(expected)) {
        const feed = from.startsWith('long') ? { from, header: 'abcdefg'.split('') } : { from }
        const { rows, unreadable, recovered, table } = await reading.extract(
          source({ folder, recover: ['missing_trailing'] }),
          feed,
        )
        assert.deepEqual([unreadable, rows, recovered.length], [[], ...counts], from)
        if (from.startsWith('utf-8-bom')) assert.deepEqual(Object.keys(table[0] ?? {}).slice(0, 3), ['A', 'B', 'C'])
      }
    },
  )
})

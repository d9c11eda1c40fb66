import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Feed, FilesSource } from '../../../config/source.ts'
import { openState } from '../../../data/state.ts'
import { Warehouse, type Row } from '../../../data/warehouse.ts'
import { runPipelines } from '../../../pipelines/run/run.ts'
import { openSource } from '../../../pipelines/sources/open-source.ts'
import { configAround } from '../landed.ts'

interface Ran {
  readonly rows: readonly Row[]
  /** Line, column, value, reason, remedy. */
  readonly rejects: readonly (readonly [line: number, column: string | null, value: string | null, string, string])[]
  /** Line, rule, the line as it came, as it was read. */
  readonly recovered: readonly unknown[][]
}

const requests = {
  entity: 'requests',
  columns: { request_id: 'id', customer_id: 'customer', opened_at: `'2024-01-01'`, summary: 'text' },
} as const
const expenses = {
  entity: 'expenses',
  columns: {
    expense_id: 'id',
    incurred_on: `'2024-01-05'`,
    department: `'service'`,
    category: `'travel'`,
    amount: 'amount',
  },
} as const

/** One file through a whole run: what is loaded, rejected and mended. */
async function run(
  content: string | Buffer,
  feed: Pick<Feed, 'entity' | 'columns'> & Partial<Feed>,
  { select, name = 'export.csv' }: { select: string; name?: string },
): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), 'trueworth-dirty-'))
  const warehouse = await Warehouse.open(join(folder, 'warehouse.duckdb'))
  const state = openState(join(folder, 'state.sqlite'))
  try {
    await mkdir(join(folder, 'files'))
    await writeFile(join(folder, 'files', name), content)
    const feeds = [{ from: name, rejectShare: 1, ...feed } as Feed]
    const source: FilesSource = { kind: 'files', name: 'office', folder: join(folder, 'files'), feeds }
    const report = await runPipelines(
      {
        warehouse,
        state,
        config: configAround(folder, [source]),
        now: () => new Date(),
        open: (one) => openSource(one, { warehouse }),
        build: () => Promise.resolve([]),
        modelsFingerprint: () => 'none',
      },
      { trigger: 'command' },
    )
    assert.equal(report.status, 'succeeded', report.error ?? '')
    return await warehouse.read(async (session) => {
      const rejects = await session.rows('FROM meta.rejects ORDER BY line, column_name')
      for (const { origin, original } of rejects) assert.ok(origin === name && original !== null)
      const recovered = await session.rows('FROM meta.recoveries ORDER BY line')
      return {
        rows: await session.rows(`SELECT ${select} FROM raw.${feed.entity} ORDER BY 1`),
        rejects: rejects.map(
          ({ line, column_name, value, reason, remedy }) =>
            [line, column_name, value, reason, remedy] as unknown as Ran['rejects'][number],
        ),
        recovered: recovered.map((row) => [row['line'], row['rule'], row['before'], row['after']]),
      }
    })
  } finally {
    warehouse.close()
    await state.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const list = (rows: readonly Row[]): unknown[][] => rows.map((row) => Object.values(row))

function assertRejects(
  { rejects }: Ran,
  expected: readonly (readonly [line: number, column: string | null, value: string | null, RegExp, RegExp])[],
): void {
  assert.deepEqual(
    rejects.map(([line, column, value]) => [line, column, value]),
    expected.map(([line, column, value]) => [line, column, value]),
  )
  for (const [index, [, , , reason, remedy]] of expected.entries()) {
    assert.match(rejects[index]?.[3] ?? '', reason)
    assert.match(rejects[index]?.[4] ?? '', remedy)
  }
}

describe('files as they come are read by what is declared, else rejected with file, line, column, value, reason and remedy', () => {
  test('four layouts of days in one column, and 0/1/00 and ? for nothing', async () => {
    const text =
      'id,customer,opened,closed\n1,C,05/03/2024,0/1/00\n2,C,2024年3月5日,?\n3,C,05-Mar-24,\n4,C,2024-03-05,05/03/2024\n'
    const feed = {
      entity: 'requests',
      columns: { request_id: 'id', customer_id: 'customer', opened_at: 'opened', resolved_at: 'closed' },
      timeZone: 'UTC',
    } as const
    const select = 'request_id, CAST(opened_at AS VARCHAR), CAST(resolved_at AS VARCHAR)'
    const strict = await run(text, feed, { select })
    assert.deepEqual(strict.rows, [])
    assertRejects(strict, [
      [2, 'opened_at', '05/03/2024', /'05\/03\/2024' is not an instant/, /add a layout to `dates`/],
      [2, 'resolved_at', '0/1/00', /'0\/1\/00' is not an instant/, /or the word to `nulls`/],
      [3, 'opened_at', '2024年3月5日', /is not an instant/, /`dates`/],
      [3, 'resolved_at', '?', /'\?' is not an instant/, /`nulls`/],
      [4, 'opened_at', '05-Mar-24', /is not an instant/, /`dates`/],
      [5, 'resolved_at', '05/03/2024', /is not an instant/, /`dates`/],
    ])
    const dates = ['%d/%m/%Y', '%Y年%m月%d日', '%d-%b-%y']
    const declared = await run(text, { ...feed, dates, nulls: ['0/1/00', '?'] }, { select })
    const day = '2024-03-05 00:00:00'
    assert.deepEqual(list(declared.rows), [
      ['1', day, null],
      ['2', day, null],
      ['3', day, null],
      ['4', day, day],
    ])
    assert.deepEqual(declared.rejects, [])
  })

  test('$342.09K, 1.234,56 and full-width brackets as amounts', async () => {
    const select = 'expense_id, CAST(amount AS DOUBLE)'
    for (const [written, reading, value] of [
      ['$342.09K', { units: { K: 1e3 }, signs: ['$'] }, 342_090],
      ['"1.234,56"', { decimal: ',', thousands: '.' }, 1234.56],
      ['（１，２３４）', { fullWidth: true, accounting: true, thousands: ',' }, -1234],
    ] as const) {
      const text = `id,amount\nE1,${written}\n`
      const strict = await run(text, expenses, { select })
      const plain = written.replaceAll('"', '')
      assertRejects(strict, [[2, 'amount', plain, /is not an amount of money/, /set `decimal` and `thousands`/]])
      assert.deepEqual(strict.rows, [])
      const declared = await run(text, { ...expenses, ...reading }, { select })
      assert.deepEqual([list(declared.rows), declared.rejects], [[['E1', value]], []])
    }
  })

  test('full-width words in a text stay as they are, and an id 17850.0 is 17850 where that is declared', async () => {
    const text = 'id,customer,text\nR1,17850.0,更换（全角）\n'
    const select = 'request_id, customer_id, summary'
    const declared = await run(text, { ...requests, wholeIds: true }, { select })
    assert.deepEqual([list(declared.rows), declared.rejects], [[['R1', '17850', '更换（全角）']], []])
    const strict = await run(text, requests, { select })
    assert.deepEqual(list(strict.rows), [['R1', '17850.0', '更换（全角）']])
  })

  test('the names of the columns among the rows are no customer, and are left out where that is declared', async () => {
    const select = 'customer_id, name'
    const columns = { customer_id: 'id', name: 'name', kind: `'direct'` }
    for (const [names, header] of [
      ['id,name', 'id,name'],
      ['id,name,Id,', 'id,name,Id,'],
      [',id,name', ' , id ,name'],
    ] as const) {
      const data = names.startsWith(',') ? [',1,a', ',2,b'] : names.endsWith(',') ? ['1,a,,', '2,b,,'] : ['1,a', '2,b']
      const text = [names, data[0], header, data[1], ''].join('\n')
      const strict = await run(text, { entity: 'customers', columns }, { select })
      assert.deepEqual(list(strict.rows), [
        ['1', 'a'],
        ['2', 'b'],
      ])
      const value = names.startsWith(',') ? ' ' : 'id'
      assertRejects(strict, [[3, 'customer_id', value, /repeats the names of the columns/, /'repeated_header'/]])
      const declared = await run(text, { entity: 'customers', columns, recover: ['repeated_header'] }, { select })
      assert.deepEqual([list(declared.rows), declared.rejects], [list(strict.rows), []])
      assert.deepEqual(declared.recovered, [[3, 'repeated_header', header, null]])
    }
    const alike = await run('id,name\n1,name\nid,b\n', { entity: 'customers', columns }, { select })
    assert.deepEqual([list(alike.rows).length, alike.rejects], [2, []])
  })

  test('+| between fields and &| behind records, with line breaks within, and a record that never ends', async () => {
    const text = 'R1+|C+|<Survey>\n<Sales>1</Sales>\n</Survey>&|\nR2+|C+|b&|\nR3+|C+|never'
    const ran = await run(
      text,
      {
        ...requests,
        delimiter: '+|',
        lineEnd: '&|\n',
        quote: '',
        header: ['id', 'customer', 'text'],
      },
      { select: 'request_id, summary' },
    )
    assert.deepEqual(list(ran.rows), [
      ['R1', '<Survey>\n<Sales>1</Sales>\n</Survey>'],
      ['R2', 'b'],
    ])
    assertRejects(ran, [[5, null, null, /the record does not end in '&\|'/, /Set `lineEnd`/]])
  })

  test('XML with line breaks in a quoted cell is one row, and the rows after it keep their lines', async () => {
    const text = 'id,customer,text\nR1,C,"<a k=""1"">\n<b/>\n</a>"\nR2,,x\n'
    const ran = await run(text, requests, { select: 'request_id, summary' })
    assert.deepEqual(list(ran.rows), [['R1', '<a k="1">\n<b/>\n</a>']])
    assertRejects(ran, [[5, 'customer_id', null, /nothing was entered/, /Fill customer_id/]])
  })

  test('a line that is one quoted field holding a line again, and trailing blanks beyond the names', async () => {
    for (const [rule, line] of [
      ['quoted_line', '"R1,C,""a, b"""'],
      ['trailing_blank', 'R1,C,"a, b",, '],
    ] as const) {
      const text = `id,customer,text\n${line}\nR2,C,c\n`
      const select = 'request_id, summary'
      const strict = await run(text, requests, { select })
      assert.deepEqual(list(strict.rows), [['R2', 'c']])
      assertRejects(strict, [[2, null, null, /fields instead of 3/, new RegExp(`The rule '${rule}' in \`recover\``)]])
      const declared = await run(text, { ...requests, recover: [rule] }, { select })
      assert.deepEqual(list(declared.rows), [
        ['R1', 'a, b'],
        ['R2', 'c'],
      ])
      assert.deepEqual([declared.rejects, declared.recovered], [[], [[2, rule, line, 'R1 | C | a, b']]])
    }
  })

  test('a gzip file that ends early: whole lines are loaded, the one it ends in is rejected', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `R${index},C,${crypto.randomUUID()}`)
    const whole = gzipSync(['id,customer,text', ...lines, ''].join('\n'))
    const ran = await run(whole.subarray(0, Math.floor(whole.length / 2)), requests, {
      select: 'count(*)',
      name: 'export.csv.gz',
    })
    const loaded = Number(list(ran.rows)[0]?.[0])
    assert.ok(loaded > 5_000 && loaded < 15_000, `${loaded} rows`)
    assertRejects(ran, [[loaded + 2, null, null, /the compressed file is damaged/, /export the file again/]])
  })

  test('trailing blank, nameless and doubled columns get names of their own, and none is lost', async () => {
    const text = 'id,customer,ID,,text,,\nR1,C,other,nameless,a,,\nR2,C,,,b,,late\n'
    const columns = { ...requests.columns, summary: `concat_ws('|', text, id_2, column4, column7)` }
    const ran = await run(text, { ...requests, columns }, { select: 'request_id, summary' })
    assert.deepEqual(list(ran.rows), [
      ['R1', 'a|other|nameless'],
      ['R2', 'b|late'],
    ])
    assert.deepEqual(ran.rejects, [])
  })
})

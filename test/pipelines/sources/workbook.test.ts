import assert from 'node:assert/strict'
import { utils, write, type CellObject, type WorkBook, type WorkSheet } from '@e965/xlsx'
import { writeFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import type { Feed, FilesSource } from '../../../config/source.ts'
import { Reading } from './reading.ts'

type Cell = string | number | boolean | null | CellObject

function sheetOf(rows: readonly (readonly Cell[])[], merges: readonly string[] = []): WorkSheet {
  const sheet = utils.aoa_to_sheet(rows.map((row) => [...row]))
  return merges.length === 0 ? sheet : { ...sheet, '!merges': merges.map((range) => utils.decode_range(range)) }
}

const day = (serial: number, z = 'yyyy-mm-dd'): CellObject => ({ t: 'n', v: serial, z })

describe('workbooks', () => {
  let reading: Reading
  before(async () => void (reading = await Reading.begin()))
  after(() => reading.end())

  async function read(
    sheets: Readonly<Record<string, WorkSheet>>,
    feed: Partial<Feed> = {},
    { type = 'xlsx', props = {} }: { type?: 'xlsx' | 'xls' | 'ods'; props?: WorkBook['Workbook'] } = {},
  ) {
    const book: WorkBook = { SheetNames: Object.keys(sheets), Sheets: { ...sheets }, Workbook: props }
    const name = `${crypto.randomUUID()}.${type}`
    await writeFile(reading.path(name), write(book, { type: 'buffer', bookType: type }) as Buffer)
    const source: FilesSource = { name: 'dealer', kind: 'files', folder: reading.folder, feeds: [] }
    const { table, unreadable } = await reading.extract(source, { ...feed, from: name })
    return { rows: table.map(({ _file, ...row }) => row), unreadable }
  }

  for (const type of ['xlsx', 'xls', 'ods'] as const)
    test(`${type}: ids keep their digits, numbers theirs, days and instants are ISO 8601`, async () => {
      const { rows } = await read(
        {
          Kunden: sheetOf([
            ['编号', 'code', 'amount', 'day', 'at', 'paid', 'note'],
            [1234567890123456, '00123', 1234.5678, day(45291), day(45291.5, 'yyyy-mm-dd hh:mm'), true, ' a\tb\nc '],
            [2, '1', 0.15, day(61), null, false, null],
          ]),
        },
        {},
        { type },
      )
      assert.deepEqual(rows, [
        {
          编号: '1234567890123456',
          code: '00123',
          amount: '1234.5678',
          day: '2023-12-31',
          at: '2023-12-31 12:00:00',
          paid: 'true',
          note: ' a\tb\nc ',
          _line: 2,
        },
        { 编号: '2', code: '1', amount: '0.15', day: '1900-03-01', at: null, paid: 'false', note: null, _line: 3 },
      ])
    })

  test('titles above the names are left out, merged or not, and rows without a value are none', async () => {
    const sheet = sheetOf(
      [
        ['Dealer report 2024', null, null],
        [null, null, null],
        ['made on', day(45291), null],
        ['customer', 'machine', 'serial'],
        ['Harbour', 'P-1', 'S1'],
        [null, null, null],
        ['Mill', 'P-2', 'S2'],
      ],
      ['A1:C1'],
    )
    const { rows } = await read({ Report: sheet })
    assert.deepEqual(rows, [
      { customer: 'Harbour', machine: 'P-1', serial: 'S1', _line: 5 },
      { customer: 'Mill', machine: 'P-2', serial: 'S2', _line: 7 },
    ])
  })

  test('merged cells give their value to each row, and names over two lines are joined, where that is declared', async () => {
    const sheet = sheetOf(
      [
        ['Customer', null, 'Machine', null],
        ['no', 'name', 'no', 'no'],
        ['1', 'Harbour', 'P-1', 'x'],
        [null, null, 'P-2', 'y'],
      ],
      ['A1:B1', 'C1:D1', 'A3:A4', 'B3:B4'],
    )
    const { rows } = await read({ Report: sheet }, { headerLine: 1, headerLines: 2, mergedCells: 'repeat' })
    assert.deepEqual(rows, [
      { 'Customer no': '1', 'Customer name': 'Harbour', 'Machine no': 'P-1', 'Machine no_2': 'x', _line: 3 },
      { 'Customer no': '1', 'Customer name': 'Harbour', 'Machine no': 'P-2', 'Machine no_2': 'y', _line: 4 },
    ])
    const alone = await read({ Report: sheet }, { headerLine: 1, headerLines: 2 })
    assert.equal(alone.rows[1]?.['Customer no'], null)
  })

  test('the sheet is the first visible one with rows, or the one that is named or counted', async () => {
    const sheets = {
      Empty: sheetOf([]),
      Hidden: sheetOf([['a'], ['hidden']]),
      First: sheetOf([['a'], ['first']]),
      Second: sheetOf([['a'], ['second']]),
    }
    const props = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }, { Hidden: 0 }, { Hidden: 0 }] } as WorkBook['Workbook']
    const values = async (feed: Partial<Feed>): Promise<unknown> =>
      (await read(sheets, feed, { props: props ?? {} })).rows.map(({ a }) => a)
    assert.deepEqual(await values({}), ['first'])
    assert.deepEqual(await values({ sheet: 'Second' }), ['second'])
    assert.deepEqual(await values({ sheet: 2 }), ['hidden'])
    const { unreadable } = await read(sheets, { sheet: 'Third' })
    assert.match(unreadable[0]?.reason ?? '', /there is no sheet 'Third'/)
    assert.match(unreadable[0]?.remedy ?? '', /Empty, Hidden, First, Second/)
  })

  test('a cell that holds an error costs its row, with its address, unless the word means nothing', async () => {
    const error = (v: number, w: string): CellObject => ({ t: 'e', v, w })
    const sheet = sheetOf([
      ['id', 'price'],
      ['1', error(0x2a, '#N/A')],
      ['2', 5],
    ])
    const { rows, unreadable } = await read({ Prices: sheet })
    assert.deepEqual(rows, [{ id: '2', price: '5', _line: 3 }])
    assert.deepEqual(
      unreadable.map(({ line, reason }) => [line, reason]),
      [[2, "cell B2 holds the error '#N/A'"]],
    )
    assert.equal((await read({ Prices: sheet }, { nulls: ['#N/A'] })).rows.length, 2)
  })

  test('days of the calendar that begins in 1904', async () => {
    const sheet = sheetOf([
      ['id', 'day'],
      ['1', day(43829)],
    ])
    const { rows } = await read({ Days: sheet }, {}, { props: { WBProps: { date1904: true } } })
    assert.equal(rows[0]?.['day'], '2023-12-31')
  })

  test('a file that is no workbook is told, and the others are read', async () => {
    await writeFile(reading.path('bad.xlsx'), Buffer.from('PK\x03\x04 not really'))
    const { unreadable, rows } = await reading.extract(
      { name: 'dealer', kind: 'files', folder: reading.folder, feeds: [] },
      { from: 'bad.xlsx' },
    )
    assert.equal(rows, 0)
    assert.match(unreadable[0]?.reason ?? '', /the workbook cannot be read/)
    assert.equal(unreadable[0]?.file, 'bad.xlsx')
  })
})

import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { literal } from '../../../data/quote.ts'
import { Mapper, faultsOf, type MappedRow } from '../mapper.ts'
import { publicData } from '../sources/reading.ts'

describe('values as people write them', () => {
  let mapper: Mapper
  before(async () => void (mapper = await Mapper.begin()))
  after(() => mapper.end())

  const rowsOf = (texts: readonly string[]): string =>
    texts.map((text, index) => `SELECT '${index}' AS id, ${literal(text)} AS value`).join(' UNION ALL ')

  /** Amounts as text, null where they could not be read. */
  async function amounts(texts: readonly string[], reading: object): Promise<(number | null)[]> {
    const columns = {
      expense_id: 'id',
      incurred_on: `'2024-01-01'`,
      department: `'service'`,
      category: `'travel'`,
      amount: 'value',
    }
    const rows = await mapper.map({ entity: 'expenses', columns, ...reading }, rowsOf(texts))
    return ordered(rows, 'expense_id').map((row) => row['amount'] as number | null)
  }

  async function instants(texts: readonly string[], reading: object): Promise<unknown[]> {
    const columns = { request_id: 'id', customer_id: `'C'`, opened_at: 'value' }
    return ordered(await mapper.map({ columns, ...reading }, rowsOf(texts)), 'request_id').map(
      (row) => row['opened_at'],
    )
  }

  function ordered(rows: readonly MappedRow[], key: string): MappedRow[] {
    return rows.toSorted((one, other) => Number(one[key]) - Number(other[key]))
  }

  test('units behind a number multiply it, signs around it say nothing, where both are declared', async () => {
    const reading = { units: { K: 1e3, M: 1e6, 万: 1e4, 亿: 1e8 }, signs: ['$', '¥', 'CNY'] }
    assert.deepEqual(
      await amounts(['$342.09K', '¥1.2万', 'CNY 1.5M', '-$5', '12.5', '0.03亿', '7 CNY', '4X'], reading),
      [342_090, 12_000, 1_500_000, -5, 12.5, 3_000_000, 7, null],
    )
    assert.deepEqual(await amounts(['$342.09K', '¥5', '5'], {}), [null, null, 5])
  })

  test('negatives as accountants write them, per cents, and full-width digits', async () => {
    const accounting = { accounting: true, thousands: ',', signs: ['$'] }
    assert.deepEqual(await amounts(['(1,234.50)', '123-', '($7)', '-8', '(x)'], accounting), [
      -1234.5,
      -123,
      -7,
      -8,
      null,
    ])
    assert.deepEqual(await amounts(['15 %', '100%', '0.5'], { percent: true }), [0.15, 1, 0.5])
    assert.deepEqual(
      await amounts(['１２３．４５', '（１２）', '－３'], { fullWidth: true, accounting: true }),
      [123.45, -12, -3],
    )
    assert.deepEqual(await amounts(['１２３', '15 %', '(5)'], {}), [null, null, null])
  })

  test('thousands parted by points, apostrophes and spaces', async () => {
    assert.deepEqual(
      await amounts(['1.234,56', '-1.234.567,8'], { decimal: ',', thousands: '.' }),
      [1234.56, -1_234_567.8],
    )
    assert.deepEqual(await amounts([`1'234.50`], { thousands: `'` }), [1234.5])
    assert.deepEqual(await amounts(['1 234,50'], { decimal: ',', thousands: ' ' }), [1234.5])
  })

  test('four layouts of dates in one column, and days that mean nothing', async () => {
    const dates = ['%d/%m/%Y', '%Y年%m月%d日', '%d-%b-%y', '%Y年%m月%d日 %p%I:%M']
    const nulls = ['0/1/00', '?', '无']
    assert.deepEqual(
      await instants(
        ['2024-03-05', '05/03/2024', '2024年3月5日', '05-Mar-24', '2024年3月5日 下午3:05', '２０２４年３月５日'],
        {
          dates,
          nulls,
          fullWidth: true,
        },
      ),
      [
        '2024-03-04T16:00:00.000Z',
        '2024-03-04T16:00:00.000Z',
        '2024-03-04T16:00:00.000Z',
        '2024-03-04T16:00:00.000Z',
        '2024-03-05T07:05:00.000Z',
        '2024-03-04T16:00:00.000Z',
      ],
    )
    const columns = { request_id: 'id', customer_id: `'C'`, opened_at: `'2024-01-01'`, resolved_at: 'value' }
    const rows = await mapper.map({ columns, dates, nulls }, rowsOf(['0/1/00', '?', '无', ' ? ']))
    assert.deepEqual(
      rows.map((row) => [row['resolved_at'], faultsOf(row)]),
      Array.from({ length: 4 }, () => [null, []]),
    )
  })

  test('days and instants that are counted, as text and as numbers', async () => {
    assert.deepEqual(await instants(['45291', '45291.5', '2024-01-01'], { excelDays: true }), [
      '2023-12-30T16:00:00.000Z',
      '2023-12-31T04:00:00.000Z',
      '2023-12-31T16:00:00.000Z',
    ])
    assert.deepEqual(await instants(['1704067200', '2024-01-01 08:00:00'], { epoch: 'seconds' }), [
      '2024-01-01T00:00:00.000Z',
      '2024-01-01T00:00:00.000Z',
    ])
    const columns = { request_id: 'id', customer_id: `'C'`, opened_at: 'value' }
    const counted = `SELECT '1' AS id, CAST(1704067200123 AS BIGINT) AS value`
    assert.equal(
      (await mapper.map({ columns, epoch: 'milliseconds' }, counted))[0]?.['opened_at'],
      '2024-01-01T00:00:00.123Z',
    )
    const days = `SELECT '1' AS id, CAST(45291 AS DOUBLE) AS value`
    assert.equal((await mapper.map({ columns, excelDays: true }, days))[0]?.['opened_at'], '2023-12-30T16:00:00.000Z')
    assert.deepEqual(await instants(['45291', 'now', 'today', 'epoch', 'infinity'], {}), [null, null, null, null, null])
  })

  test('ids that went through a spreadsheet lose their decimals, others stay as they are', async () => {
    const columns = { request_id: 'value', customer_id: `'C'`, opened_at: `'2024-01-01'` }
    const ids = async (reading: object): Promise<string> =>
      (await mapper.map({ columns, ...reading }, rowsOf(['17850.0', '00123', '1.50', 'A.0'])))
        .map((row) => row['request_id'] as string)
        .toSorted((one, other) => (one < other ? -1 : 1))
        .join()
    assert.equal(await ids({ wholeIds: true }), '00123,1.50,17850,A.0')
    assert.equal(await ids({}), '00123,1.50,17850.0,A.0')
  })

  test('a number written in any declared style is read back exactly', async () => {
    const styles = fc.record({
      cents: fc.integer({ min: -99_999_999, max: 99_999_999 }),
      thousands: fc.constantFrom(',', "'", ' ', ''),
      sign: fc.constantFrom('$', '¥', 'CNY ', ''),
      negative: fc.constantFrom('minus', 'brackets', 'behind'),
      wide: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(styles, { minLength: 1, maxLength: 10 }), async (given) => {
        for (const mark of [',', "'", ' ', '']) {
          const some = given.filter(({ thousands }) => thousands === mark)
          if (some.length === 0) continue
          const texts = some.map(({ cents, sign, negative, wide }) => {
            const [whole = '', part = ''] = (Math.abs(cents) / 100).toFixed(2).split('.')
            const grouped = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, mark)
            const plain = `${sign}${grouped}.${part}`
            const signed =
              cents >= 0 ? plain : { minus: `-${plain}`, brackets: `(${plain})`, behind: `${plain}-` }[negative]
            return wide
              ? signed.replaceAll(/[0-9.,()-]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
              : signed
          })
          const reading = {
            signs: ['$', '¥', 'CNY'],
            accounting: true,
            fullWidth: true,
            ...(mark !== '' && { thousands: mark }),
          }
          assert.deepEqual(
            await amounts(texts, reading),
            some.map(({ cents }) => cents / 100 + 0),
            JSON.stringify(texts),
          )
        }
      }),
      { numRuns: 40 },
    )
  })

  const skip = existsSync(publicData) ? false : 'the public data sets are not here'
  const given = (...path: string[]): string =>
    `SELECT *, row_number() OVER () AS place FROM read_csv(${literal(join(publicData, ...path))}, all_varchar = true)`

  test('SAP work orders: 0/1/00 is no date, 311 times, and nothing is rejected', { skip }, async () => {
    const columns = {
      task_id: 'place',
      employee_id: 'WorkCentre',
      kind: `'repair'`,
      planned_start: 'Work_Order_Basic_Start_Date',
      actual_start: 'ACtStartDate',
    }
    const reading = { dates: ['%d/%m/%Y'], nulls: ['0/1/00'] }
    const rows = await mapper.map({ entity: 'tasks', columns, ...reading }, given('work-orders', 'work_orders.csv'))
    assert.equal(rows.length, 500)
    assert.equal(rows.filter((row) => row['actual_start'] === null).length, 311)
    assert.deepEqual(
      rows.flatMap((row) => faultsOf(row)),
      [],
    )
  })

  test('telco contracts: 456,116.60 a month, and 11 totals that are blank', { skip }, async () => {
    const columns = {
      invoice_id: 'customerID',
      customer_id: 'customerID',
      issued_on: `'2024-01-01'`,
      amount: 'MonthlyCharges',
    }
    const file = given('telco-contracts', 'Telco-Customer-Churn.csv')
    const monthly = await mapper.map({ entity: 'invoices', columns }, file)
    const cents = monthly.reduce((sum, row) => sum + Math.round(Number(row['amount']) * 100), 0)
    assert.deepEqual([monthly.length, cents], [7_043, 45_611_660])
    const totals = await mapper.map({ entity: 'invoices', columns: { ...columns, amount: 'TotalCharges' } }, file)
    assert.deepEqual(
      totals.flatMap((row) => faultsOf(row)).map(({ reason }) => reason),
      Array.from({ length: 11 }, () => 'nothing was entered, and it is required'),
    )
  })
})

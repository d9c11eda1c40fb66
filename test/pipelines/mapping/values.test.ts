import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import * as fc from 'fast-check'
import { base, faultsOf, Mapper } from '../mapper.ts'

describe('reading values', () => {
  let mapper: Mapper
  before(async () => void (mapper = await Mapper.begin()))
  after(() => mapper.end())

  test('an instant without offset is one of the company, with offset it is its own; both become UTC', async () => {
    const instants = [
      '2024-01-05 10:00:00',
      '2024-01-05T10:00:00Z',
      '2024-01-05 10:00:00+02:00',
      '2024-01-05T10:00:00.250-05',
      '2024/1/5 9:05',
      '1990-07-01 12:00:00',
      '2024-01-05',
    ]
    const rows = await mapper.map(
      { columns: base },
      instants.map((text, i) => `SELECT '${i}' AS id, 'C' AS customer, '${text}' AS opened`).join(' UNION ALL '),
    )
    assert.deepEqual(
      rows.map((row) => row['opened_at']),
      [
        '2024-01-05T02:00:00.000Z',
        '2024-01-05T10:00:00.000Z',
        '2024-01-05T08:00:00.000Z',
        '2024-01-05T15:00:00.250Z',
        '2024-01-05T01:05:00.000Z',
        '1990-07-01T03:00:00.000Z',
        '2024-01-04T16:00:00.000Z',
      ],
    )
  })

  test('every instant of a zone with summer time is what the calendar says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.date({ min: new Date('1975-01-01'), max: new Date('2036-01-01'), noInvalidDate: true }),
        fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'UTC'),
        async (date, timeZone) => {
          const local = date.toISOString().slice(0, 19).replace('T', ' ')
          const [row] = await mapper.map(
            { columns: base, timeZone },
            `SELECT '1' AS id, 'C' AS customer, '${local}' AS opened`,
          )
          const [expected] = await mapper.session.rows(
            `SELECT make_timestamp(epoch_us(timezone('${timeZone}', TIMESTAMP '${local}'))) AS utc`,
          )
          assert.equal(row?.['opened_at'], expected?.['utc'])
        },
      ),
      { numRuns: 25 },
    )
  })

  test('layouts are tried in order after ISO, and a day and month first is never taken for a year', async () => {
    const texts = ['29/2/2016 01:16', '05.03.24', '2024-01-05 10:00:00', '01/02/03', '31.02.2024']
    const rows = await mapper.map(
      { columns: base, dates: ['%d/%m/%Y %H:%M', '%d.%m.%y'], timeZone: 'UTC' },
      texts.map((text, i) => `SELECT '${i}' AS id, 'C' AS customer, '${text}' AS opened`).join(' UNION ALL '),
    )
    assert.deepEqual(
      rows.map((row) => row['opened_at']),
      ['2016-02-29T01:16:00.000Z', '2024-03-05T00:00:00.000Z', '2024-01-05T10:00:00.000Z', null, null],
    )
    const [fault] = faultsOf(rows[3])
    assert.equal(fault?.reason, `'01/02/03' is not an instant`)
    assert.match(fault?.remedy ?? '', /'%d\/%m\/%Y %H:%M'.*`dates`/)
  })

  test('numbers follow the decimal and thousands marks, and what could be read two ways is a fault', async () => {
    const expense = {
      entity: 'expenses',
      columns: {
        expense_id: 'id',
        incurred_on: `'2024-01-05'`,
        department: `'service'`,
        category: `'travel'`,
        amount: 'amount',
      },
    }
    const read = async (texts: string[], reading: object): Promise<unknown[]> => {
      const rows = await mapper.map(
        { ...expense, ...reading },
        texts.map((text, i) => `SELECT '${i}' AS id, '${text}' AS amount`).join(' UNION ALL '),
      )
      return rows.map((row) => (row['_faults'] === null ? row['amount'] : faultsOf(row)[0]?.reason))
    }
    assert.deepEqual(await read(['12.5', '-3', '1e2', '1_000', '1,5', 'NaN', '99999999999999999'], {}), [
      12.5,
      -3,
      100,
      `'1_000' is not an amount of money`,
      `'1,5' is not an amount of money`,
      `'NaN' is not an amount of money`,
      `'99999999999999999' is too large for an amount of money`,
    ])
    assert.deepEqual(await read(['1.234,50', '1234,5', '1,5', '12.34'], { decimal: ',', thousands: '.' }), [
      1234.5,
      1234.5,
      1.5,
      `'12.34' is not an amount of money`,
    ])
    assert.deepEqual(await read(['1,234,567.89', '1,5'], { thousands: ',' }), [
      1234567.89,
      `'1,5' is not an amount of money`,
    ])
    assert.deepEqual(await read(['1.234'], { decimal: ',' }), [`'1.234' is not an amount of money`])
  })

  test('a whole number is whole: 6.0 is six, 6.7 is a fault', async () => {
    const { problems } = await mapper.compile(
      { entity: 'surveys', columns: { survey_id: 'id', customer_id: 'id', sent_at: `'2024-01-05'`, score: 'score' } },
      `SELECT '1' AS id, '6.0' AS score`,
    )
    assert.deepEqual(problems, [])
    const rows = await mapper.map(
      { entity: 'surveys', columns: { survey_id: 'id', customer_id: 'id', sent_at: `'2024-01-05'`, score: 'score' } },
      `SELECT '1' AS id, '4.0' AS score UNION ALL SELECT '2', '3.7'`,
    )
    assert.equal(rows[0]?.['score'], 4)
    assert.match(faultsOf(rows[1])[0]?.reason ?? '', /^'3\.7' is not/)
  })

  test('native types of Parquet and PostgreSQL are taken as they are', async () => {
    const [row] = await mapper.map(
      { columns: { ...base, chargeable: 'free', resolved_at: 'solved' } },
      `SELECT 17850 AS id, 1.50::DECIMAL(5,2) AS customer, TIMESTAMP '2024-01-05 10:00:00' AS opened, true AS free, TIMESTAMPTZ '2024-01-05 10:00:00+00' AS solved`,
    )
    assert.deepEqual(
      [row?.['request_id'], row?.['customer_id'], row?.['opened_at'], row?.['chargeable'], row?.['resolved_at']],
      ['17850', '1.50', '2024-01-05T02:00:00.000Z', true, '2024-01-05T10:00:00.000Z'],
    )
  })
})

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import type { Feed, FilesSource } from '../../config/source.ts'
import { Warehouse, type Row, type Session } from '../../data/warehouse.ts'
import { compileMapping, landedColumns, type CompiledMapping } from '../../pipelines/mapping.ts'

interface Fault {
  column_name: string
  value: string | null
  reason: string
  remedy: string
}

describe('a mapping', () => {
  let warehouse: Warehouse
  let session: Session
  before(async () => {
    warehouse = await Warehouse.open(':memory:')
    session = await warehouse.session()
  })
  after(() => {
    session.close()
    warehouse.close()
  })

  const compile = async (feed: object, rows: string, source: Partial<FilesSource> = {}): Promise<CompiledMapping> => {
    await session.run(`CREATE OR REPLACE TEMP TABLE landed AS ${rows}`)
    const whole = { name: 'crm', kind: 'files', folder: '/', feeds: [], ...source } as FilesSource
    return compileMapping(session, {
      source: whole,
      feed: { entity: 'requests', from: 'requests.csv', ...feed } as Feed,
      columns: await landedColumns(session, 'landed'),
      company: { timeZone: 'Asia/Shanghai' },
    })
  }
  const map = async (feed: object, rows: string, source: Partial<FilesSource> = {}): Promise<Row[]> => {
    const mapping = await compile(feed, rows, source)
    assert.deepEqual(mapping.problems, [])
    return session.rows(mapping.sql('landed'))
  }
  const faultsOf = (row: Row | undefined): Fault[] => (row?.['_faults'] ?? []) as unknown as Fault[]
  const base = { request_id: 'id', customer_id: 'customer', opened_at: 'opened' }
  const one = `SELECT '1' AS id, 'C1' AS customer, '2024-01-05 10:00:00' AS opened`

  test('fills the columns in contract order and leaves the others null', async () => {
    const [row] = await map(
      { columns: { ...base, summary: 'text' } },
      `${one}, '  two words　' AS text, 'a.csv' AS _file, 7 AS _line`,
    )
    assert.equal(Object.keys(row ?? {})[0], 'request_id')
    assert.deepEqual(Object.keys(row ?? {}).slice(-7), [
      'recorded_at',
      'recorded_by',
      'version_at',
      '_file',
      '_line',
      '_faults',
      '_original',
    ])
    assert.equal(row?.['summary'], 'two words')
    assert.equal(row?.['asset_id'], null)
    assert.equal(row?.['_file'], 'a.csv')
    assert.equal(row?.['_line'], 7)
    assert.equal(row?.['_faults'], null)
    assert.equal(row?.['_original'], null)
  })

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
    const rows = await map(
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
          const [row] = await map(
            { columns: base, timeZone },
            `SELECT '1' AS id, 'C' AS customer, '${local}' AS opened`,
          )
          const [expected] = await session.rows(
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
    const rows = await map(
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

  test('a row with faults names each column, value, reason and remedy, and keeps the source row', async () => {
    const [fine, bad] = await map(
      {
        columns: {
          ...base,
          channel: 'channel',
          kind: { from: 'kind', values: { Störung: 'fault' } },
          chargeable: 'free',
        },
      },
      `SELECT '1' AS id, 'C1' AS customer, '2024-01-05' AS opened, 'phone' AS channel, 'Störung' AS kind, 'no' AS free
       UNION ALL SELECT '2', '  ', 'soon', 'fax', 'Frage', 'perhaps'`,
    )
    assert.equal(fine?.['_faults'], null)
    assert.deepEqual([fine?.['kind'], fine?.['chargeable']], ['fault', false])
    const faults = faultsOf(bad)
    assert.deepEqual(
      faults.map(({ column_name, value, reason }) => [column_name, value, reason]),
      [
        ['customer_id', null, 'nothing was entered, and it is required'],
        ['opened_at', 'soon', `'soon' is not an instant`],
        ['channel', 'fax', `'fax' is not one of phone, email, web, chat, walk_in, on_site`],
        ['kind', 'Frage', `'Frage' is not a word that \`values\` translates`],
        ['chargeable', 'perhaps', `'perhaps' is not true or false`],
      ],
    )
    assert.match(faults[2]?.remedy ?? '', /`values`/)
    assert.match(faults[3]?.remedy ?? '', /fault, inquiry, complaint/)
    assert.deepEqual(JSON.parse(String(bad?.['_original'])), {
      id: '2',
      customer: '  ',
      opened: 'soon',
      channel: 'fax',
      kind: 'Frage',
      free: 'perhaps',
    })
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
      const rows = await map(
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
    const { problems } = await compile(
      { entity: 'surveys', columns: { survey_id: 'id', customer_id: 'id', sent_at: `'2024-01-05'`, score: 'score' } },
      `SELECT '1' AS id, '6.0' AS score`,
    )
    assert.deepEqual(problems, [])
    const rows = await map(
      { entity: 'surveys', columns: { survey_id: 'id', customer_id: 'id', sent_at: `'2024-01-05'`, score: 'score' } },
      `SELECT '1' AS id, '4.0' AS score UNION ALL SELECT '2', '3.7'`,
    )
    assert.equal(rows[0]?.['score'], 4)
    assert.match(faultsOf(rows[1])[0]?.reason ?? '', /^'3\.7' is not/)
  })

  test('null words mean nothing, also for expressions, which see trimmed text', async () => {
    const rows = await map(
      { columns: { ...base, customer_id: `coalesce(customer, 'unknown caller')`, topic: `upper(topic)` } },
      `SELECT '1' AS id, ' ? ' AS customer, '2024-01-05' AS opened, '?' AS topic`,
      { nulls: ['?', 'n/a'] },
    )
    assert.deepEqual(
      [rows[0]?.['customer_id'], rows[0]?.['topic'], rows[0]?.['_faults']],
      ['unknown caller', null, null],
    )
  })

  test('an expression that fails on one row is the fault of that row only', async () => {
    const rows = await map(
      { columns: { ...base, summary: `CAST(CAST(n AS INTEGER) * 2 AS VARCHAR) -- twice` } },
      `${one}, '21' AS n UNION ALL ${one}, 'x' UNION ALL ${one}, NULL`,
    )
    assert.deepEqual(
      rows.map((row) => [row['summary'], faultsOf(row).map(({ reason }) => reason)]),
      [
        ['42', []],
        [null, ['the expression fails on this row']],
        [null, []],
      ],
    )
  })

  test('where leaves rows out; a row on which it fails is kept as a fault', async () => {
    const rows = await map(
      { columns: base, where: `CAST(n AS INTEGER) > 1` },
      `${one}, '1' AS n UNION ALL ${one}, '2' UNION ALL ${one}, 'x' UNION ALL ${one}, NULL`,
    )
    assert.deepEqual(
      rows.map((row) => faultsOf(row).map(({ column_name }) => column_name)),
      [[], ['where']],
    )
  })

  test('translated words: an unlisted one becomes otherwise, null where that is null', async () => {
    const kind = { from: 'stage', values: { Won: 'fault', Gone: null }, otherwise: null }
    const rows = await map(
      { columns: { ...base, kind } },
      `${one}, 'Won' AS stage UNION ALL ${one}, 'Gone' UNION ALL ${one}, 'Other' UNION ALL ${one}, NULL`,
    )
    assert.deepEqual(
      rows.map((row) => [row['kind'], row['_faults']]),
      [
        ['fault', null],
        [null, null],
        [null, null],
        [null, null],
      ],
    )
  })

  test('the version instant is read like any other', async () => {
    const [row] = await map({ columns: base, version: 'changed' }, `${one}, '2024-02-01 08:00:00' AS changed`)
    assert.equal(row?.['version_at'], '2024-02-01T00:00:00.000Z')
  })

  test('native types of Parquet and PostgreSQL are taken as they are', async () => {
    const [row] = await map(
      { columns: { ...base, chargeable: 'free', resolved_at: 'solved' } },
      `SELECT 17850 AS id, 1.50::DECIMAL(5,2) AS customer, TIMESTAMP '2024-01-05 10:00:00' AS opened, true AS free, TIMESTAMPTZ '2024-01-05 10:00:00+00' AS solved`,
    )
    assert.deepEqual(
      [row?.['request_id'], row?.['customer_id'], row?.['opened_at'], row?.['chargeable'], row?.['resolved_at']],
      ['17850', '1.50', '2024-01-05T02:00:00.000Z', true, '2024-01-05T10:00:00.000Z'],
    )
  })

  test('quotes in names, words and nulls are text, never SQL', async () => {
    const rows = await map(
      {
        columns: {
          ...base,
          summary: `it's "a" name`,
          topic: { from: 'id', values: { [`1'; DROP TABLE landed; --`]: `x'y` }, otherwise: `o'k` },
        },
      },
      `${one}, 'v' AS "it's ""a"" name"`,
      { nulls: [`'; DROP TABLE landed; --`] },
    )
    assert.deepEqual([rows[0]?.['summary'], rows[0]?.['topic']], ['v', `o'k`])
  })

  test('an unknown column says source, feed, entity column, what exists and the nearest name', async () => {
    const { problems } = await compile(
      { columns: { ...base, customer_id: 'custmer', summary: `upper(opend) || 'x'` } },
      one,
    )
    assert.deepEqual(
      problems.map(({ column, missing, nearest }) => [column, missing, nearest]),
      [
        ['customer_id', 'custmer', 'customer'],
        ['summary', 'opend', 'opened'],
      ],
    )
    assert.equal(
      problems[0]?.message,
      `crm: requests.csv → requests.customer_id: there is no column 'custmer'. Did you mean 'customer'? The source has id, customer, opened.`,
    )
  })

  test('every other fault of a mapping is found before anything runs', async () => {
    const faults: [object, RegExp][] = [
      [
        { columns: { ...base, custmer_id: 'customer' } },
        /requests has no column "custmer_id". Did you mean "customer_id"\?/,
      ],
      [
        { columns: { request_id: 'id', customer_id: 'customer' } },
        /"opened_at" is required and nothing is mapped to it/,
      ],
      [
        { columns: { ...base, channel: { from: 'id', values: { '1': 'telephone' } } } },
        /into 'telephone', which "channel" does not allow. It allows phone, email/,
      ],
      [{ columns: { ...base, summary: 'upper(' } }, /it is no SQL expression/],
      [{ columns: { ...base, summary: `id), (customer` } }, /no SQL expression|more than one/],
      [{ columns: { ...base, summary: 'max(customer)' } }, /it folds many rows into one/],
      [{ columns: { ...base, summary: 'uper(customer)' } }, /uper/],
      [
        { columns: { ...base, opened_at: 'length(opened)' } },
        /it gives BIGINT, and opened_at is read as instant. to_timestamp/,
      ],
      [{ columns: base, where: 'statsu = 1' }, /requests\.where: there is no column 'statsu'/],
      [
        { columns: base, cursor: { column: 'opend' } },
        /requests\.cursor: there is no column 'opend'. Did you mean 'opened'\?/,
      ],
    ]
    for (const [feed, message] of faults) {
      const { problems, sql } = await compile(feed, one)
      assert.equal(problems.length, 1, JSON.stringify([feed, problems]))
      assert.match(problems[0]?.message ?? '', message)
      assert.throws(() => sql('landed'), message)
    }
  })
})

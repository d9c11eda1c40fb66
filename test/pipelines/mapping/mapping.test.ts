import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { base, faultsOf, Mapper, one } from '../mapper.ts'

describe('a mapping', () => {
  let mapper: Mapper
  before(async () => void (mapper = await Mapper.begin()))
  after(() => mapper.end())

  test('fills the columns in contract order and leaves the others null', async () => {
    const [row] = await mapper.map(
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

  test('a row with faults names each column, value, reason and remedy, and keeps the source row', async () => {
    const [fine, bad] = await mapper.map(
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
    assert.deepEqual(JSON.parse(bad?.['_original'] ?? ''), {
      id: '2',
      customer: '  ',
      opened: 'soon',
      channel: 'fax',
      kind: 'Frage',
      free: 'perhaps',
    })
  })

  test('null words mean nothing, also for expressions, which see trimmed text', async () => {
    const rows = await mapper.map(
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
    const rows = await mapper.map(
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
    const rows = await mapper.map(
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
    const rows = await mapper.map(
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
    const [row] = await mapper.map({ columns: base, version: 'changed' }, `${one}, '2024-02-01 08:00:00' AS changed`)
    assert.equal(row?.['version_at'], '2024-02-01T00:00:00.000Z')
  })

  test('quotes in names, words and nulls are text, never SQL', async () => {
    const rows = await mapper.map(
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
})

import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { read, utils, type CellObject } from '@e965/xlsx'
import { tableFromIPC } from 'apache-arrow'
import { Warehouse } from '../../data/warehouse.ts'
import { openCompany, type Company } from './company.ts'

let company: Company
before(async () => {
  company = await openCompany()
})
after(async () => company.close())

const QUESTION =
  '/api/query?metrics=revenue,profit,rank_drop,profit_margin&by=month,customer&where=revenue:gt:100&order=-revenue'
const get = async (path: string, headers: Record<string, string> = {}) => company.app.request(path, { headers })

/** Of an answer that is not read. */
async function headersOf(path: string, headers: Record<string, string>): Promise<Headers> {
  const response = await get(path, headers)
  await response.body?.cancel()
  return response.headers
}

test('the Accept header chooses the format, and format= goes before it', async () => {
  const type = async (path: string, accept: string) =>
    (await get(path, { accept })).headers.get('content-type')?.split(';')[0]
  assert.equal(await type(QUESTION, '*/*'), 'application/json')
  assert.equal(await type(QUESTION, 'text/html, */*;q=0.8'), 'application/json')
  assert.equal(await type(QUESTION, 'application/json;q=0.5, text/csv'), 'text/csv')
  assert.equal(await type(`${QUESTION}&format=parquet`, 'text/csv'), 'application/vnd.apache.parquet')
  assert.equal((await get(QUESTION, { accept: 'image/png' })).status, 406)
})

test('of the ranges of an Accept header the most exact one counts for a format', async () => {
  const type = async (accept: string) =>
    (await headersOf(QUESTION, { accept })).get('content-type')?.split(';')[0]?.split('/')[1]
  assert.equal(await type('application/json;q=0, */*'), 'csv')
  assert.equal(await type('*/*, application/json;Q=0'), 'csv')
  assert.equal(await type('application/json;q=0.2, text/*;q=0.1, */*;q=0'), 'json')
  assert.equal(await type('application/*;q=0.9, application/json;q=0.1, text/csv;q=0.5'), 'vnd.apache.arrow.stream')
  assert.equal(await type('application/*;q=0, */*'), 'csv')
  assert.equal(await type('text/csv, application/json'), 'csv')
  assert.equal(await type('TEXT/CSV;charset=utf-8'), 'csv')
  for (const accept of ['application/json;q=0', '*/*;q=0', 'application/*;q=0, text/csv;q=0.0, */*', ','])
    assert.equal((await get(QUESTION, { accept })).status, 406, accept)
})

test('CSV has the names of the API, quotes what needs it, and nothing a spreadsheet would run', async () => {
  const response = await get('/api/query?metrics=revenue,profit&by=customer&format=csv')
  assert.equal(
    await response.text(),
    [
      'customer,customer_label,revenue,profit',
      'C1,East Pumps,2400.1,299.95',
      `C2,"'=HYPERLINK(""http://x"")",800,300`,
      'C3,"North, ""Mills""",800,50',
      "C4,O'Brien\\,300,",
      '',
    ].join('\r\n'),
  )
  assert.match(response.headers.get('content-disposition') ?? '', /filename="trueworth-2025-03-17.csv"/)
  assert.equal(response.headers.get('trueworth-version'), '1')
})

test('CSV for people has headings in their language, and the mark by which spreadsheets know UTF-8', async () => {
  const bytes = new Uint8Array(
    await (await get('/api/query?metrics=revenue&by=customer&format=csv&lang=zh')).arrayBuffer(),
  )
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
  assert.match(new TextDecoder().decode(bytes), /^客户编号,客户,收入\r\n/)
})

test('XLSX has figures as numbers, headings for people that stay in sight, and no formula', async () => {
  const response = await get('/api/query?metrics=revenue,profit_margin&by=customer&format=xlsx&lang=zh')
  assert.match(response.headers.get('content-disposition') ?? '', /\.xlsx"$/)
  const book = read(new Uint8Array(await response.arrayBuffer()), { cellFormula: true, bookFiles: true })
  const sheet = book.Sheets[book.SheetNames[0] ?? ''] ?? {}
  const [head, ...rows] = utils.sheet_to_json<unknown[]>(sheet, { header: 1 })
  assert.deepEqual(head, ['客户编号', '客户', '收入', '词'])
  assert.deepEqual(rows[0]?.slice(0, 3), ['C1', 'East Pumps', 2400.1])
  assert.equal(rows[1]?.[1], '=HYPERLINK("http://x")')
  assert.ok(Object.values(sheet).every((cell: unknown) => typeof cell !== 'object' || !('f' in (cell as object))))
  const file = (book as unknown as { files: Record<string, { content: Uint8Array }> }).files['xl/worksheets/sheet1.xml']
  assert.match(new TextDecoder().decode(file?.content), /<pane ySplit="1"[^>]*state="frozen"/)
})

test('XLSX has days only in columns of days, as far back as a spreadsheet counts right, and no longer text than a cell holds', async () => {
  const other = await openCompany()
  const long = '很长'.repeat(16_383)
  await other.warehouse.write((session) =>
    session.run(`DELETE FROM marts.months; DELETE FROM marts.requests;
      INSERT INTO marts.months VALUES ('2024-02-01', '2024-01-05', '2025-13-45', 'r', 1, 1, 1, 1),
        ('1900-02-01', 'long', '${long}😀😀', 'r', 1, 1, 1, 1), ('1900-03-01', 'odd', '1899-12-31', 'r', 1, 1, 1, 1);`),
  )
  const response = await other.app.request('/api/query?metrics=revenue&by=month,customer&order=month&format=xlsx')
  const sheet = Object.values(read(new Uint8Array(await response.arrayBuffer()), { cellNF: true }).Sheets)[0] ?? {}
  const cells = ['A', 'B', 'C'].map((column) => [2, 3, 4].map((row) => sheet[`${column}${row}`] as CellObject))
  assert.deepEqual(
    cells.map((column) => column.map(({ t, v, z }) => (t === 'n' ? [v, z] : v))),
    [
      ['1900-02-01', [61, 'yyyy-mm-dd'], [45_323, 'yyyy-mm-dd']],
      ['long', 'odd', '2024-01-05'],
      [`${long}…`, '1899-12-31', '2025-13-45'],
    ],
  )
  await other.close()
})

test('Arrow and Parquet hold the same rows as JSON', async () => {
  const { rows } = (await (await get(QUESTION)).json()) as { rows: Record<string, unknown>[] }
  assert.equal(rows.length, 6)
  const arrow = tableFromIPC(new Uint8Array(await (await get(`${QUESTION}&format=arrow`)).arrayBuffer()))
  assert.deepEqual(
    arrow.schema.fields.map(({ name }) => name),
    Object.keys(rows[0] ?? {}),
  )
  assert.deepEqual(
    [...(arrow.getChild('customer_label') ?? [])],
    rows.map((row) => row['customer_label']),
  )
  assert.deepEqual(
    [...(arrow.getChild('profit_margin') ?? [])],
    rows.map((row) => row['profit_margin']),
  )
  const folder = await mkdtemp(join(tmpdir(), 'trueworth-test-'))
  const warehouse = await Warehouse.open(':memory:')
  await writeFile(
    join(folder, 'answer.parquet'),
    new Uint8Array(await (await get(`${QUESTION}&format=parquet`)).arrayBuffer()),
  )
  assert.deepEqual(await warehouse.read((session) => session.rows(`FROM '${folder}/answer.parquet'`)), rows)
  warehouse.close()
  await rm(folder, { recursive: true })
})

test('formats that are streamed have no limit where the query names none, JSON has 1,000 rows', async () => {
  const big = await openCompany()
  await big.warehouse.write((session) =>
    session.run(`INSERT INTO marts.months SELECT '2025-01-01', 'X' || range, 'x', 'x', 1, 1, 1, 1 FROM range(5000)`),
  )
  const json = (await (await big.app.request('/api/query?metrics=revenue&by=customer')).json()) as {
    rows: unknown[]
    total: number
  }
  assert.deepEqual([json.rows.length, json.total], [1000, 5004])
  assert.equal(
    (await (await big.app.request('/api/query?metrics=revenue&by=customer&format=csv')).text()).trim().split('\r\n')
      .length,
    5005,
  )
  assert.equal(
    (await (await big.app.request('/api/query?metrics=revenue&by=customer&format=csv&limit=7')).text())
      .trim()
      .split('\r\n').length,
    8,
  )
  const kept = await (await big.app.request('/api/query?metrics=revenue,profit&by=customer&limit=100000')).text()
  const streamed = await big.app.request('/api/query?metrics=revenue,profit&by=customer&limit=100001')
  assert.equal(await streamed.text(), kept)
  assert.equal(streamed.headers.get('content-type'), 'application/json')
  await big.close()
})

test('a reader who leaves gives the connection back', async () => {
  const response = await get(`${QUESTION}&format=csv`)
  await response.body?.cancel()
  const half = await get(`${QUESTION}&format=arrow`)
  const reader = half.body?.getReader()
  await reader?.read()
  await reader?.cancel()
  assert.equal((await get(QUESTION)).status, 200)
})

test('HEAD answers like GET without the body', async () => {
  for (const format of ['json', 'csv', 'xlsx', 'arrow', 'parquet']) {
    const response = await company.app.request(`${QUESTION}&format=${format}`, { method: 'HEAD' })
    assert.equal(response.status, 200)
    assert.ok(response.headers.get('etag'))
    assert.equal(await response.text(), '')
  }
})

test('answers are packed for who takes it', async () => {
  const response = await get('/api/query?metrics=revenue,profit,rank_drop&by=month,customer', {
    'accept-encoding': 'gzip, br',
  })
  assert.equal(response.headers.get('content-encoding'), 'gzip')
  assert.match(gunzipSync(new Uint8Array(await response.arrayBuffer())).toString(), /"evidence"/)
  assert.equal((await get('/api/query?metrics=revenue')).headers.get('content-encoding'), null)
})

test('an answer is not packed for who refuses it, in no format', async () => {
  const question = '/api/query?metrics=revenue,profit,rank_drop&by=month,customer&format='
  const coding = async (accepted: string, format: string) =>
    (await headersOf(question + format, { 'accept-encoding': accepted })).get('content-encoding')
  for (const format of ['json', 'csv']) {
    for (const accepted of ['gzip;q=0', 'identity, gzip;q=0', 'gzip;q=0.000, *', '*;q=0', 'identity', 'x-gzipped'])
      assert.notEqual(await coding(accepted, format), 'gzip', `${format} ${accepted}`)
    for (const accepted of ['gzip;q=0.1', 'GZIP', '*', 'br, *;q=0.5'])
      assert.equal(await coding(accepted, format), 'gzip', `${format} ${accepted}`)
  }
})

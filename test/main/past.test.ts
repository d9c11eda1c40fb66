import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { Warehouse } from '../../data/warehouse.ts'
import type { Answer } from '../../models/metrics/metric.ts'
import { root } from '../support/command-line.ts'
import { Company } from './company.ts'

const config = `
import { defineConfig } from '${root}/config.ts'
export default defineConfig({
  company: { currency: 'EUR', timeZone: 'Asia/Shanghai' },
  folder: 'warehouse',
  threads: 1,
  asOf: '2026-06-30',
  sources: [{ name: 'desk', kind: 'files', folder: 'exports', feeds: [
    { entity: 'customers', from: 'customers.csv', columns: { customer_id: 'id', name: 'name', kind: "'direct'", recorded_at: "'2020-01-01'" } },
    { entity: 'requests', from: 'requests.csv', version: 'changed',
      columns: { request_id: 'id', customer_id: 'customer', opened_at: 'opened', status: 'status' } },
    { entity: 'tasks', from: 'tasks.csv', columns: { task_id: 'id', customer_id: 'customer', employee_id: 'who',
      actual_start: 'began', actual_end: 'ended', actual_minutes: 'minutes', recorded_at: 'made' } },
  ] }],
})
`

describe('figures of another moment', () => {
  let company: Company
  before(async () => {
    company = await Company.open(config)
    await mkdir(join(company.folder, 'exports'))
    const write = (name: string, text: string): Promise<void> => writeFile(join(company.folder, 'exports', name), text)
    await write('customers.csv', 'id,name\nC1,Mill\nC2,Quarry\n')
    // R2 of March was keyed in May; R1 moved from C1 to C2 in April.
    await write(
      'requests.csv',
      'id,customer,opened,status,changed\nR1,C1,2026-03-05 10:00,open,2026-03-05 10:00\nR2,C1,2026-03-20 10:00,open,2026-05-02 09:00\nR1,C2,2026-03-05 10:00,open,2026-04-15 10:00\n',
    )
    // T1 was made in March, and its work done in April; the desk keeps its present state alone.
    await write(
      'tasks.csv',
      'id,customer,who,began,ended,minutes,made\nT1,C1,E1,2026-04-09 01:00,2026-04-09 03:00,120,2026-03-20 10:00\n',
    )
    const run = await company.command('run')
    assert.equal(run.code, 0, run.stderr)
  })
  after(() => company.remove())

  const requests = async (...flags: readonly string[]): Promise<{ rows: unknown[]; answer: Answer }> => {
    const { stdout, stderr } = await company.command('query', 'requests', '--by', 'customer', '--json', ...flags)
    assert.notEqual(stdout, '', stderr)
    const answer = JSON.parse(stdout) as Answer
    return { answer, rows: answer.rows.map(({ customer, requests: n }) => [customer, n]).filter(([, n]) => n !== 0) }
  }

  test('late rows are left out and changed ones stand as they stood', async () => {
    const now = await requests()
    assert.deepEqual(now.rows, [
      ['C1', 1],
      ['C2', 1],
    ])
    const march = await requests('--known-at', '2026-03-31')
    assert.deepEqual(march.rows, [['C1', 1]])
    assert.equal(march.answer.evidence.known_at, '2026-03-31T16:00:00.000Z')
    assert.equal(march.answer.evidence.as_of, '2026-03-31')
    assert.deepEqual((await requests('--known-at', '2026-04-30')).rows, [['C2', 1]])
    assert.deepEqual((await requests('--known-at', '2026-05-02T01:00:00Z')).rows, now.rows)
  })

  test('of a row that was read later nothing is known that its own instants say came later', async () => {
    const tasks = async (...flags: readonly string[]): Promise<unknown> => {
      const { stdout, stderr } = await company.command('query', 'service_hours', '--json', ...flags)
      assert.notEqual(stdout, '', stderr)
      return (JSON.parse(stdout) as Answer).rows[0]?.['service_hours']
    }
    assert.equal(await tasks(), 2)
    assert.equal(await tasks('--known-at', '2026-03-31', '--as-of', '2026-06-30'), 0)
    assert.equal(await tasks('--known-at', '2026-04-10', '--as-of', '2026-06-30'), 2)
  })

  test('the business date may be another than that of the moment', async () => {
    const then = await requests('--known-at', '2026-05-31', '--as-of', '2026-03-10')
    assert.deepEqual(then.rows, [['C2', 1]])
    assert.equal(then.answer.evidence.as_of, '2026-03-10')
  })

  test('what is no moment, or has not come, is refused with what would be valid', async () => {
    for (const [flags, words] of [
      [['--known-at', 'tomorrow'], /known_at 'tomorrow' is no moment\. Write 2026-03-31 \/ 2026-03-31T16:00:00Z/],
      [['--known-at', '2026-02-30'], /'2026-02-30' is no moment/],
      [['--known-at', '2999-01-01'], /known_at '2999-01-01' is later than what is published/],
      [['--as-of', '2026-07-01'], /as_of '2026-07-01' is later than what is published: 2026-06-30/],
    ] as const) {
      const { code, stderr } = await company.command('query', 'requests', ...flags)
      assert.equal(code, 64, stderr)
      assert.match(stderr, words)
    }
  })

  test('a restatement tells was and is by month, with the rows that made the difference, on the API and its page', async () => {
    const server = await company.start(['serve', '--port', '0'], /http:\/\/127\.0\.0\.1:\d+/)
    try {
      const url = server.url
      const get = async (path: string): Promise<unknown> => (await fetch(new URL(path, url))).json()
      const months = await get('/api/restatements?metric=requests&known_at=2026-03-31')
      assert.deepEqual((months as { months: unknown }).months, [{ month: '2026-03-01', was: 1, is: 2 }])
      const moved = await get('/api/restatements?metric=requests&known_at=2026-03-31&where=customer:eq:C2')
      assert.deepEqual((moved as { months: unknown }).months, [{ month: '2026-03-01', was: null, is: 1 }])
      const rows = await get('/api/restatements/rows?metric=requests&known_at=2026-03-31&month=2026-03')
      const told = (rows as { rows: { record: string; change: string; fields: { field: string }[] }[] }).rows
      assert.deepEqual(
        told.map(({ record, change, fields }) => [record, change, fields.map(({ field }) => field)]),
        [
          ['R2', 'new', ['opened_at', 'customer_id']],
          ['R1', 'changed', ['customer_id']],
        ],
      )
      const page = await (
        await fetch(new URL('/restatements?metric=requests&known_at=2026-03-31&month=2026-03', url))
      ).text()
      assert.match(page, /came late[^]*<code>R1<\/code>[^]*was changed/)
      const then = await (await fetch(new URL('/customers?known_at=2026-03-31&period=all_time&kind=all', url))).text()
      assert.match(then, /These are the figures as they were known on/)
      for (const [path, status] of [
        ['/api/restatements?metric=requests', 400],
        ['/api/restatements?metric=nothing&known_at=2026-03-31', 400],
        ['/api/restatements/rows?metric=requests&known_at=2026-03-31&month=2026-13', 400],
        ['/api/restatements/rows?metric=nothing&known_at=2026-03-31&month=2026-03', 400],
        ['/restatements?known_at=nonsense', 400],
      ] as const)
        assert.equal((await fetch(new URL(path, url))).status, status, path)
    } finally {
      await server.end()
    }
  })

  test('an edition goes to a file that any tool may open, and is written over by nobody', async () => {
    const file = join(company.folder, 'march.duckdb')
    const made = await company.command('past', '--known-at', '2026-03-31', '--out', file)
    assert.equal(made.code, 0, made.stderr)
    assert.match(made.stderr, /figures as of 2026-03-31, known at 2026-03-31T16:00:00\.000Z/)
    const past = await Warehouse.open(file)
    const rows = await past.read((session) => session.rows('SELECT customer_id FROM core.requests'))
    past.close()
    assert.deepEqual(rows, [{ customer_id: 'C1' }])
    const again = await company.command('past', '--known-at', '2026-03-31', '--out', file)
    assert.equal(again.code, 2)
    assert.match(again.stderr, /march\.duckdb is there already/)
  })

  test('editions are kept for the next question, the eight used last', async () => {
    for (let day = 1; day <= 9; day++) await requests('--known-at', `2026-06-0${day}`)
    const files = await readdir(join(company.folder, 'warehouse', 'past'))
    assert.equal(files.length, 8)
    assert.ok(existsSync(join(company.folder, 'warehouse', 'past')))
    assert.ok(!files.some((name) => name.startsWith('2026-03-31')))
    assert.ok(files.some((name) => name.startsWith('2026-06-09')))
  })
})

import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { PlainReport } from '../../main/plain-report.ts'
import { Company, type Running } from './company.ts'

const SERVES = /http:\/\/127\.0\.0\.1:\d+\n/

let company: Company
let server: Running | undefined
before(async () => {
  company = await Company.ofSample()
})
after(async () => {
  await server?.end('SIGKILL')
  await company.remove()
})

test('start makes the sample, reads, builds, and ends in a URL that answers', async () => {
  server = await company.start(['start'], SERVES)
  assert.match(server.said, /sample company: [\d,]+ rows, in/)
  assert.match(server.said, new RegExp(`version 1 published: ${(await company.given()).all} rows`))
  assert.match(server.said, /Trueworth shows the sample company, on this machine only:\n {2}http/)
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200)
  const page = await (await fetch(`${server.url}/?lang=zh`)).text()
  assert.match(page, /凌川机电/)
})

test('query is answered by the server, which holds the warehouse', async () => {
  const answer = await company.command('query', 'revenue', '--period', 'all_time', '--json')
  assert.equal(answer.code, 0, answer.stderr)
  const { rows } = JSON.parse(answer.stdout) as { rows: { revenue: number }[] }
  const direct = (await (await fetch(`${server?.url}/api/query?metrics=revenue&where=period:eq:all_time`)).json()) as {
    rows: unknown
  }
  assert.deepEqual(rows, direct.rows)
  const table = await company.command('query', 'revenue', '--by', 'region', '--limit', '2')
  assert.match(table.stdout, /2 of \d+ rows · as of 2026-06-30/)
})

test('what the server refuses has the exit code it would have here', async () => {
  const { code, stderr } = await company.command('query', 'revenu')
  assert.equal(code, 64)
  assert.match(stderr, /^metrics: metric 'revenu' is unknown\. Did you mean 'revenue'\?/)
  const run = await company.command('run', '--only', 'nobody')
  assert.equal(run.code, 64, run.stderr)
  assert.match(run.stderr, /there is no source or feed nobody/)
})

test('run is done by the server, with the progress and the report that a run here has', async () => {
  const report = JSON.parse((await company.command('run', '--json')).stdout) as PlainReport
  assert.deepEqual([report.exit_code, report.status, report.error], [0, 'succeeded', null])
  assert.ok(report.rows < 1_000, 'only what the lag reads again')
  const { code, stderr } = await company.command('run', '--only', 'crm.requests', '--full')
  assert.equal(code, 0, stderr)
  assert.match(stderr, new RegExp(`^ {2}read {3}crm, 1 table +${(await company.given()).requests} rows`, 'm'))
  await company.command('run')
})

test('a run with nothing new is over at once and changes nothing', async (context) => {
  const durations: number[] = []
  for (let i = 0; i < 3; i++) {
    const report = JSON.parse((await company.command('run', '--json')).stdout) as PlainReport
    assert.deepEqual([report.published, report.rows, report.error], [false, 0, null])
    durations.push(Math.round(report.milliseconds))
  }
  context.diagnostic(`32 feeds with nothing new: ${durations.join(', ')} ms`)
  assert.ok(Math.min(...durations) < 3_000)
})

test('a second server and a rebuild are refused, and told where the first one answers', async () => {
  for (const command of ['serve', 'start']) {
    const second = await company.command(command)
    assert.equal(second.code, 2)
    assert.match(second.stderr, new RegExp(`answers at ${server?.url} already; stop it first`))
  }
  const rebuild = await company.command('rebuild')
  assert.equal(rebuild.code, 2)
  assert.match(rebuild.stderr, new RegExp(`a server at ${server?.url} holds the warehouse; stop it, then rebuild`))
})

test('SIGTERM ends the server with 0, and the next command does its work itself', async () => {
  const started = performance.now()
  assert.equal(await server?.end('SIGTERM'), 0)
  assert.ok(performance.now() - started < 10_000)
  server = undefined
  assert.equal(existsSync(join(company.folder, 'warehouse/server.json')), false)
  assert.equal((await company.command('query', 'revenue')).code, 0)
})

test('SIGTERM during a run waits for its end or takes it back, and leaves a warehouse that opens', async () => {
  const running = await company.start(['start'], /reading what is new/)
  await running.end('SIGTERM')
  assert.equal((await company.command('query', 'revenue')).code, 0)
})

test('serve refuses an address that others can reach, as long as there are no users', async () => {
  for (const host of ['0.0.0.0', '::', '192.168.1.5']) {
    const { code, stderr } = await company.command('serve', '--host', host)
    assert.equal(code, 2)
    assert.match(stderr, /where others can reach it, and there are no users yet; listen on 127\.0\.0\.1/)
  }
})

test('serve refuses a port that is taken, and says how to set another', async () => {
  server = await company.start(['serve'], SERVES)
  const { port } = new URL(server.url)
  const other = await Company.open('export default { sources: [], schedule: false }')
  try {
    const { code, stderr } = await other.command('serve', '--port', port)
    assert.equal(code, 2)
    assert.match(stderr, new RegExp(`port ${port} is taken; set another with --port`))
  } finally {
    await other.remove()
  }
})

test('after kill -9 the next server starts and has the same figures', async () => {
  const figures = async (): Promise<string> =>
    (await company.command('query', 'revenue', 'requests', '--format', 'csv')).stdout
  const before = await figures()
  await server?.end('SIGKILL')
  assert.equal(existsSync(join(company.folder, 'warehouse/server.json')), true, 'nobody took the note away')
  assert.equal(await figures(), before, 'a note of a dead server holds nobody up')
  server = await company.start(['serve'], SERVES)
  assert.equal(await figures(), before)
  assert.equal(await server.end(), 0)
})

test('serve before the first run shows that nothing is there yet, and a run over the command line fills it', async () => {
  const empty = await Company.open(
    `export default { folder: 'warehouse', server: { port: 0 }, schedule: false, sources: [{ name: 'crm', kind: 'files', folder: '.', feeds: [
       { entity: 'customers', from: 'customers.csv', columns: { customer_id: 'id', name: 'name', kind: "'direct'" } }] }] }`,
  )
  const serving = await empty.start(['serve'], SERVES)
  try {
    const page = await fetch(serving.url)
    assert.equal(page.status, 200)
    assert.equal((await empty.command('query', 'customers')).code, 2)
    await empty.write('id,name\nC1,Werke Nord\nC2,凌川\n', 'customers.csv')
    assert.equal((await empty.command('run')).code, 0)
    assert.match((await empty.command('query', 'customers', '--format', 'csv')).stdout, /^customers\r?\n2\r?\n$/)
  } finally {
    await serving.end()
    await empty.remove()
  }
})

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { localViewer } from '../../api/access.ts'
import { loadConfig } from '../../config.ts'
import { openSystem, type System } from '../../main/system.ts'
import type { RunReport } from '../../pipelines/run/run.ts'
import { SampleCompany } from './sample-company.ts'

const root = resolve(import.meta.dirname, '../..')

let company: SampleCompany
let config: string
before(async () => {
  company = await SampleCompany.make()
  config = await company.place('warehouse')
  const first = await company.run(config)
  assert.equal(first.code, 0, first.said)
})
after(() => company.remove())

test('while a run writes, a server answers with the version before, without waiting for it; then with the next', async (context) => {
  const server = await serve(config)
  try {
    await company.passDay()
    const ended = new AbortController()
    const run = order(server.url, { full: true }).finally(() => ended.abort())
    run.catch(() => undefined)
    const answers: Answer[] = []
    while (!ended.signal.aborted) answers.push(await ask(server.url, answers.length))
    const report = await run
    assert.equal(report.status, 'succeeded', report.error ?? '')
    answers.push(await ask(server.url, answers.length))
    const versions = answers.map(({ version }) => version)
    assert.deepEqual([...new Set(versions)], [1, 2])
    assert.deepEqual(
      versions,
      versions.toSorted((a, b) => a - b),
      'never back',
    )
    assert.ok(versions.filter((version) => version === 1).length > 10)
    const totals = Map.groupBy(answers, ({ version }) => version)
    for (const [version, same] of totals)
      assert.equal(new Set(same.map(({ figures }) => figures)).size, 1, `one truth in version ${version}`)
    const slowest = answers.map(({ milliseconds }) => milliseconds).toSorted((one, other) => one - other)
    context.diagnostic(
      `${answers.length} answers in a run of ${Math.round(report.milliseconds)} ms: median ${slowest[slowest.length >> 1]} ms, 95 % within ${slowest[Math.floor(slowest.length * 0.95)]} ms, slowest ${slowest.at(-1)} ms`,
    )
  } finally {
    await server.stop()
  }
})

test('a run as of an earlier day leaves out what happened after it; a plain one returns to the configured day', async () => {
  await withSystem(async (system) => {
    const plain = await marts(system)
    const report = await system.run({ trigger: 'command', asOf: '2025-12-31' })
    assert.equal(report.status, 'succeeded', report.error ?? '')
    const [figures] = await rows(
      system,
      `SELECT (SELECT SUM(requests) FROM marts.request_months) AS requests,
         (SELECT MAX(month) FROM marts.request_months) AS last_month, (SELECT COUNT(*) FROM core.orders) AS orders`,
    )
    const [counted] = await rows(
      system,
      `SELECT (SELECT count(*) FROM raw.requests WHERE opened_at + INTERVAL 8 HOUR < '2026-01-01') AS requests,
         DATE '2025-12-01' AS last_month,
         (SELECT count(*) FROM raw.orders WHERE ordered_at + INTERVAL 8 HOUR < '2026-01-01' AND status IS DISTINCT FROM 'cancelled') AS orders`,
    )
    assert.deepEqual(figures, counted)
    const { rows: trailing } = await system.queries.ask(localViewer, {
      metrics: ['request_volume'],
      by: [],
      where: [{ field: 'period', operator: 'eq', values: ['trailing_12'] }],
      order: [],
    })
    const year = await rows(
      system,
      'SELECT count(*) AS request_volume FROM raw.requests WHERE year(opened_at + INTERVAL 8 HOUR) = 2025',
    )
    assert.deepEqual(trailing, year, 'trailing_12 is the year that ends on the day')
    const back = await system.run({ trigger: 'command' })
    assert.deepEqual([back.status, back.published], ['succeeded', true])
    assert.deepEqual(await marts(system), plain)
    assert.deepEqual(
      await rows(system, 'SELECT CAST(as_of AS VARCHAR) AS as_of FROM meta.versions ORDER BY version DESC LIMIT 2'),
      [{ as_of: '2026-06-30' }, { as_of: '2025-12-31' }],
    )
  })
})

test('runs that build everything do not make the warehouse grow without end', async (context) => {
  const sizes: number[] = []
  await withSystem(async (system) => {
    for (let run = 0; run < 6; run++) {
      const report = await system.run({ trigger: 'command', asOf: run % 2 === 0 ? '2026-06-29' : '2026-06-30' })
      assert.equal(report.published, true, report.error ?? '')
      sizes.push(bytes())
    }
  })
  context.diagnostic(`megabytes after each run: ${sizes.map((size) => (size / 2 ** 20).toFixed(1)).join(' ')}`)
  assert.ok(sizes.at(-1)! <= sizes[2]! * 1.2, 'no larger than after the third')
})

function bytes(): number {
  const file = join(company.at('warehouse'), 'warehouse.duckdb')
  return [file, `${file}.wal`].reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0)
}

async function withSystem(work: (system: System) => Promise<void>): Promise<void> {
  const system = await openSystem(await loadConfig(root, config))
  try {
    await work(system)
  } finally {
    await system.close()
  }
}

function rows(system: System, sql: string): Promise<object[]> {
  return system.warehouse.read((session) => session.rows(sql))
}

/** Every row of every mart, as one number each. */
async function marts(system: System): Promise<object[]> {
  const names = ['marts.request_months', 'marts.customer_months', 'marts.customers', 'marts.opportunities']
  const tables = names.map(
    (name) =>
      `SELECT '${name}' AS name, count(*) AS rows, CAST(sum(hash(mart)) AS VARCHAR) AS contents FROM ${name} AS mart`,
  )
  return rows(system, tables.join(' UNION ALL '))
}

interface Serving {
  readonly url: string
  /** Tells it to stop and waits until it has. */
  stop(): Promise<void>
}

async function serve(file: string): Promise<Serving> {
  const child = spawn(process.execPath, ['main.ts', '-c', file, 'serve'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  let said = ''
  const url = await new Promise<string>((found, failed) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const address = /http:\S+/.exec(said)?.[0]
      if (address !== undefined) found(address)
    })
    child.once('close', () => failed(new Error(said)))
  })
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

interface Answer {
  readonly version: number
  readonly figures: string
  readonly milliseconds: number
}

/** Asks for all customers. Another limit each time: an answer that is kept would prove nothing. */
async function ask(url: string, turn: number): Promise<Answer> {
  const started = performance.now()
  const search = `metrics=revenue,profit_before_allocation,cost_to_serve_share&by=customer&limit=${10_000 + turn}`
  const answer = await fetch(new URL(`/api/query?${search}`, url))
  assert.equal(answer.status, 200, await answer.clone().text())
  const { rows: figures, evidence } = (await answer.json()) as {
    rows: object[]
    evidence: { warehouse_version: number }
  }
  const milliseconds = Math.round(performance.now() - started)
  return { version: evidence.warehouse_version, figures: JSON.stringify(figures), milliseconds }
}

async function order(url: string, body: object): Promise<RunReport> {
  const answer = await fetch(new URL('/api/runs', url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  const last = (await answer.text()).trimEnd().split('\n').at(-1) ?? ''
  return (JSON.parse(last) as { report: RunReport }).report
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { localViewer } from '../../api/access.ts'
import { SharedAnswers } from '../../api/queries/shared-answers.ts'
import { openCompany, publish } from './company.ts'

const question = { metrics: ['revenue'], by: ['customer'], where: [], order: [] }

test('an answer is kept until something new is published', async () => {
  const { queries, warehouse, close } = await openCompany()
  const first = await queries.ask(localViewer, question)
  assert.equal(await queries.ask(localViewer, { ...question }), first)
  await publish(warehouse, 2, `UPDATE marts.months SET revenue = 1`)
  const second = await queries.ask(localViewer, question)
  assert.equal(second.evidence.warehouse_version, 2)
  assert.deepEqual(
    second.rows.map((row) => row['revenue']),
    [3, 1, 1, 1],
  )
  await close()
})

test('an answer about a moment is of what was published when it was asked, and is kept for that alone', async () => {
  const asked: number[] = []
  const company = await openCompany({
    past: async ({ asOf }, published) => {
      asked.push(published.warehouse_version)
      if (published.warehouse_version === 1) await publish(company.warehouse, 2, 'UPDATE marts.months SET revenue = 1')
      return asOf === '2025-03-20'
        ? undefined
        : { database: 'memory', as_of: '2025-01-31', known_at: published.known_at }
    },
  })
  const { queries, close } = company
  try {
    const version = async (asOf: string): Promise<number> =>
      (await queries.ask(localViewer, { ...question, asOf })).evidence.warehouse_version
    // An edition of the past, made while version 1 was published: of version 1, though 2 is out by then.
    assert.equal(await version('2025-01-31'), 1)
    assert.equal(await version('2025-01-31'), 2)
    assert.deepEqual(asked.splice(0), [1, 2])
  } finally {
    await close()
  }
})

test('where the moment was that of the published edition, and another is published meanwhile, it is looked for again', async () => {
  for (const stream of [false, true]) {
    const asked: number[] = []
    const company = await openCompany({
      past: async (_moment, published) => {
        asked.push(published.warehouse_version)
        if (published.warehouse_version === 1)
          await publish(company.warehouse, 2, 'UPDATE marts.months SET revenue = 1')
        return undefined
      },
    })
    const { queries, close } = company
    try {
      const about = { ...question, asOf: '2025-03-20' }
      if (stream) {
        const answer = await queries.open(localViewer, about)
        assert.equal(answer.edition.warehouse_version, 2)
        answer.close()
      } else assert.equal((await queries.ask(localViewer, about)).evidence.warehouse_version, 2)
      assert.deepEqual(asked, [1, 2])
    } finally {
      await close()
    }
  }
})

test('identical questions in flight share one run', async () => {
  const { queries, close } = await openCompany()
  const answers = await Promise.all(Array.from({ length: 20 }, () => queries.ask(localViewer, question)))
  assert.equal(new Set(answers).size, 1)
  await close()
})

test('a freshness that changed is told, though the figures are the same', async () => {
  let hours = 0
  const { queries, close } = await openCompany({ now: () => new Date(Date.UTC(2025, 2, 20, 2 + hours)) })
  assert.equal((await queries.ask(localViewer, question)).evidence.sources[0]?.stale, false)
  hours = 48
  assert.equal((await queries.ask(localViewer, question)).evidence.sources[0]?.stale, true)
  await close()
})

test('an unchanged answer is 304, a newly published one is sent', async () => {
  const { app, warehouse, close } = await openCompany()
  const get = async (tag = '') =>
    app.request('/api/query?metrics=revenue', { headers: tag === '' ? {} : { 'if-none-match': tag } })
  const tag = (await get()).headers.get('etag') ?? ''
  const unchanged = await get(tag)
  assert.deepEqual([unchanged.status, await unchanged.text(), unchanged.headers.get('etag')], [304, '', tag])
  assert.equal((await get('W/"other"')).status, 200)
  assert.equal((await get(`W/"other", ${tag}`)).status, 304)
  await publish(warehouse, 2)
  assert.equal((await get(tag)).status, 200)
  await close()
})

test('a refusal has no ETag, and no If-None-Match makes it a 304', async () => {
  const { app, warehouse, close } = await openCompany({ limits: { rows: 3 } })
  const get = async (search: string, known: string) =>
    app.request(`/api/query?${search}`, { headers: { 'if-none-match': known } })
  const of = async (search: string, status: number): Promise<void> => {
    for (const known of ['W/"other"', '*']) {
      const refused = await get(search, known)
      assert.deepEqual([refused.status, refused.headers.get('etag')], [status, null], `${search} ${known}`)
    }
  }
  await of('metrics=nonsense', 400)
  await of('metrics=revenue&compare=previous', 400)
  await of('metrics=revenue&format=nonsense', 400)
  await of('metrics=revenue&by=customer&format=csv', 413)
  await of('metrics=revenue&by=customer&limit=200000', 413)
  const tag = (await get('metrics=revenue', '')).headers.get('etag') ?? ''
  for (const search of ['metrics=revenue', 'metrics=revenue&format=csv', 'metrics=revenue,profit&by=month,customer']) {
    const any = await get(search, '*')
    assert.deepEqual([any.status, await any.text(), any.headers.get('content-type')], [304, '', null], search)
  }
  await warehouse.write((session) => session.run('DELETE FROM meta.versions'))
  await of('metrics=revenue', 503)
  assert.equal((await get('metrics=revenue', tag)).status, 503)
  await close()
})

test('before the first run the API says so, and health too', async () => {
  const { app, warehouse, close } = await openCompany()
  const health = async (): Promise<unknown> => (await app.request('/healthz')).json()
  assert.deepEqual(await health(), { state: 'ready', version: '0.1.0', warehouse_version: 1 })
  await warehouse.write((session) => session.run('DELETE FROM meta.versions'))
  assert.deepEqual(await health(), { state: 'empty', version: '0.1.0', warehouse_version: 0 })
  for (const format of ['json', 'csv']) {
    const response = await app.request(`/api/query?metrics=revenue&format=${format}`)
    assert.equal(response.status, 503)
    assert.match(await response.text(), /No figures have been published yet/)
  }
  await warehouse.write((session) => session.run('DROP SCHEMA meta CASCADE'))
  assert.deepEqual(await health(), { state: 'empty', version: '0.1.0', warehouse_version: 0 })
  assert.equal((await app.request('/api/pipelines')).status, 200)
  await close()
})

test('a run that everyone has left is aborted; one that someone still waits for goes on', async () => {
  const answers = new SharedAnswers<string>(() => 1)
  const { promise, resolve } = Promise.withResolvers<string>()
  let aborted = false
  const start = async (signal: AbortSignal): Promise<string> => {
    signal.addEventListener('abort', () => (aborted = true))
    return promise
  }
  const [one, two] = [new AbortController(), new AbortController()]
  const first = answers.run('key', start, one.signal)
  const second = answers.run('key', start, two.signal)
  one.abort()
  await assert.rejects(first, { name: 'AbortError' })
  assert.equal(aborted, false)
  two.abort()
  await assert.rejects(second, { name: 'AbortError' })
  assert.equal(aborted, true)
  resolve('late')
})

test('a reader who leaves stops the query', async () => {
  const { app, warehouse, close } = await openCompany()
  await warehouse.write((session) =>
    session.run(`DROP TABLE marts.months; CREATE VIEW marts.months AS
      SELECT DATE '2025-01-01' AS month, 'C' || (a.range % 7) AS customer_id, 'n' AS customer_name, 'r' AS region,
        a.range * b.range AS revenue, 1 AS profit, 1 AS lines, 1 AS lines_with_cost
      FROM range(1000000) a, range(100000) b`),
  )
  // At once, while the statement is being made, and while it runs.
  for (const [format, after] of [0, 1, 3, 10, 100].flatMap((ms) =>
    ['json', 'csv', 'arrow', 'parquet'].map((name) => [name, ms] as const),
  )) {
    const controller = new AbortController()
    const asked = app.request(`/api/query?metrics=revenue&by=customer&format=${format}`, { signal: controller.signal })
    setTimeout(() => controller.abort(), after)
    const started = performance.now()
    await Promise.resolve(asked).catch(() => undefined)
    assert.ok(performance.now() - started < 5_000, `${format} after ${after} ms`)
  }
  await close()
})

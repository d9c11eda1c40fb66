import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'node:test'
import { localViewer } from '../../api/access.ts'
import { defaultLimits, Turns } from '../../api/queries/limits.ts'
import { LimitError } from '../../errors.ts'
import type { OpenPast } from '../../api/queries/past.ts'
import type { Viewer } from '../../models/metrics/metric.ts'
import { basisOf } from './change-basis.ts'
import { openCompany } from './company.ts'

/** More rows than any machine counts within a test. */
const ENDLESS = `DROP TABLE marts.months; CREATE VIEW marts.months AS
  SELECT DATE '2025-01-01' AS month, 'C' || (a.range % 7) AS customer_id, 'n' AS customer_name, 'r' AS region,
    a.range * b.range AS revenue, 1 AS profit, 1 AS lines, 1 AS lines_with_cost
  FROM range(1000000) a, range(10000000) b`
const MANY = `INSERT INTO marts.months SELECT '2025-01-01', 'X' || range, 'x', 'x', 1, 1, 1, 1 FROM range(200000)`

async function problem(response: Response): Promise<{ status: number; detail: string; again: string | null }> {
  const { detail, status } = (await response.json()) as { detail: string; status: number }
  assert.equal(response.headers.get('content-type'), 'application/problem+json')
  assert.equal(status, response.status)
  return { status, detail, again: response.headers.get('retry-after') }
}

test('an answer that takes too long is given up, in every format, and says what to do', async () => {
  const { app, warehouse, faults, close } = await openCompany({ limits: { seconds: 0.3 } })
  await warehouse.write((session) => session.run(ENDLESS))
  for (const format of ['json', 'csv', 'xlsx', 'arrow', 'parquet']) {
    const said = await problem(await app.request(`/api/query?metrics=revenue&by=customer&format=${format}`))
    assert.deepEqual([said.status, said.again], [503, '5'], format)
    assert.match(said.detail, /longer than 0.3 seconds. Narrow it/)
  }
  assert.deepEqual(faults, [])
  await close()
})

test('the explanation of a change that takes too long is given up, too, and one that nobody waits for', async () => {
  const { app, queries, warehouse, faults, close } = await openCompany({ limits: { seconds: 0.3 } })
  await warehouse.write((session) =>
    session.run(`${basisOf(30)}; ALTER TABLE marts.change_basis RENAME TO basis;
      CREATE VIEW marts.change_basis AS SELECT basis.* FROM marts.basis, range(100000000) a, range(1000000) b`),
  )
  const question = { metric: 'revenue', from: '2024', to: '2025', where: [], limit: 10 }
  const said = await problem(await app.request('/api/changes?metric=revenue&from=2024&to=2025'))
  assert.deepEqual([said.status, said.again], [503, '5'])
  assert.match(said.detail, /longer than 0.3 seconds/)
  const left = new AbortController()
  const change = queries.change(localViewer, question, { signal: left.signal })
  setTimeout(() => left.abort(), 50)
  await assert.rejects(change, { name: 'AbortError' })
  assert.deepEqual(faults, [])
  await close()
})

test('an answer of too many rows is refused before it begins; fewer of them are given', async () => {
  const { app, close } = await openCompany({ limits: { rows: 3 } })
  const get = async (more: string) => app.request(`/api/query?metrics=revenue&by=customer&${more}`)
  for (const more of ['format=csv', 'format=arrow', 'format=xlsx&limit=9', 'limit=200000']) {
    const said = await problem(await get(more))
    assert.deepEqual([said.status, said.again], [413, null], more)
    assert.match(said.detail, /has 4 rows, more than the 3 that the server gives/)
  }
  assert.equal((await get('format=csv&limit=3')).status, 200)
  assert.equal((await get('format=csv&where=revenue:gt:500')).status, 200)
  assert.equal((await get('')).status, 200)
  await close()
})

test('of rows that are left out none is counted, and the row of totals is one', async () => {
  const { app, close } = await openCompany({ limits: { rows: 3 } })
  const get = async (more: string) => app.request(`/api/query?metrics=revenue&by=customer&format=csv&${more}`)
  for (const [more, rows] of [
    ['limit=3&totals=true', 4],
    ['offset=1&totals=true', 4],
    ['totals=true', 5],
  ] as const) {
    const said = await problem(await get(more))
    assert.equal(said.status, 413, more)
    assert.match(said.detail, new RegExp(`has ${rows} rows, more than the 3`))
  }
  for (const [more, rows] of [
    ['offset=1', 3],
    ['offset=9', 0],
    ['limit=2&totals=true', 3],
    ['offset=2&totals=true', 3],
  ] as const) {
    const answer = await get(more)
    assert.equal(answer.status, 200, more)
    assert.equal((await answer.text()).trim().split('\r\n').length, rows + 1, more)
  }
  await close()
})

test('an answer that is kept has so many cells at most; one that is streamed has no such end', async () => {
  const { app, close } = await openCompany({ limits: { cells: 12 } })
  const get = async (more: string) => app.request(`/api/query?metrics=revenue,profit&by=customer&${more}`)
  const said = await problem(await get('limit=4'))
  assert.equal(said.status, 413)
  assert.match(said.detail, /more than 12 cells/)
  for (const more of ['limit=3', 'where=revenue:gt:500', 'format=csv', 'limit=200000'])
    assert.equal((await get(more)).status, 200, more)
  await close()
})

test('an answer that takes more memory than there is says so', async () => {
  const { app, warehouse, close } = await openCompany()
  await warehouse.write((session) => session.run(MANY))
  await warehouse.read((session) =>
    session.run(`SET GLOBAL max_temp_directory_size = '0KB'; SET GLOBAL memory_limit = '24MB'`),
  )
  const said = await problem(await app.request('/api/query?metrics=revenue,profit&by=customer&format=csv'))
  assert.deepEqual([said.status, said.again], [503, '5'])
  assert.match(said.detail, /more memory than there is/)
  await close()
})

test('one viewer has some questions answered at once, some wait, more are refused, and another viewer is not held up', async () => {
  const viewer = (request: Request) => ({ ...localViewer, id: request.headers.get('x-id') ?? '' })
  const { app, warehouse, close } = await openCompany({ limits: { atOnce: 1, waiting: 1 }, viewer })
  await warehouse.write((session) => session.run(ENDLESS))
  const leave = new AbortController()
  const ask = async (id: string, search: string) =>
    app.request(`/api/query?${search}`, { headers: { 'x-id': id }, signal: leave.signal })
  const slow = [1, 2].map((limit) => ask('a', `metrics=revenue&by=customer&limit=${limit}`).catch(() => undefined))
  await sleep(50)
  const said = await problem(await ask('a', 'metrics=requests'))
  assert.deepEqual([said.status, said.again], [429, '5'])
  assert.match(said.detail, /1 of your questions are being answered and 1 wait/)
  assert.equal((await ask('b', 'metrics=requests')).status, 200)
  leave.abort()
  await Promise.all(slow)
  const again = await app.request('/api/query?metrics=requests&limit=9', { headers: { 'x-id': 'a' } })
  assert.equal(again.status, 200)
  await close()
})

test('a reader who takes nothing more is let go, and learns that the answer is not whole', async () => {
  const { app, warehouse, close } = await openCompany({ limits: { seconds: 1, atOnce: 1, waiting: 0 } })
  await warehouse.write((session) => session.run(MANY))
  const response = await app.request('/api/query?metrics=revenue,profit&by=customer&format=csv')
  const reader = response.body?.getReader()
  await reader?.read()
  await sleep(2_000)
  assert.equal((await app.request('/api/query?metrics=requests')).status, 200)
  const readToTheEnd = async (): Promise<void> => {
    for (;;) if ((await reader?.read())?.done !== false) return
  }
  await assert.rejects(readToTheEnd(), /longer than 1 seconds/)
  await close()
})

test('turns go in the order in which they were asked for; who leaves the line gives up its place', async () => {
  const turns = new Turns({ ...defaultLimits, atOnce: 2, waiting: 3 })
  const order: string[] = []
  const one = await turns.take(localViewer)
  const two = await turns.take(localViewer)
  const leaving = new AbortController()
  const gone = turns.take(localViewer, leaving.signal)
  const waiting = ['three', 'four'].map(async (name) => {
    const done = await turns.take(localViewer)
    order.push(name)
    return done
  })
  await assert.rejects(turns.take(localViewer), { status: 429 })
  leaving.abort()
  await assert.rejects(gone, { name: 'AbortError' })
  one()
  one()
  const three = await waiting[0]
  assert.deepEqual(order, ['three'])
  two()
  const four = await waiting[1]
  assert.deepEqual(order, ['three', 'four'])
  three?.()
  four?.()
  await Promise.all([turns.take(localViewer), turns.take(localViewer)])
})

test('of one viewer one moment is built at a time; nobody else waits for it, and too many are refused', async () => {
  const building = new Map<string, PromiseWithResolvers<void>>()
  const past: OpenPast = async ({ knownAt = '' }) => {
    const built = Promise.withResolvers<void>()
    building.set(knownAt, built)
    await built.promise
    return undefined
  }
  const { queries, close } = await openCompany({ past, limits: { waiting: 2 } })
  const other: Viewer = { ...localViewer, id: 'other' }
  const ask = async (viewer: Viewer, knownAt: string) =>
    queries.ask(viewer, { metrics: ['revenue'], by: [], where: [], order: [], knownAt })
  const days = ['2026-01-01', '2026-01-02', '2026-01-03']
  const asked = days.map((day) => ask(localViewer, day))
  const theirs = ask(other, '2026-01-04')
  await sleep(50)
  assert.deepEqual([...building.keys()].toSorted(), ['2026-01-01', '2026-01-04'])
  await assert.rejects(ask(localViewer, '2026-01-05'), LimitError)
  building.get('2026-01-04')?.resolve()
  await theirs
  for (const [at, day] of days.entries()) {
    building.get(day)?.resolve()
    await asked[at]
    await sleep(20)
    assert.equal(building.has(days[at + 1] ?? day), true)
  }
  await close()
})

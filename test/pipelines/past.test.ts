import * as fc from 'fast-check'
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { defaultPolicy } from '../../config/policy.ts'
import type { Feed, FilesSource } from '../../config/source.ts'
import { literal } from '../../data/quote.ts'
import { Warehouse, type Row, type Session } from '../../data/warehouse.ts'
import { entityNames } from '../../entities/entities.ts'
import { ModelError } from '../../errors.ts'
import { buildModels } from '../../models/builder/build.ts'
import { buildPast } from '../../models/builder/past.ts'
import { readModels } from '../../models/builder/read.ts'
import { Sandbox, textOf } from './landed.ts'

const company = { name: 'Test works', currency: 'CNY', timeZone: 'Asia/Shanghai' }
const models = await readModels(resolve(import.meta.dirname, '../../models'))
const build = { models, company, policy: defaultPolicy }

const requests: Feed = {
  entity: 'requests',
  from: 'requests.csv',
  version: 'at',
  columns: {
    request_id: 'id',
    customer_id: 'customer',
    opened_at: 'opened',
    status: 'status',
    resolved_at: 'resolved',
  },
}
const tasks: Feed = {
  entity: 'tasks',
  from: 'tasks.csv',
  version: 'at',
  columns: {
    task_id: 'id',
    customer_id: 'customer',
    employee_id: `'E1'`,
    kind: `'visit'`,
    actual_start: 'opened',
    actual_minutes: 'minutes',
  },
}
const lines: Feed = {
  entity: 'order_lines',
  from: 'lines.csv',
  version: 'at',
  columns: { order_id: `'O-' || customer`, line_id: 'id', amount: 'minutes', quantity: `'1'` },
}
const orders: Feed = {
  entity: 'orders',
  from: 'orders.csv',
  version: 'at',
  columns: { order_id: `'O-' || customer`, customer_id: 'customer', ordered_at: 'opened' },
}
const feeds = [requests, tasks, lines, orders]
const source: FilesSource = { kind: 'files', name: 'crm', folder: '/', feeds }

/** A version of a row, true from the hour `at` on. */
interface Version {
  readonly feed: number
  readonly id: number
  readonly at: number
  readonly customer: string
  readonly minutes: number
  readonly status: string
}

const version: fc.Arbitrary<Version> = fc.record({
  feed: fc.nat({ max: feeds.length - 1 }),
  id: fc.integer({ min: 1, max: 4 }),
  at: fc.integer({ min: 1, max: 1_500 }),
  customer: fc.constantFrom('C1', 'C2', 'C3'),
  minutes: fc.integer({ min: 1, max: 500 }),
  status: fc.constantFrom('open', 'closed'),
})
const versions = fc.uniqueArray(version, { minLength: 6, maxLength: 30, selector: ({ at }) => at })

const START = Date.UTC(2025, 9, 1)
const instant = (hour: number): string => new Date(START + hour * 3_600_000).toISOString()
const clockAt = (hour: number) => ({ asOf: instant(hour).slice(0, 10), knownAt: instant(hour) })

/** A row of a source. It happened some time before anybody knew: half of the records are a month late. */
function row({ id, at, customer, minutes, status }: Version): Row {
  const opened = instant(at - (minutes % 2 === 0 ? 1 : 720) - (minutes % 48))
  return { id: String(id), customer, minutes: String(minutes), status, opened, resolved: instant(at), at: instant(at) }
}

async function deliver(sandbox: Sandbox, told: readonly Version[]): Promise<void> {
  for (const [place, feed] of feeds.entries()) {
    const rows = told.filter((each) => each.feed === place).map(row)
    if (rows.length > 0) await sandbox.deliver(source, rows, { feed })
  }
}

async function emptied(sandbox: Sandbox): Promise<void> {
  await sandbox.warehouse.write(async (session) => {
    for (const entity of entityNames) await session.run(`DELETE FROM raw.${entity}; DELETE FROM history.${entity}`)
    for (const table of ['rejects', 'batches', 'watermarks']) await session.run(`DELETE FROM meta.${table}`)
  })
}

/** Every row of every table that figures come from, in one order. */
async function figuresOf(session: Session): Promise<Record<string, string[]>> {
  const tables = await session.rows<{ name: string }>(
    `SELECT schema_name || '.' || table_name AS name FROM duckdb_tables()
     WHERE schema_name IN ('core', 'marts') AND database_name = current_database() ORDER BY name`,
  )
  const figures: Record<string, string[]> = {}
  for (const { name } of tables) {
    const rows = await session.rows<{ text: string }>(`SELECT CAST(to_json(t) AS VARCHAR) AS text FROM ${name} AS t`)
    figures[name] = rows.map(({ text }) => text).toSorted((one, other) => (one < other ? -1 : 1))
  }
  return figures
}

async function figuresIn(file: string): Promise<Record<string, string[]>> {
  const past = await Warehouse.open(file)
  try {
    return await past.read(figuresOf)
  } finally {
    past.close()
  }
}

describe('as known at', () => {
  let late: Sandbox
  let onTime: Sandbox
  before(async () => {
    late = await Sandbox.open([source])
    onTime = await Sandbox.open([source])
  })
  after(async () => {
    await late.close()
    await onTime.close()
  })

  test('a feed that comes shuffled and late gives, for every past moment, the figures an on-time build gave then', async () => {
    const deliveries = versions
      .chain((all) =>
        fc.record({
          all: fc.constant(all),
          shuffled: fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
          cut: fc.nat({ max: all.length }),
          moments: fc.uniqueArray(fc.integer({ min: 0, max: 1_600 }), { minLength: 2, maxLength: 3 }),
        }),
      )
      // At one of the moments at least, some is known and some is not.
      .filter(({ all, moments }) =>
        moments.some((moment) => {
          const known = all.filter(({ at }) => at <= moment).length
          return known > 0 && known < all.length
        }),
      )
    await fc.assert(
      fc.asyncProperty(deliveries, async ({ all, shuffled, cut, moments }) => {
        await emptied(late)
        await emptied(onTime)
        await deliver(late, shuffled.slice(0, cut))
        await deliver(late, shuffled.slice(cut))
        let known: readonly Version[] = []
        for (const moment of moments.toSorted((one, other) => one - other)) {
          const news = all.filter(({ at }) => at <= moment && !known.some((each) => each.at === at))
          await deliver(onTime, news)
          known = [...known, ...news]
          const then = await onTime.warehouse.write(async (session) => {
            await buildModels(session, { ...build, ...clockAt(moment) })
            return figuresOf(session)
          })
          const file = join(late.folder, 'past', `${moment}.duckdb`)
          await buildPast(late.warehouse, file, { ...build, ...clockAt(moment) })
          assert.deepEqual(await figuresIn(file), then)
        }
      }),
      { numRuns: 3 },
    )
  })

  test('a row that was deleted since counts for the time before, and one that came late does not', async () => {
    const { version: _, ...whole } = orders
    const erp: FilesSource = { ...source, feeds: [{ ...whole, deletions: true }] }
    const mirror = await Sandbox.open([erp])
    try {
      const order = (customer: string) => ({ id: '1', customer, opened: instant(1) })
      await mirror.deliver(erp, [order('C1'), order('C2')], { full: true })
      const [{ first } = {}] = await mirror.rows('SELECT CAST(max(loaded_at) AS VARCHAR) AS first FROM raw.orders')
      await mirror.deliver(erp, [order('C2'), order('C3')], { full: true })
      const file = join(mirror.folder, 'past', 'deleted.duckdb')
      await buildPast(mirror.warehouse, file, { ...build, asOf: '2026-03-31', knownAt: textOf(first) })
      const told = (await figuresIn(file))['core.orders']?.map((text) => (JSON.parse(text) as Row)['customer_id'])
      assert.deepEqual(told?.toSorted(), ['C1', 'C2'])
    } finally {
      await mirror.close()
    }
  })

  test('who lists all tables meanwhile is waited for, and waits for nobody', async () => {
    const file = join(late.folder, 'past', 'waited.duckdb')
    const reader = await late.warehouse.session()
    const building = buildPast(late.warehouse, file, { ...build, ...clockAt(1) })
    const found = `SELECT 1 FROM duckdb_databases() WHERE database_name LIKE 'building%'`
    while ((await reader.one(found)) === undefined) await pause(2)
    await reader.run('BEGIN TRANSACTION READ ONLY')
    await reader.rows('SELECT table_name FROM duckdb_tables()')
    const first = await Promise.race([building.then(() => 'built'), pause(3_000).then(() => 'waits')])
    await reader.run('COMMIT')
    reader.close()
    await building
    assert.equal(first, 'waits')
    assert.equal(existsSync(file), true)
  })

  test('a build that fails leaves no file, and the warehouse as it was', async () => {
    const file = join(late.folder, 'past', 'broken.duckdb')
    const before = await late.rows('SELECT count(*) AS n FROM raw.orders')
    const broken = { ...build, models: models.filter(({ name }) => name !== 'staging.orders') }
    await assert.rejects(buildPast(late.warehouse, file, { ...broken, ...clockAt(1) }), ModelError)
    assert.equal(existsSync(file), false)
    const left = await readdir(join(late.folder, 'past'))
    assert.deepEqual(
      left.filter((name) => name.includes('.part')),
      [],
    )
    assert.deepEqual(await late.rows('SELECT count(*) AS n FROM raw.orders'), before)
    const attached = await late.rows(
      `SELECT database_name FROM duckdb_databases() WHERE NOT internal AND database_name LIKE ${literal('building%')}`,
    )
    assert.deepEqual(attached, [])
  })
})

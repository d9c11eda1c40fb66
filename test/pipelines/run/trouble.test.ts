import assert from 'node:assert/strict'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { Feed } from '../../../config/source.ts'
import { rebuild } from '../../../pipelines/run/rebuild.ts'
import { runPipelines, type RunDeps, type RunOptions } from '../../../pipelines/run/run.ts'
import { feeds, sources as systems, within, type Company } from '../company.ts'
import { contentsOf } from '../landed.ts'

describe('a run that meets trouble', () => {
  test('leaves out a batch that breaks while it is loaded, and everything else is published', () =>
    within(async (company) => {
      company.beforeExtract = (_, feed) => assert.notEqual(feed.entity, 'requests', 'not read yet')
      assert.equal((await company.run()).status, 'partial')
      company.beforeExtract = () => undefined
      await company.change(`INSERT INTO erp.sales VALUES ('O9', 'C1', '2026-01-06')`)
      company.afterBuild = () => Promise.reject(new Error('the machine was full'))
      assert.equal((await company.run()).status, 'failed', 'landed, not loaded')
      company.afterBuild = () => Promise.resolve()
      await damage(company, 'crm', 'requests', { footer: false })
      const report = await company.run({ only: ['erp'] })
      assert.equal(report.status, 'partial')
      assert.match(report.error ?? '', /the batch of tickets from crm does not load: .*It stays in landing/s)
      assert.equal((await company.rows('FROM raw.orders')).length, 6)
      assert.equal((await company.rows('FROM raw.requests')).length, 0)
      assert.equal((await company.rows(`FROM meta.watermarks WHERE entity = 'requests'`)).length, 0)
      await company.change(`UPDATE crm.tickets SET status = 'closed' WHERE id = 'R1'`)
      assert.equal((await company.run()).status, 'succeeded', 'read again from the same watermark, the rows are there')
      assert.equal((await company.rows('FROM raw.requests')).length, 20)
    }))

  test('refuses a landed file that is no Parquet any more, and names it', () =>
    within(async (company) => {
      company.afterBuild = () => Promise.reject(new Error('the machine was full'))
      await company.run()
      company.afterBuild = () => Promise.resolve()
      await damage(company, 'crm', 'requests', { footer: true })
      const report = await company.run({ only: ['erp'] })
      assert.equal(report.status, 'partial')
      assert.match(
        report.error ?? '',
        /requests: the batch of tickets from crm cannot be read: .*\.parquet is gone or no/,
      )
      assert.equal((await company.rows('FROM raw.orders')).length, 5)
    }))

  test('stopped while it writes leaves everything as it was; what it landed is loaded by the next', () =>
    within(async (company) => {
      await company.run()
      const before = await contentsOf(company.warehouse)
      await company.change(`INSERT INTO erp.sales VALUES ('O9', 'C1', '2026-01-06')`)
      const stop = new AbortController()
      company.afterBuild = async (session) => {
        setTimeout(() => stop.abort(), 50)
        await session.run('SELECT sum(hash(a.range, b.range)) FROM range(1000000) AS a, range(1000000) AS b')
      }
      const report = await company.run({ signal: stop.signal })
      assert.deepEqual([report.status, report.published], ['interrupted', false])
      assert.deepEqual(await contentsOf(company.warehouse), before)
      company.afterBuild = () => Promise.resolve()
      const next = await company.run()
      assert.deepEqual([next.status, next.version], ['succeeded', 2])
      assert.equal((await company.rows('FROM raw.orders')).length, 6)
    }))

  test('says once that batches wait for a feed that was taken out; the run succeeds and loaded rows stay', () =>
    within(async (company) => {
      await company.run()
      await company.change(`INSERT INTO erp.sales VALUES ('O9', 'C1', '2026-01-06')`)
      company.afterBuild = () => Promise.reject(new Error('the machine was full'))
      await company.run()
      company.afterBuild = () => Promise.resolve()
      const without = withoutOrders(company)
      const notes = async (): Promise<(string | undefined)[]> => {
        company.clock += 24 * 3_600_000
        const report = await runPipelines(without, { trigger: 'command' })
        assert.equal(report.status, 'succeeded', report.error ?? '')
        return report.steps.filter(({ source, step }) => source === 'erp' && step === 'load').map(({ note }) => note)
      }
      assert.deepEqual(await notes(), [
        'orders: 1 batch waits in landing, since sales of erp is configured no more. Put the feed back to load what waits; rows loaded before stay until a rebuild.',
      ])
      assert.deepEqual(await notes(), [])
      assert.equal((await company.rows('FROM raw.orders')).length, 5)
      assert.equal((await company.run()).status, 'succeeded')
      assert.equal((await company.rows('FROM raw.orders')).length, 6, 'put back, what waited is loaded')
      const rebuilt = await rebuild(without, { trigger: 'command' })
      assert.equal(rebuilt.status, 'succeeded')
      assert.equal((await company.rows('FROM raw.orders')).length, 0)
    }))

  test('brings a key that its owner deleted back from the other source when that is read in full', () =>
    within(async (company) => {
      await company.change(
        `CREATE TABLE erp.buyers (id VARCHAR, name VARCHAR); INSERT INTO erp.buyers VALUES ('C1', 'Buyer 1')`,
      )
      const buyers: Feed = { ...feeds.customers, from: 'buyers' }
      const sources = [
        { ...systems[0]!, feeds: [feeds.customers] },
        { ...systems[1]!, feeds: [{ ...buyers, rejectShare: 1 }] },
      ]
      const deps = { ...company.deps, config: { ...company.deps.config, sources } }
      const owner = async (options: Partial<RunOptions>): Promise<unknown> => {
        company.clock += 24 * 3_600_000
        const { status, error } = await runPipelines(deps, { trigger: 'command', ...options })
        assert.equal(status, 'succeeded', error ?? '')
        return (await company.rows(`SELECT source FROM raw.customers WHERE customer_id = 'C1'`))[0]?.['source']
      }
      assert.equal(await owner({}), 'crm')
      await company.change(`DELETE FROM crm.clients WHERE id = 'C1'`)
      assert.equal(await owner({}), undefined)
      assert.equal(await owner({}), undefined)
      assert.equal(await owner({ only: ['erp'], full: true }), 'erp')
    }))

  test('adds a column that a contract gained to a warehouse made before; new rows fill it, a rebuild the others', () =>
    within(async (company) => {
      await company.run()
      const whole = await contentsOf(company.warehouse)
      await company.warehouse.write((session) =>
        session.run(
          'ALTER TABLE raw.requests DROP COLUMN status; ALTER TABLE history.requests DROP COLUMN status; ALTER TABLE raw.requests DROP COLUMN opened_at',
        ),
      )
      await company.reopen()
      await company.change(
        `INSERT INTO crm.tickets VALUES ('R90', 'C1', '2026-01-01 08:00:00', 'late', '2026-03-01 08:30:00'), ('R91', 'C1', '2026-01-01 08:00:00', 'late', '2026-03-01 08:30:00')`,
      )
      assert.equal((await company.run()).status, 'succeeded')
      const filled = await company.rows(
        'SELECT status, count(*) AS n FROM raw.requests GROUP BY ALL ORDER BY n, status',
      )
      assert.deepEqual(
        filled,
        [
          { status: 'late', n: 2 },
          { status: 'open', n: 2 },
          { status: null, n: 18 },
        ],
        'what came again within the lag is filled too',
      )
      assert.equal((await rebuild(company.deps, { trigger: 'command' })).status, 'succeeded')
      const again = await contentsOf(company.warehouse)
      assert.equal(again['raw.requests']!.filter(({ status }) => status === 'open').length, 20)
      assert.deepEqual(
        again['raw.requests']!.filter(({ status }) => status === 'open').map(({ request_id }) => request_id),
        whole['raw.requests']!.map(({ request_id }) => request_id),
      )
    }))
})

function withoutOrders(company: Company): RunDeps {
  const { config } = company.deps
  return { ...company.deps, config: { ...config, sources: config.sources.filter(({ name }) => name !== 'erp') } }
}

/** Overwrites the rows of the newest landed file of a feed, and its footer too where asked. */
async function damage(
  company: Company,
  source: string,
  entity: string,
  { footer }: { footer: boolean },
): Promise<void> {
  const folder = join(company.folder, 'landing', source, entity)
  const file = (await readdir(folder))
    .filter((name) => name.endsWith('.parquet'))
    .toSorted()
    .at(-1)!
  const bytes = await readFile(join(folder, file))
  bytes.fill(0xff, 4, footer ? bytes.length : bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8))
  await writeFile(join(folder, file), bytes)
  await company.reopen()
}

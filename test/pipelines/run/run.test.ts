import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { AuditError, SourceError } from '../../../errors.ts'
import type { RunReport } from '../../../pipelines/run/run.ts'
import { within } from '../company.ts'
import { contentsOf, textOf } from '../landed.ts'

function stepsOf(report: RunReport): string[] {
  return report.steps.map(({ step, source, entity, status }) =>
    [step, source, entity, status].filter(Boolean).join(' '),
  )
}

describe('a run', () => {
  test('reads every feed, loads, builds, audits and publishes one version', () =>
    within(async (company) => {
      const report = await company.run()
      assert.equal(report.status, 'succeeded', report.error ?? '')
      assert.deepEqual([report.rows, report.rejects, report.version, report.published], [28, 0, 1, true])
      assert.deepEqual(await company.rows('SELECT customer_id, requests FROM marts.requests_by_customer ORDER BY 1'), [
        { customer_id: 'C0', requests: 7 },
        { customer_id: 'C1', requests: 7 },
        { customer_id: 'C2', requests: 6 },
      ])
      const [version] = await company.rows('FROM meta.versions')
      assert.equal(version?.['as_of'], '2026-03-31')
      assert.equal((await company.rows('FROM meta.audits')).length, 3)
      const runs = await company.state.tables.selectFrom('runs').selectAll().execute()
      assert.deepEqual(
        runs.map(({ run_id, status, rows, error }) => ({ run_id, status, rows, error })),
        [{ run_id: report.run_id, status: 'succeeded', rows: 28, error: null }],
      )
      assert.equal((await company.state.tables.selectFrom('run_steps').selectAll().execute()).length, 8)
    }))

  test('with nothing new lands nothing, builds nothing, publishes nothing, and is quick', () =>
    within(async (company) => {
      await company.run()
      await company.run()
      const [before, landed] = [await contentsOf(company.warehouse), await company.landed()]
      const report = await company.run()
      assert.equal(report.status, 'succeeded')
      assert.equal(report.published, false)
      assert.equal(company.builds.length, 1)
      assert.deepEqual(await company.landed(), landed)
      assert.ok(report.milliseconds < 3000, `${report.milliseconds} ms`)
      const after = await contentsOf(company.warehouse)
      assert.deepEqual({ ...after, 'meta.watermarks': [] }, { ...before, 'meta.watermarks': [] })
      const read = after['meta.watermarks']!.map(({ read_at }) => read_at)
      assert.deepEqual(
        new Set(read.map((instant) => textOf(instant).slice(0, 10))),
        new Set(['2026-04-04']),
        'as fresh as the last reading',
      )
    }))

  test('by cursor with a lag gives the same tables as a full one', () =>
    within(async (company) => {
      await company.run()
      await company.change(`UPDATE crm.tickets SET status = 'closed', changed = '2026-02-02 09:00:00' WHERE id IN ('R1', 'R2');
        INSERT INTO crm.tickets VALUES ('R90', 'C1', '2026-01-01', 'late', '2026-02-01 08:30:00')`)
      const report = await company.run({ only: ['crm.requests'] })
      assert.deepEqual(stepsOf(report), [
        'extract crm requests succeeded',
        'load crm requests succeeded',
        'build succeeded',
        'publish succeeded',
      ])
      assert.deepEqual(company.builds.at(-1)?.changed, ['raw.requests', 'history.requests'])
      const incremental = await contentsOf(company.warehouse)
      await company.run({ full: true })
      const full = await contentsOf(company.warehouse)
      for (const table of ['raw.requests', 'history.requests']) assert.deepEqual(full[table], incremental[table])
      assert.equal(full['raw.requests']!.length, 21)
      assert.equal(full['history.requests']!.length, 2)
    }))

  test('ends what is gone from a source that is read whole', () =>
    within(async (company) => {
      await company.run()
      await company.change(`DELETE FROM crm.clients WHERE id = 'C2'; DELETE FROM erp.sales WHERE id = 'O1'`)
      await company.run()
      assert.equal((await company.rows('FROM raw.customers')).length, 2)
      assert.deepEqual(await company.rows('SELECT customer_id, ended_how FROM history.customers'), [
        { customer_id: 'C2', ended_how: 'deleted' },
      ])
      assert.equal((await company.rows('FROM raw.orders')).length, 5, 'without deletions nothing is taken away')
    }))

  test('an audit that fails rolls everything back: readers keep what they had, the batches are loaded by the next run', () =>
    within(async (company) => {
      await company.run()
      const before = await contentsOf(company.warehouse)
      await company.change(`INSERT INTO crm.tickets VALUES ('R91', 'C1', '2026-01-01', 'new', '2026-03-01 08:30:00')`)
      company.mostRequests = 20
      const report = await company.run()
      assert.equal(report.status, 'failed')
      assert.ok(report.failure instanceof AuditError)
      assert.deepEqual(await contentsOf(company.warehouse), before)
      assert.deepEqual(await company.rows('SELECT run_id, audit, passed FROM meta.audits'), [
        { run_id: report.run_id, audit: 'at most', passed: false },
        { run_id: report.run_id, audit: 'even', passed: false },
        { run_id: report.run_id, audit: 'at least', passed: true },
      ])
      company.mostRequests = 100
      const next = await company.run()
      assert.deepEqual([next.status, next.version], ['succeeded', 2])
      assert.equal((await company.rows('FROM raw.requests')).length, 21)
      assert.deepEqual(await company.rows('SELECT DISTINCT run_id, passed FROM meta.audits'), [
        { run_id: next.run_id, passed: true },
      ])
    }))

  test('audits of a rolled-back run are not shown any longer once its cause is gone, though nothing new came', () =>
    within(async (company) => {
      await company.run()
      company.mostRequests = 10
      assert.equal((await company.run({ asOf: '2026-02-28' })).status, 'failed')
      company.mostRequests = 100
      const next = await company.run()
      assert.deepEqual([next.status, next.published], ['succeeded', true])
      assert.equal((await company.rows('FROM meta.audits WHERE NOT passed')).length, 0)
      assert.equal((await company.run()).published, false)
    }))

  test('a source that fails does not stop the others, and is tried again where that can help', () =>
    within(async (company) => {
      let tries = 0
      company.beforeExtract = (source, feed) => {
        if (source.name === 'erp') throw new SourceError('erp: no such table', { source: 'erp', retry: false })
        if (feed.entity === 'requests' && ++tries < 3)
          throw new SourceError('crm: timeout', { source: 'crm', retry: true })
      }
      const report = await company.run()
      assert.equal(tries, 3)
      assert.equal(report.status, 'partial')
      assert.match(report.error ?? '', /erp: erp: no such table/)
      assert.equal((await company.rows('FROM raw.requests')).length, 20)
      assert.equal((await company.rows(`FROM meta.watermarks WHERE source = 'erp'`)).length, 0)
    }))

  test('a batch with too many rejects stays in landing and its watermark does not move; mended, it comes in', () =>
    within(async (company) => {
      await company.run()
      await company.change(
        `INSERT INTO crm.tickets SELECT 'X' || i, CASE WHEN i > 2 THEN 'C1' END, '2026-01-01', 'new', '2026-03-01' FROM range(9) AS t(i)`,
      )
      const [before] = await company.rows(`FROM meta.watermarks WHERE entity = 'requests'`)
      const report = await company.run()
      assert.equal(report.status, 'partial')
      assert.match(report.error ?? '', /3 of 11 rows .* do not fit .* rejectShare/)
      assert.deepEqual(await company.rows(`FROM meta.watermarks WHERE entity = 'requests'`), [before])
      await company.run()
      assert.equal(
        (await company.landed()).filter((name) => name.endsWith('.parquet')).length,
        4,
        'the same batch is not landed twice',
      )
      await company.change(`UPDATE crm.tickets SET customer = 'C2' WHERE customer IS NULL`)
      const mended = await company.run()
      assert.equal((await company.rows('FROM raw.requests')).length, 29)
      assert.equal(
        (await company.run()).status,
        'succeeded',
        `the refused batch is covered by the mended one: ${mended.error}`,
      )
    }))

  test('leaves no batch without a manifest, and marks the run that a dead process left', () =>
    within(async (company) => {
      await company.run()
      const batch = (await company.landed()).find((name) => name.endsWith('.parquet'))
      const stray = join(company.folder, 'landing', 'crm', 'requests', `9${batch}`)
      await writeFile(stray, 'half a file')
      await mkdir(join(company.folder, 'landing', 'crm', 'requests', 'chunks-9'))
      await writeFile(join(company.folder, 'landing', 'crm', 'requests', 'chunks-9', '0.csv'), 'half of the rows')
      await company.state.tables
        .insertInto('runs')
        .values({
          run_id: 'dead',
          run_trigger: 'schedule',
          status: 'running',
          started_at: '2026-01-01T00:00:00Z',
          ended_at: null,
          error: null,
        })
        .execute()
      await company.run()
      assert.ok(!(await company.landed()).includes(`9${batch}`))
      assert.ok(!existsSync(join(company.folder, 'landing', 'crm', 'requests', 'chunks-9')))
      const dead = await company.state.tables
        .selectFrom('runs')
        .selectAll()
        .where('run_id', '=', 'dead')
        .executeTakeFirst()
      assert.equal(dead?.status, 'interrupted')
    }))

  test('only one run at a time, and only of what there is', () =>
    within(async (company) => {
      const first = company.run()
      await assert.rejects(company.run(), /a run is under way already/)
      assert.equal((await first).status, 'succeeded')
      await assert.rejects(company.run({ only: ['crm.invoices'] }), /there is no source or feed crm\.invoices/)
    }))

  test('a changed policy or business date builds everything again', () =>
    within(async (company) => {
      await company.run()
      const report = await company.run({ asOf: '2026-02-28' })
      assert.equal(report.published, true)
      assert.deepEqual(
        company.builds.map(({ changed }) => changed),
        [undefined, undefined],
      )
    }))
})

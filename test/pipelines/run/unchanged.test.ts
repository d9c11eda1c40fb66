import assert from 'node:assert/strict'
import { rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import type { Source } from '../../../config/source.ts'
import { runPipelines, type RunDeps, type RunReport } from '../../../pipelines/run/run.ts'
import { openSource } from '../../../pipelines/sources/open-source.ts'
import { Company, feeds } from '../company.ts'

test('a SQLite file that looks as it did is not gone through; one that was written to is, as one asked for in full', async () => {
  const company = await Company.open()
  const file = join(company.folder, 'crm.sqlite')
  const system = new DatabaseSync(file)
  try {
    system.exec(`CREATE TABLE tickets (id TEXT, customer TEXT, opened TEXT, status TEXT, changed TEXT);
      INSERT INTO tickets VALUES ('R1', 'C1', '2026-01-05 09:00:00', 'open', '2026-01-05 09:00:00')`)
    const source: Source = { kind: 'sqlite', name: 'crm', file, feeds: [feeds.requests] }
    const { read, run } = counting(company, source)

    await run()
    await run()
    assert.equal(read(), 2, 'written just now, it may be written again within the same tick')
    await settle(file)
    await run()
    await run()
    assert.equal(read(), 3)
    const idle = await run()
    assert.deepEqual([idle.status, idle.published, read()], ['succeeded', false, 3])

    system.exec(`INSERT INTO tickets VALUES ('R2', 'C1', '2026-01-06 09:00:00', 'open', '2026-01-06 09:00:00')`)
    assert.equal((await run()).rows > 0, true)
    assert.equal((await company.rows('FROM raw.requests')).length, 2)
    await settle(file)
    await run()
    const before = read()
    await run()
    assert.equal(read(), before)
    await run({ full: true })
    assert.equal(read(), before + 1)

    await rm(join(company.folder, 'landing', 'crm'), { recursive: true })
    await run()
    assert.equal(read(), before + 2, 'what it had is in landing no more')
  } finally {
    system.close()
    await company.close()
  }
})

function counting(
  company: Company,
  source: Source,
): { read: () => number; run: (options?: { full: true }) => Promise<RunReport> } {
  let readings = 0
  const deps: RunDeps = {
    ...company.deps,
    config: { ...company.deps.config, sources: [source] },
    open: async () => {
      readings += 1
      return openSource(source, { warehouse: company.warehouse })
    },
  }
  return {
    read: () => readings,
    run: async (options) => {
      company.clock += 24 * 3_600_000
      const report = await runPipelines(deps, { trigger: 'command', ...options })
      assert.equal(report.status, 'succeeded', report.error ?? '')
      return report
    },
  }
}

/** As if the file had last been written a while ago. */
async function settle(file: string): Promise<void> {
  const then = new Date(Date.now() - 60_000)
  await utimes(file, then, then)
}

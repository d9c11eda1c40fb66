import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import type { Source } from '../../../config/source.ts'
import { openState } from '../../../data/state.ts'
import { Warehouse } from '../../../data/warehouse.ts'
import { buildModels } from '../../../models/builder/build.ts'
import { readModels } from '../../../models/builder/read.ts'
import { rebuild } from '../../../pipelines/run/rebuild.ts'
import { runPipelines, type RunDeps } from '../../../pipelines/run/run.ts'
import { openSource } from '../../../pipelines/sources/open-source.ts'
import { configAround, contentsOf } from '../landed.ts'

const models = resolve(import.meta.dirname, '../../../models')

test('files and a SQLite file go through the real readers and all models, again only as far as they changed, and rebuilt', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'trueworth-whole-'))
  const system = new DatabaseSync(join(folder, 'crm.sqlite'))
  const warehouse = await Warehouse.open(join(folder, 'warehouse.duckdb'))
  const state = openState(join(folder, 'state.sqlite'))
  try {
    system.exec(`CREATE TABLE tickets (id TEXT, customer TEXT, opened TEXT, changed TEXT);
      INSERT INTO tickets VALUES ('R1', 'C1', '2026-01-05 09:00:00', '2026-01-05 09:00:00'), ('R2', 'C2', '2026-01-06 09:00:00', '2026-01-06 09:00:00')`)
    await mkdir(join(folder, 'erp'))
    await writeFile(join(folder, 'erp', 'sales-1.csv'), 'id,customer,day\nO1,C1,2026-01-02\nO2,C1,not a day\n')
    const config = configAround(folder, sources(folder))
    const report = (): string => JSON.stringify(steps)
    const steps: unknown[] = []
    const deps: RunDeps = {
      warehouse,
      state,
      config,
      now: () => new Date(),
      open: (source) => openSource(source, { warehouse }),
      build: async (session, { asOf, knownAt, changed }) =>
        buildModels(session, {
          ...config,
          models: await readModels(models),
          asOf,
          knownAt,
          ...(changed && { only: changed }),
        }),
      modelsFingerprint: () => 'these models',
      onProgress: (event) => steps.push(event),
    }
    const first = await runPipelines(deps, { trigger: 'start' })
    assert.equal(first.status, 'succeeded', first.error ?? report())
    assert.deepEqual([first.rows, first.rejects, first.version], [4, 1, 1])

    assert.equal((await runPipelines(deps, { trigger: 'command' })).published, false)

    system.exec(`UPDATE tickets SET customer = 'C3', changed = '2026-01-09 09:00:00' WHERE id = 'R2'`)
    await writeFile(join(folder, 'erp', 'sales-2.csv'), 'id,customer,day\nO3,C2,2026-01-03\n')
    steps.length = 0
    const second = await runPipelines(deps, { trigger: 'command' })
    assert.equal(second.status, 'succeeded', second.error ?? report())
    assert.deepEqual(await warehouse.read((session) => session.rows('SELECT order_id FROM raw.orders ORDER BY 1')), [
      { order_id: 'O1' },
      { order_id: 'O3' },
    ])
    assert.equal((await warehouse.read((session) => session.rows('FROM history.requests'))).length, 1)

    const before = await contentsOf(warehouse)
    const again = await rebuild(deps, { trigger: 'command' })
    assert.equal(again.status, 'succeeded', again.error ?? '')
    assert.deepEqual(await contentsOf(warehouse), before)
  } finally {
    system.close()
    warehouse.close()
    await state.close()
    await rm(folder, { recursive: true, force: true })
  }
})

function sources(folder: string): Source[] {
  return [
    {
      kind: 'sqlite',
      name: 'crm',
      file: join(folder, 'crm.sqlite'),
      feeds: [
        {
          entity: 'requests',
          from: 'tickets',
          columns: { request_id: 'id', customer_id: 'customer', opened_at: 'opened' },
          cursor: { column: 'changed', lag: { days: 1 } },
          version: 'changed',
        },
      ],
    },
    {
      kind: 'files',
      name: 'erp',
      folder: join(folder, 'erp'),
      feeds: [
        {
          entity: 'orders',
          from: 'sales-*.csv',
          columns: { order_id: 'id', customer_id: 'customer', ordered_at: 'day' },
          rejectShare: 0.5,
        },
      ],
    },
  ]
}

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, test } from 'node:test'
import { openState } from '../../data/state.ts'
import { ConfigError } from '../../errors.ts'

const run = { run_trigger: 'schedule', status: 'running', started_at: '2025-01-01T00:00:00.000Z' }
const noEnd = { ended_at: null, rows: 0, rejects: 0, error: null }

describe('the state', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trueworth-state-'))
  })
  after(() => rm(folder, { recursive: true }))

  test('a run written before closing is there after opening again', async () => {
    const path = join(folder, 'deep', 'state.sqlite')
    const first = openState(path)
    await first.tables
      .insertInto('runs')
      .values({ run_id: 'r1', ...run })
      .execute()
    await first.close()
    const second = openState(path)
    const rows = await second.tables.selectFrom('runs').selectAll().execute()
    assert.deepEqual(rows, [{ run_id: 'r1', ...run, ...noEnd, faults: null, started_by: null }])
    await second.close()
  })

  test('two processes may have it open at once', async () => {
    const path = join(folder, 'shared.sqlite')
    const [one, two] = [openState(path), openState(path)]
    await one.tables
      .insertInto('runs')
      .values({ run_id: 'r1', ...run })
      .execute()
    await two.tables.updateTable('runs').set({ status: 'done', rows: 7 }).where('run_id', '=', 'r1').execute()
    const row = await one.tables.selectFrom('runs').select(['status', 'rows']).executeTakeFirstOrThrow()
    assert.deepEqual(row, { status: 'done', rows: 7 })
    await one.close()
    await two.close()
  })

  test('a transaction that throws leaves nothing', async () => {
    const state = openState(':memory:')
    const work = state.tables.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('runs')
        .values({ run_id: 'r1', ...run })
        .execute()
      throw new Error('stopped')
    })
    await assert.rejects(work, /stopped/)
    assert.deepEqual(await state.tables.selectFrom('runs').selectAll().execute(), [])
    await state.close()
  })

  test('a step without its run is refused', async () => {
    const state = openState(':memory:')
    const step = { run_id: 'none', step: 'extract', source: 'crm', entity: 'customers', origin: 'customers' }
    const insert = state.tables
      .insertInto('run_steps')
      .values({ ...step, status: 'running', started_at: run.started_at })
      .execute()
    await assert.rejects(insert, /FOREIGN KEY/)
    await state.close()
  })

  test('closing without having asked anything frees the file', async () => {
    const path = join(folder, 'unused.sqlite')
    await openState(path).close()
    const database = new DatabaseSync(path)
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT')
    database.close()
  })

  test('a file that a newer version wrote is refused with what to do', () => {
    const path = join(folder, 'newer.sqlite')
    const database = new DatabaseSync(path)
    database.exec('PRAGMA user_version = 99')
    database.close()
    assert.throws(
      () => openState(path),
      (error) => error instanceof ConfigError && /version 99/.test(error.message),
    )
  })

  test('a file that is not SQLite is refused by name', () => {
    assert.throws(
      () => openState(import.meta.filename),
      (error) => error instanceof ConfigError && /state\.test\.ts/.test(error.message),
    )
  })
})

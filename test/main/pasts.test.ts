import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, mock, test } from 'node:test'
import type { OpenPast, Past } from '../../api/queries/past.ts'
import type { Config } from '../../config/define.ts'
import { Warehouse } from '../../data/warehouse.ts'
import { keepPasts } from '../../main/pasts.ts'

const published = { as_of: '2026-06-30', known_at: '2026-07-01T00:00:00.000Z', warehouse_version: 1 }

describe('editions of the past that are kept', () => {
  let folder: string
  let warehouse: Warehouse
  let open: OpenPast
  let built: string[] = []
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trueworth-pasts-'))
    warehouse = await Warehouse.open(join(folder, 'warehouse.duckdb'))
    mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-07-01T08:00:00Z') })
    open = keepPasts({
      warehouse,
      config: { folder, company: { timeZone: 'UTC' } } as Config,
      build: async (file, { asOf }) => {
        built.push(asOf)
        await mkdir(dirname(file), { recursive: true })
        const edition = await Warehouse.open(file)
        await edition.write((session) => session.run(`CREATE TABLE day AS SELECT DATE '${asOf}' AS day`))
        edition.close()
      },
      fingerprint: () => Promise.resolve('1'),
    })
  })
  after(async () => {
    mock.timers.reset()
    warehouse.close()
    await rm(folder, { recursive: true })
  })

  const ask = async (knownAt: string): Promise<Past> => {
    const past = await open({ knownAt }, published)
    assert.ok(past)
    return past
  }
  const days = async (): Promise<string[]> =>
    (await readdir(join(folder, 'past'))).map((name) => name.slice(0, 10)).toSorted()
  const read = async ({ database }: Past): Promise<unknown> =>
    warehouse.read((session) => session.one(`SELECT CAST(day AS VARCHAR) AS day FROM ${database}.day`))

  test('the one that was longest not asked for goes, not the one that was opened first', async () => {
    for (let day = 1; day <= 8; day++) {
      await ask(`2026-05-0${day}`)
      mock.timers.tick(1_000)
    }
    mock.timers.tick(60_000)
    await ask('2026-05-01')
    mock.timers.tick(60_000)
    await ask('2026-05-09')
    const kept = await days()
    assert.equal(kept.length, 8)
    assert.ok(kept.includes('2026-05-02') && !kept.includes('2026-05-03'), kept.join())
    assert.deepEqual(await read(await ask('2026-05-01')), { day: '2026-05-01' })
    assert.equal(built.filter((day) => day === '2026-05-01').length, 1)
  })

  test('whoever asks again and again while others come and go is never refused', async () => {
    built = []
    for (let day = 10; day <= 20; day++) {
      mock.timers.tick(60_000)
      const asked = [`2026-05-${day}`, '2026-05-01', '2026-05-03', `2026-05-${day}`]
      const found = await Promise.all(asked.map(ask))
      for (const [at, past] of found.entries()) assert.deepEqual(await read(past), { day: asked[at] })
    }
    assert.ok(!built.includes('2026-05-01') && !built.includes('2026-05-03'), built.join())
    mock.timers.tick(60_000)
    assert.deepEqual(await read(await ask('2026-05-04')), { day: '2026-05-04' })
    assert.ok(built.includes('2026-05-04'), 'it had gone')
  })

  test('a moment before the year 1000 has a business date like any other', async () => {
    assert.equal((await ask('0001-01-01')).as_of, '0001-01-01')
  })
})

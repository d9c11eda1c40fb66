// Each source of the sample company broken in turn: the figures that stand on it say so, and no others do.
import assert from 'node:assert/strict'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { localViewer } from '../../api/access.ts'
import { Queries } from '../../api/queries/queries.ts'
import { configOf } from '../../config.ts'
import { makeSample } from '../../data/demo/sample.ts'
import { sampleSources } from '../../data/demo/sources.ts'
import { openState, type State } from '../../data/state.ts'
import { Warehouse } from '../../data/warehouse.ts'
import { buildModels } from '../../models/builder/build.ts'
import { readModels } from '../../models/builder/read.ts'
import { dimensions, metrics } from '../../models/metrics/catalogue.ts'
import { openPipelines, runPipelines } from '../../pipelines/run/run.ts'
import { openSource } from '../../pipelines/sources/open-source.ts'

const DAY = 86_400_000
const PLACES: Readonly<Record<string, string>> = { crm: 'crm.sqlite', erp: 'erp', dealers: 'dealers', phone: 'phone' }

describe('evidence of each figure', () => {
  let folder: string
  let warehouse: Warehouse
  let state: State
  let clock = Date.parse('2026-07-01T00:00:00Z')
  const sources = () => sampleSources(join(folder, 'systems'))
  const run = async (): Promise<void> => {
    const models = await readModels(resolve(import.meta.dirname, '../../models'))
    const config = configOf(folder, {
      company: { currency: 'CNY', timeZone: 'Asia/Shanghai' },
      folder: '.',
      asOf: '2026-06-30',
      sources: sources(),
    })
    await runPipelines(
      {
        warehouse,
        state,
        config,
        now: () => new Date(clock),
        open: (source) => openSource(source, { warehouse }),
        build: (session, { asOf, knownAt, changed }) =>
          buildModels(session, {
            models,
            company: config.company,
            policy: config.policy,
            asOf,
            knownAt,
            ...(changed && { only: changed }),
          }),
        modelsFingerprint: () => 'sample',
        wait: () => Promise.resolve(),
      },
      { trigger: 'command' },
    )
  }
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trueworth-evidence-'))
    await makeSample({ folder: join(folder, 'systems'), scale: 1, seed: 3 })
    warehouse = await Warehouse.open(join(folder, 'warehouse.duckdb'))
    state = openState(join(folder, 'state.sqlite'))
    await openPipelines({ warehouse, state, now: () => new Date(clock) })
    await run()
  })
  after(async () => {
    warehouse.close()
    await state.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** Metrics that say they are out of date. */
  const stale = async (): Promise<string[]> => {
    const queries = new Queries({
      warehouse,
      catalogue: { metrics, dimensions },
      sources: sources(),
      now: () => new Date(clock),
    })
    const names = Object.keys(metrics)
    const { evidence } = await queries.ask(localViewer, { metrics: names, by: [], where: [], order: [] })
    return names.filter((name) => evidence.figures[name]?.stale === true).toSorted()
  }

  test('where every source was read lately no figure is out of date', async () => {
    assert.deepEqual(await stale(), [])
  })

  for (const [source, place] of Object.entries(PLACES)) {
    test(`without ${source} every figure that stands on it says so, and no other`, async () => {
      const path = join(folder, 'systems', place)
      await rename(path, `${path}.away`)
      try {
        clock += 3 * DAY
        await run()
      } finally {
        await rename(`${path}.away`, path)
      }
      const fed = new Set(
        sources()
          .filter(({ name }) => name === source)
          .flatMap(({ feeds }) => feeds.map(({ entity }) => entity as string)),
      )
      const depend = Object.entries(metrics)
        .filter(([, { standsOn }]) => standsOn.some((field) => fed.has(field.split('.')[0] ?? '')))
        .map(([name]) => name)
        .toSorted()
      assert.deepEqual(await stale(), depend)
      if (source !== 'phone') assert.ok(depend.length > 0 && depend.length < Object.keys(metrics).length)
      await run()
    })
  }

  test('a figure tells its sources, the oldest reading and how late such records are keyed', async () => {
    const queries = new Queries({
      warehouse,
      catalogue: { metrics, dimensions },
      sources: sources(),
      now: () => new Date(clock),
    })
    const { evidence } = await queries.ask(localViewer, {
      metrics: ['requests', 'revenue', 'traced_expenses'],
      by: [],
      where: [],
      order: [],
    })
    assert.deepEqual(evidence.figures['requests']?.sources, ['crm'])
    assert.deepEqual(evidence.figures['revenue']?.sources, ['erp'])
    assert.deepEqual(evidence.figures['traced_expenses']?.sources, ['crm', 'erp'])
    assert.equal(evidence.figures['revenue']?.entry_lag_days, null)
    assert.ok((evidence.figures['traced_expenses']?.entry_lag_days ?? 0) > 1)
  })
})

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { defaultAccess } from '../../../config/access.ts'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Config } from '../../../config/define.ts'
import { defaultPolicy } from '../../../config/policy.ts'
import { makeSample } from '../../../data/demo/sample.ts'
import { sampleSources } from '../../../data/demo/sources.ts'
import { openState, type State } from '../../../data/state.ts'
import { Warehouse, type Row } from '../../../data/warehouse.ts'
import { buildModels } from '../../../models/builder/build.ts'
import { readModels } from '../../../models/builder/read.ts'
import { runPipelines } from '../../../pipelines/run/run.ts'
import { openSource } from '../../../pipelines/sources/open-source.ts'

const models = resolve(import.meta.dirname, '../../../models')
const AS_OF = '2026-06-30'
/** Those that say what was told at a look stand on staging and on each other alone. */
const LEADS = /^lead_(?!margins)/
const company = { name: 'Sample', currency: 'CNY', timeZone: 'Asia/Shanghai' }

interface Truth {
  readonly hidden_deals: readonly { opportunity_id: string }[]
  readonly decoys: readonly { opportunity_id: string }[]
}

/** The sample company of a seed, through the ordinary pipeline. */
export class SampleCompany {
  readonly truth: Truth
  readonly #folder: string
  readonly #warehouse: Warehouse
  readonly #state: State

  private constructor(folder: string, warehouse: Warehouse, state: State, truth: Truth) {
    this.#folder = folder
    this.#warehouse = warehouse
    this.#state = state
    this.truth = truth
  }

  static async open(seed: number): Promise<SampleCompany> {
    const folder = await mkdtemp(join(tmpdir(), `trueworth-leads-${seed}-`))
    await makeSample({ folder: join(folder, 'systems'), scale: 1, seed })
    const truth = JSON.parse(await readFile(join(folder, 'systems', 'truth.json'), 'utf8')) as Truth
    const warehouse = await Warehouse.open(join(folder, 'warehouse.duckdb'))
    const state = openState(join(folder, 'state.sqlite'))
    const sample = new SampleCompany(folder, warehouse, state, truth)
    const report = await runPipelines(
      {
        warehouse,
        state,
        config: sample.#config(),
        now: () => new Date('2026-07-01T00:00:00Z'),
        open: (source) => openSource(source, { warehouse }),
        build: async (session, { asOf, knownAt }) =>
          buildModels(session, { models: await readModels(models), company, policy: defaultPolicy, asOf, knownAt }),
        modelsFingerprint: () => 'leads',
      },
      { trigger: 'command' },
    )
    if (report.status !== 'succeeded') throw new Error(report.error ?? report.status)
    return sample
  }

  rows<T extends object = Row>(sql: string): Promise<T[]> {
    return this.#warehouse.read((session) => session.rows<T>(sql))
  }

  /** Changes rows, builds the models of leads again on top of them, asks, and takes all of it back. */
  async afterwards<T extends object = Row>(change: string, sql: string): Promise<T[]> {
    let found: T[] = []
    const undo = new Error('undo')
    try {
      await this.#warehouse.write(async (session) => {
        await session.run(change)
        const leads = (await readModels(models)).filter(
          ({ schema, table }) => schema === 'staging' || (schema === 'core' && LEADS.test(table)),
        )
        const at = { asOf: AS_OF, knownAt: '2026-07-01T00:00:00Z' }
        await buildModels(session, { models: leads, company, policy: defaultPolicy, ...at })
        found = await session.rows<T>(sql)
        throw undo
      })
    } catch (error) {
      if (error !== undo) throw error
    }
    return found
  }

  async close(): Promise<void> {
    this.#warehouse.close()
    await this.#state.close()
    await rm(this.#folder, { recursive: true, force: true })
  }

  #config(): Config {
    return {
      file: join(this.#folder, 'trueworth.config.ts'),
      company,
      folder: this.#folder,
      server: { host: '127.0.0.1', port: 0 },
      sources: sampleSources(join(this.#folder, 'systems')),
      schedule: undefined,
      asOf: AS_OF,
      policy: defaultPolicy,
      access: defaultAccess,
      sample: undefined,
    }
  }
}

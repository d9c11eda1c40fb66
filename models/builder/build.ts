import type { Config } from '../../config/define.ts'
import type { Policy } from '../../config/policy.ts'
import { installMacros } from '../../data/macros.ts'
import type { Session } from '../../data/warehouse.ts'
import { writePolicy } from '../policy.ts'
import { auditModel, refuseFaults } from './audits.ts'
import { failure } from './complain.ts'
import type { AuditOutcome, Graph, Model, PlannedModel } from './model.ts'
import { planModels } from './plan.ts'
import { withScratch } from './scratch.ts'
import { fillScript } from './script.ts'

export interface BuildProgress {
  readonly model: string
  readonly step: 'build' | 'audit'
  /** Rows of a table; undefined for a view and for audits. */
  readonly rows: number | undefined
  readonly milliseconds: number
  /** 1 for the first of `of` models. */
  readonly place: number
  readonly of: number
}

export interface BuildOptions {
  readonly models: readonly Model[]
  readonly company: Config['company']
  readonly policy: Policy
  /** Business date of all figures, 'YYYY-MM-DD'. */
  readonly asOf: string
  /** What had been recorded by then counts. ISO 8601 instant in UTC. */
  readonly knownAt: string
  readonly onProgress?: (progress: BuildProgress) => void
  /** Tables (raw.requests) or models that changed: only they and what is downstream of them are built. Default: all. */
  readonly only?: readonly string[]
}

/**
 * Builds the models in order and audits them, on the caller's connection and in the caller's transaction.
 * Throws a ModelError (nothing can be built) or, after every audit has run, one AuditError that lists all faults:
 * the caller rolls back and readers keep what they had. Returns every outcome, warnings included.
 */
export async function buildModels(session: Session, options: BuildOptions): Promise<AuditOutcome[]> {
  const { models, company, policy, asOf, knownAt } = options
  const graph = await withScratch((scratch) => planModels(scratch.session, models, scratch.known))
  await installMacros(session, company)
  await writePolicy(session, { company, policy, asOf, knownAt })
  const wanted = options.only ? downstreamOf(graph, options.only) : graph.models
  await makeRoom(session, graph, wanted, options.only === undefined)
  for (const [index, model] of wanted.entries()) {
    await timed(options, { model, step: 'build', place: index + 1, of: wanted.length }, () =>
      buildModel(session, model),
    )
  }
  const outcomes: AuditOutcome[] = []
  for (const [index, model] of wanted.entries()) {
    if (model.audits.length === 0) continue
    await timed(options, { model, step: 'audit', place: index + 1, of: wanted.length }, async () => {
      outcomes.push(...(await auditModel(session, model)))
      return undefined
    })
  }
  await refuseFaults(session, wanted, outcomes)
  return outcomes
}

/** The models among `changed` and those that read them, directly or not, upstream first. */
function downstreamOf(graph: Graph, changed: readonly string[]): PlannedModel[] {
  const touched = new Set(changed)
  return graph.models.filter((model) => {
    const hit = touched.has(model.name) || model.upstream.some((name) => touched.has(name))
    if (hit) touched.add(model.name)
    return hit
  })
}

async function timed(
  { onProgress }: BuildOptions,
  { model, ...place }: { model: PlannedModel; step: BuildProgress['step']; place: number; of: number },
  work: () => Promise<number | undefined>,
): Promise<void> {
  const started = performance.now()
  const rows = await work()
  onProgress?.({ model: model.name, ...place, rows, milliseconds: performance.now() - started })
}

async function buildModel(session: Session, model: PlannedModel): Promise<number | undefined> {
  try {
    if (model.kind === 'script') return await fillScript(session, model)
    const kind = model.materialised === 'view' ? 'VIEW' : 'TABLE'
    const sql = `CREATE OR REPLACE ${kind} ${model.name} AS ${model.sql}`
    if (kind === 'TABLE') return (await session.one<{ Count: number }>(sql))?.Count
    await session.run(sql)
    return undefined
  } catch (cause) {
    throw failure(cause, model)
  }
}

/** Schemas are there, a model that became a view is no table any more, and a full build leaves nothing of models that are gone. */
async function makeRoom(session: Session, graph: Graph, wanted: readonly PlannedModel[], full: boolean): Promise<void> {
  const schemas = [...new Set(['staging', 'core', 'marts', ...graph.models.map((model) => model.schema)])]
  for (const schema of schemas) await session.run(`CREATE SCHEMA IF NOT EXISTS ${schema}`)
  const present = await session.rows<{ schema_name: string; name: string; kind: string }>(
    `SELECT schema_name, table_name AS name, 'table' AS kind FROM duckdb_tables() WHERE database_name = current_database()
     UNION ALL SELECT schema_name, view_name, 'view' FROM duckdb_views() WHERE database_name = current_database() AND NOT internal`,
  )
  const kinds = new Map(wanted.map((model) => [model.name, model.materialised]))
  for (const { schema_name, name, kind } of present) {
    if (!schemas.includes(schema_name)) continue
    const wantedKind = kinds.get(`${schema_name}.${name}`)
    if (wantedKind === undefined ? full : wantedKind !== kind)
      await session.run(`DROP ${kind.toUpperCase()} ${schema_name}."${name}"`)
  }
}

import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { createPipelineStatus } from '../api/queries/pipeline-status.ts'
import { NotPublishedError } from '../api/queries/edition.ts'
import { Queries } from '../api/queries/queries.ts'
import type { Config } from '../config/define.ts'
import type { Policy } from '../config/policy.ts'
import { openState, type State } from '../data/state.ts'
import { Warehouse, type Session } from '../data/warehouse.ts'
import { fault } from '../entities/faults.ts'
import type { Outbox } from '../deliveries/outbox.ts'
import { ConfigError } from '../errors.ts'
import { buildModels, type BuildOptions } from '../models/builder/build.ts'
import type { AuditOutcome } from '../models/builder/model.ts'
import { buildPast } from '../models/builder/past.ts'
import { readModels } from '../models/builder/read.ts'
import { dimensions, metrics } from '../models/metrics/catalogue.ts'
import type { Viewer } from '../models/metrics/metric.ts'
import type { BatchStatus, PipelineStatus } from '../models/metrics/status.ts'
import { listBatches, type Deciding } from '../pipelines/batches.ts'
import { decideClass, type Classifying } from '../pipelines/classify.ts'
import { decidePolicy, type SavingPolicy } from '../pipelines/decide-policy.ts'
import { Decisions } from '../pipelines/decisions.ts'
import { Landing } from '../pipelines/landing.ts'
import { rulesWith } from '../pipelines/rules.ts'
import type { RunEvent } from '../pipelines/run/journal.ts'
import { rebuild } from '../pipelines/run/rebuild.ts'
import {
  asOfToday,
  isRunning,
  openPipelines,
  runPipelines,
  UNKNOWN,
  type RunDeps,
  type RunOptions,
  type RunReport,
} from '../pipelines/run/run.ts'
import { figuresFingerprint } from '../pipelines/run/publish.ts'
import { openSource } from '../pipelines/sources/open-source.ts'

import { describeError } from '../terminal.ts'
import type { SendAlerts } from '../alerts/message.ts'
import { openAlerts, sendByMail, type AlertSystem } from './alerts.ts'
import { decideLead, LEAD_SOURCE, withLeadDecisions, type LeadDecision } from './lead-decisions.ts'
import { pushLeads } from './lead-webhook.ts'
import { outboxOf } from './outbox.ts'
import { keepPasts, momentOf } from './pasts.ts'
import { createPolicies, type Policies } from './policies.ts'

const MOST_DELIVERIES = 200

/** The folder Trueworth itself lies in. */
export const root = resolve(import.meta.dirname, '..')

/** What a person orders: a run, or a decision on a batch, a class, the policy or a lead. */
export type RunOrder = Omit<RunOptions, 'trigger' | 'signal'> & {
  readonly decide?: Deciding
  readonly classify?: Classifying
  readonly policy?: SavingPolicy
  readonly lead?: LeadDecision
}

/** Everything of one configuration, opened. Holds the warehouse until it is closed. */
export interface System {
  readonly config: Config
  readonly warehouse: Warehouse
  readonly state: State
  readonly queries: Queries
  /** The figures of another moment, into a DuckDB file of their own. Throws RequestError for one that has not come. */
  readonly writePast: (
    file: string,
    moment: { readonly asOf?: string; readonly knownAt?: string },
  ) => Promise<{ readonly asOf: string; readonly knownAt: string }>
  readonly status: (viewer: Viewer) => Promise<PipelineStatus>
  /** What `runPipelines` and the scheduler need, telling `tell` how it goes. */
  readonly runDeps: (tell?: (event: RunEvent) => void) => RunDeps
  readonly run: (options: RunOptions, tell?: (event: RunEvent) => void) => Promise<RunReport>
  /** A run as a person orders it; a decision on a batch is a rebuild. */
  readonly order: (order: RunOrder, tell?: (event: RunEvent) => void) => Promise<RunReport>
  /** What goes out by mail, webhook and folder. */
  readonly outbox: Outbox
  /** The newest batches of landing. */
  readonly batches: () => Promise<BatchStatus[]>
  /** What is watched; undefined: nothing is. */
  readonly alerts: AlertSystem | undefined
  /** The policy in force, and what another would make of the figures. */
  readonly policies: Policies
  /** When the schedule runs next. Set by the server. */
  nextRun: () => Date | undefined
  close(): Promise<void>
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new ConfigError(`folder ${folder} cannot be made: ${why}. Set \`folder\` to one that may be written.`, {
      cause,
    })
  }
}

/**
 * Tables that keep the order of what they are made from cost twice the memory. No model has an order; lines of files do, so
 * the setting, which holds for all connections, is off only while a run builds, and then no run reads files.
 */
async function inAnyOrder(session: Session, options: BuildOptions): Promise<AuditOutcome[]> {
  await session.run('SET GLOBAL preserve_insertion_order = false')
  try {
    return await buildModels(session, options)
  } finally {
    await session.run('SET GLOBAL preserve_insertion_order = true')
  }
}

/** Of a container, what it may have: the engine knows of no other memory than its own, and a container that is full ends it. */
function engineMemory(): number {
  const most = Math.min(totalmem(), process.constrainedMemory() || Infinity) / 2 ** 20
  return Math.round(Math.max(256, Math.min(0.8 * most, most - 624)))
}

/** What a system is handed from outside. */
export interface Outside {
  /** Takes what alerts say. Default: the mail server, where there is one. */
  readonly sendAlerts?: SendAlerts
  /** Hears of what goes wrong without anybody asking. Default: it is printed. */
  readonly onFault?: (error: unknown) => void
}

/** Throws ConfigError where another process holds the warehouse. */
export async function openSystem(config: Config, outside: Outside = {}): Promise<System> {
  const { onFault = (error: unknown) => console.error(describeError(error)) } = outside
  await makeFolder(config.folder)
  const settings = {
    memory_limit: config.memory ?? `${engineMemory()}MiB`,
    ...(config.threads !== undefined && { threads: String(config.threads) }),
    ...(config.disk !== undefined && { max_temp_directory_size: config.disk }),
  }
  const warehouse = await Warehouse.open(join(config.folder, 'warehouse.duckdb'), { settings })
  const state = openState(join(config.folder, 'state.sqlite'))
  const { sources, access } = config
  const now = (): Date => new Date()
  await openPipelines({ warehouse, state, now })
  const runDeps = (tell?: (event: RunEvent) => void): RunDeps => ({
    warehouse,
    state,
    config: withLeadDecisions(config),
    now,
    open: (source) => openSource(source, { warehouse }),
    build: async (session, request) =>
      inAnyOrder(session, {
        models: await readModels(join(root, 'models')),
        company: config.company,
        policy: await rulesOf(config, request.knownAt),
        asOf: request.asOf,
        knownAt: request.knownAt,
        onProgress: ({ step, ...built }) => (step === 'build' ? request.onModel(built) : undefined),
        ...(request.changed && { only: request.changed }),
      }),
    modelsFingerprint,
    ...(tell && { onProgress: tell }),
  })
  const writePast = async (file: string, at: { readonly asOf: string; readonly knownAt: string }): Promise<void> => {
    const [models, policy] = await Promise.all([readModels(join(root, 'models')), rulesOf(config, at.knownAt)])
    await buildPast(warehouse, file, { models, company: config.company, policy, ...at })
  }
  const past = keepPasts({
    warehouse,
    config,
    build: writePast,
    fingerprint: async (asOf) => figuresFingerprint(config, { asOf, models: await recentFingerprint() }),
  })
  const outbox = outboxOf(config, { state, now, onFault })
  /** What goes wrong beside a run is no failure of it. */
  const watched = async (run: Promise<RunReport>): Promise<RunReport> => {
    const report = await run
    await alerts?.evaluate('run').catch(onFault)
    return report
  }
  /** A receiver that does not answer is no failure of the run: what was not taken waits. */
  const pushed = async (run: Promise<RunReport>): Promise<RunReport> => {
    const report = await watched(run)
    if (config.leadWebhook !== undefined && report.published) await pushLeads({ state, warehouse, outbox, now })
    return report
  }
  const queries = new Queries({
    warehouse,
    catalogue: { metrics, dimensions },
    sources,
    now,
    past,
    access,
    limits: config.limits,
  })
  const status = createPipelineStatus({
    warehouse,
    state,
    sources,
    now,
    access,
    nextRun: () => system.nextRun(),
    deliveries: () => outbox.list({ status: ['waiting', 'sending', 'dead'], failing: true, limit: MOST_DELIVERIES }),
  })
  const send = outside.sendAlerts ?? (config.mail && sendByMail(outbox))
  const alerts = openAlerts({ config, state, warehouse, queries, status, now, send, onFault })
  const system: System = {
    config,
    alerts,
    warehouse,
    state,
    queries,
    status,
    writePast: async (file, moment) => {
      const published = await system.queries.edition()
      if (published === undefined) throw new NotPublishedError()
      const at = await momentOf({ warehouse, config }, moment, published)
      await writePast(file, at)
      return at
    },
    runDeps,
    run: (options, tell) => pushed(runPipelines(runDeps(tell), options)),
    outbox,
    order: async ({ decide, classify, policy, lead, ...order }, tell) => {
      const { by } = order
      if (lead !== undefined) {
        await decideLead({ warehouse, config, now }, { ...lead, by: by ?? UNKNOWN })
        return pushed(runPipelines(runDeps(tell), { trigger: 'command', ...order, only: [LEAD_SOURCE] }))
      }
      if (decide !== undefined)
        return watched(rebuild(runDeps(tell), { trigger: 'command', decide, ...(by !== undefined && { by }) }))
      const isDecision = classify !== undefined || policy !== undefined
      if (isDecision && isRunning(warehouse)) throw new ConfigError(fault('run_under_way', {}))
      const asOf = order.asOf ?? asOfToday(config, now())
      const decisions = await Decisions.open(join(config.folder, 'landing'))
      if (classify !== undefined)
        await decideClass({ warehouse, decisions, now, asOf }, { ...classify, by: by ?? UNKNOWN })
      if (policy !== undefined)
        await decidePolicy({ decisions, policy: config.policy, now, asOf }, { ...policy, by: by ?? UNKNOWN })
      const reads = order.correct === undefined && !isDecision
      return pushed(runPipelines(runDeps(tell), { trigger: 'command', ...order, ...(reads ? {} : { only: [] }) }))
    },
    policies: createPolicies({
      warehouse,
      config,
      access,
      sight: (viewer) => queries.sight(viewer),
      models: () => readModels(join(root, 'models')),
      fingerprint: async (asOf) => figuresFingerprint(config, { asOf, models: await modelsFingerprint() }),
    }),
    batches: async () =>
      listBatches({ warehouse, landing: await Landing.open(join(config.folder, 'landing'), { tidy: false }) }),
    nextRun: () => undefined,
    close: async () => {
      await outbox.close()
      warehouse.close()
      await state.close()
    },
  }
  return system
}

/** The rules of the configuration with what people had decided by then. */
async function rulesOf({ folder, policy }: Config, knownAt?: string): Promise<Policy> {
  return rulesWith(policy, (await Decisions.open(join(folder, 'landing'))).all, knownAt)
}

const FRESH_MS = 1_000
let printed: { readonly at: number; readonly print: Promise<string> } | undefined

/** Read once for all who ask within a second, as a page of a past moment does. */
async function recentFingerprint(): Promise<string> {
  if (printed === undefined || performance.now() - printed.at > FRESH_MS)
    printed = { at: performance.now(), print: modelsFingerprint() }
  return printed.print
}

/** Differs when a model, or the code that builds models, does. */
async function modelsFingerprint(): Promise<string> {
  const hash = createHash('sha256')
  const paths = await readdir(join(root, 'models'), { recursive: true })
  for (const path of paths.filter((each) => /\.(sql|ts)$/.test(each)).toSorted()) {
    hash.update(path).update(await readFile(join(root, 'models', path)))
  }
  return hash.digest('hex')
}

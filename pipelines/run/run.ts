import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Config } from '../../config/define.ts'
import type { State } from '../../data/state.ts'
import type { Session, Warehouse } from '../../data/warehouse.ts'
import { fault } from '../../entities/faults.ts'
import { AuditError, ConfigError, RequestError } from '../../errors.ts'
import type { RunFault, RunStatus } from '../../models/metrics/status.ts'
import { changedTables } from '../../models/rule-tables.ts'
import { landCorrection, type Correcting } from '../correct.ts'
import { Decisions, writeDecisions } from '../decisions.ts'
import { profileOf, writeDrift } from '../drift.ts'
import { Landing } from '../landing.ts'
import { rulesWith } from '../rules.ts'
import { BatchPreparation, type FeedName } from '../load/prepare.ts'
import { createEntityTables } from '../load/tables.ts'
import { createMeta, keepAudits } from '../load/meta.ts'
import { extractAll, feedsToRead, waitFor, type OpenReader } from './extract.ts'
import { faultOfError, messageOf } from './faults.ts'
import { markInterrupted, RunJournal, type RunEvent, type StepReport } from './journal.ts'
import { acceptWaiting, tellHeld } from './accept.ts'
import { recordQuarantined } from '../load/record.ts'
import { pendingBatches, type Waiting } from './pending.ts'
import { figuresFingerprint, publish, type Build, type Published } from './publish.ts'
import { markRead, rememberReads } from './reads.ts'
import { Unchanged } from './unchanged.ts'
import { tellUnclaimed } from './unclaimed.ts'
import { Windows, type Again } from './window.ts'

export interface RunDeps {
  readonly warehouse: Warehouse
  readonly state: State
  readonly config: Config
  readonly now: () => Date
  /** Opens the reader of a source; the run closes it. */
  readonly open: OpenReader
  readonly build: Build
  /** Differs when the models do. */
  readonly modelsFingerprint: () => string | Promise<string>
  readonly onProgress?: (event: RunEvent) => void
  /** How to wait before trying a source again. Default: by the clock. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

export interface RunOptions {
  readonly trigger: RunStatus['trigger']
  /** Sources, as 'crm', or feeds, as 'crm.requests', to read. What was landed before is loaded all the same. */
  readonly only?: readonly string[]
  /** Read everything, whatever was read before. */
  readonly full?: boolean
  /** Business date of all figures, 'YYYY-MM-DD'. */
  readonly asOf?: string
  /** A part of the past to read again, of the feeds that `only` names. */
  readonly again?: Again
  /** Sources, feeds or batches whose waiting batches are to be loaded although they look wrong. */
  readonly accept?: readonly string[]
  /** A rejected row with corrected values, to be landed and loaded. */
  readonly correct?: Omit<Correcting, 'by'>
  /** Who asks for the run: stands beside it, and beside what is accepted. */
  readonly by?: string
  readonly signal?: AbortSignal
}

export interface RunReport {
  readonly run_id: string
  readonly trigger: RunStatus['trigger']
  readonly status: Exclude<RunStatus['status'], 'running'>
  /** True where readers see new figures. */
  readonly published: boolean
  /** Of the warehouse now; 0 before the first publication. */
  readonly version: number | undefined
  readonly rows: number
  readonly rejects: number
  readonly steps: readonly StepReport[]
  readonly milliseconds: number
  /** What went wrong, in words; null where nothing did. */
  readonly error: string | null
  /** The first error, for the exit code. */
  readonly failure: unknown
}

const underWay = new WeakSet<Warehouse>()
const prepared = new WeakSet<Warehouse>()

/** True while a run on this warehouse is under way. */
export function isRunning(warehouse: Warehouse): boolean {
  return underWay.has(warehouse)
}

/**
 * One run: sources into landing, then landing into the warehouse, models built and audited, in one transaction.
 * What goes wrong with the data is in the report. Throws ConfigError where another run is under way or `only` names nothing.
 */
export async function runPipelines(deps: RunDeps, options: RunOptions): Promise<RunReport> {
  checkOnly(deps.config, options.only)
  return alone(deps, options, (journal) => extractAndPublish(deps, options, journal))
}

/** Holds the warehouse for one run, writes the run down, and turns whatever ends it into a report. */
export async function alone(
  deps: Pick<RunDeps, 'warehouse' | 'state' | 'now' | 'onProgress'>,
  { trigger, signal, by }: Pick<RunOptions, 'trigger' | 'signal' | 'by'>,
  work: (journal: RunJournal) => Promise<Published>,
): Promise<RunReport> {
  const { warehouse, state, now, onProgress } = deps
  if (underWay.has(warehouse)) throw new ConfigError(fault('run_under_way', {}))
  underWay.add(warehouse)
  const started = performance.now()
  try {
    await markInterrupted(state, now)
    const journal = new RunJournal(newRunId(now()), { state, now, onProgress })
    await journal.begin(trigger, by)
    const ended = await work(journal).catch(async (failure: unknown) => {
      if (failure instanceof AuditError) await rememberAudits(warehouse, journal.runId, failure)
      return { failure }
    })
    const failure = 'failure' in ended ? ended.failure : undefined
    const published = 'failure' in ended ? { version: undefined, rows: 0, rejects: 0 } : ended
    const status = statusOf(journal.steps, { failure, stopped: signal?.aborted ?? false })
    const faults = faultsOf(journal.steps, { failure, stopped: signal?.aborted ?? false })
    const error = wordsOf(faults)
    await journal.end(status, { rows: published.rows, rejects: published.rejects, error, faults })
    return {
      run_id: journal.runId,
      trigger,
      status,
      published: published.version !== undefined,
      version: published.version?.version,
      rows: published.rows,
      rejects: published.rejects,
      steps: journal.steps,
      milliseconds: performance.now() - started,
      error,
      failure: failure ?? journal.steps.find((step) => step.failure !== undefined)?.failure,
    }
  } finally {
    underWay.delete(warehouse)
  }
}

async function extractAndPublish(deps: RunDeps, options: RunOptions, journal: RunJournal): Promise<Published> {
  const { warehouse, config, now } = deps
  const signal = options.signal ?? new AbortController().signal
  await prepareTables(warehouse)
  const landing = await Landing.open(join(config.folder, 'landing'))
  const decisions = await Decisions.open(landing.folder)
  const preparation = new BatchPreparation(config.company)
  const lookup = { warehouse, landing, config, preparation, decisions }
  if (options.accept !== undefined)
    await acceptWaiting(await pendingBatches(lookup), options.accept, { decisions, by: options.by ?? UNKNOWN, now })
  if (options.correct !== undefined)
    await landCorrection({ warehouse, landing, now }, { ...options.correct, by: options.by ?? UNKNOWN })
  const windows = await warehouse.read((session) => Windows.read(session))
  const unchanged = await Unchanged.read(landing)
  const idle = await extractAll(
    {
      windows,
      landing,
      unchanged,
      journal,
      now,
      open: deps.open,
      full: options.full ?? false,
      again: options.again,
      decisions,
      inspect: (parquet) => warehouse.read((session) => profileOf(session, parquet)),
      signal,
      wait: deps.wait ?? waitFor,
    },
    feedsToRead(config.sources, options.only),
  )
  signal.throwIfAborted()
  const waiting = await pendingBatches(lookup)
  const { batches } = waiting
  await tellUnclaimed({ journal, state: deps.state }, waiting.unclaimed)
  await tellHeld(journal, waiting)
  const asOf = options.asOf ?? asOfToday(config, now())
  const figures = figuresFingerprint(config, { asOf, models: await deps.modelsFingerprint() })
  const knownAt = landing.noEarlier(decisions.noEarlier(now())).toISOString()
  const reads = await noteReads(landing, idle, knownAt)
  return publish(
    {
      warehouse,
      journal,
      build: deps.build,
      asOf,
      knownAt,
      fingerprint: figures,
      signal,
      after: async (session) => {
        const changed = await keepDecided(session, waiting, { decisions, config })
        await markRead(session, reads)
        return changed
      },
    },
    batches,
  )
}

/** Who asked for a run that says nothing of it. */
export const UNKNOWN = 'unknown'

/** What people decided, what differed, and what is in quarantine: in the transaction of the rows. Tells the tables of rules that changed. */
export async function keepDecided(
  session: Session,
  { batches, held, quarantined }: Waiting,
  { decisions, config }: { decisions: Decisions; config: Config },
): Promise<string[]> {
  const former = await writeDecisions(session, decisions.all)
  await writeDrift(session, [...batches.map(({ manifest }) => manifest), ...held, ...quarantined])
  for (const manifest of quarantined) await recordQuarantined(session, manifest)
  return changedTables(rulesWith(config.policy, former), rulesWith(config.policy, decisions.all))
}

async function noteReads(
  landing: Landing,
  idle: readonly FeedName[],
  read_at: string,
): Promise<(FeedName & { read_at: string })[]> {
  const reads = idle.map((feed) => ({ ...feed, read_at }))
  await rememberReads(landing, reads)
  return reads
}

/** What the first reader needs before any run: the tables are there, and no run of a dead process looks alive. */
export async function openPipelines({
  warehouse,
  state,
  now,
}: Pick<RunDeps, 'warehouse' | 'state' | 'now'>): Promise<void> {
  await prepareTables(warehouse)
  await markInterrupted(state, now)
}

/** Schemas and tables that everything stands on; once for each opened warehouse. */
export async function prepareTables(warehouse: Warehouse): Promise<void> {
  if (prepared.has(warehouse)) return
  await warehouse.write(async (session) => {
    await createMeta(session)
    await createEntityTables(session)
  })
  prepared.add(warehouse)
}

/** The business date: what the configuration fixes, else the day it is in the company's time zone. */
export function asOfToday(config: Config, now: Date): string {
  return config.asOf ?? new Intl.DateTimeFormat('en-CA', { timeZone: config.company.timeZone }).format(now)
}

function checkOnly(config: Config, only: readonly string[] | undefined): void {
  const names = config.sources.flatMap(({ name, feeds }) => [name, ...feeds.map(({ entity }) => `${name}.${entity}`)])
  const unknown = only?.find((name) => !names.includes(name))
  if (unknown === undefined) return
  throw new RequestError(`only: there is no source or feed ${unknown}. There are ${[...new Set(names)].join(', ')}.`, {
    field: 'only',
  })
}

/** partial: some feeds failed and the others were published. */
function statusOf(
  steps: readonly StepReport[],
  { failure, stopped }: { failure: unknown; stopped: boolean },
): RunReport['status'] {
  if (failure !== undefined) return stopped ? 'interrupted' : 'failed'
  const failed = steps.filter(({ status }) => status === 'failed')
  if (failed.length === 0) return 'succeeded'
  const good = steps.some(({ step, status }) => (step === 'extract' || step === 'build') && status === 'succeeded')
  return good ? 'partial' : 'failed'
}

/** What went wrong, one by one: the failed steps, then what ended the run. */
function faultsOf(
  steps: readonly StepReport[],
  { failure, stopped }: { failure: unknown; stopped: boolean },
): RunFault[] {
  const failed = steps.filter(({ status }) => status === 'failed')
  const faults: RunFault[] = failed.map(({ source, note, fault }) => ({ source, text: note ?? '', fault }))
  if (failure === undefined) return faults
  const text = messageOf(failure)
  return [...faults, { text, fault: stopped ? fault('stopped', { message: text }) : faultOfError(failure) }]
}

function wordsOf(faults: readonly RunFault[]): string | null {
  if (faults.length === 0) return null
  return faults.map(({ source, text }) => (source === undefined ? text : `${source}: ${text}`)).join('\n')
}

/** The transaction took its audits back with it; those that stopped it are what the page must show. */
async function rememberAudits(warehouse: Warehouse, runId: string, { outcomes }: AuditError): Promise<void> {
  await warehouse.write((session) => keepAudits(session, runId, outcomes))
}

function newRunId(now: Date): string {
  return `${now.toISOString().replaceAll(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`
}

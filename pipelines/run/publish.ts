import { createHash } from 'node:crypto'
import type { Config } from '../../config/define.ts'
import type { Session, Warehouse } from '../../data/warehouse.ts'
import { describeFault, fault } from '../../entities/faults.ts'
import { entities } from '../../entities/entities.ts'
import type { AuditOutcome } from '../../models/builder/model.ts'
import type { Manifest } from '../landing.ts'
import type { BatchToLoad, LoadOutcome } from '../load/batch.ts'
import { loadBatch } from '../load/load.ts'
import { auditsAreOfAnotherRun, keepAudits, latestVersion, writeVersion, type Version } from '../load/meta.ts'
import { messageOf, RefusedBatch } from './faults.ts'
import type { EndedStep, RunJournal, StepSubject } from './journal.ts'
import { movesOn } from '../load/record.ts'
import { isCovered, type Prepared } from './pending.ts'

export interface BuildRequest {
  /** Business date of all figures, 'YYYY-MM-DD'. */
  readonly asOf: string
  /** What had been recorded by then counts. ISO 8601 instant in UTC. */
  readonly knownAt: string
  /** Tables whose rows changed, as 'raw.requests'; undefined: everything is to be built. */
  readonly changed: readonly string[] | undefined
  readonly onModel: (model: { model: string; rows: number | undefined; milliseconds: number }) => void
}

/** Writes policy and models in the transaction of the session and audits them. Throws AuditError: nothing is published. */
export type Build = (session: Session, request: BuildRequest) => Promise<readonly AuditOutcome[]>

export interface Publication {
  readonly warehouse: Warehouse
  readonly journal: RunJournal
  readonly build: Build
  readonly asOf: string
  readonly knownAt: string
  readonly fingerprint: string
  readonly signal: AbortSignal
  /** Build all models, whatever changed. */
  readonly everything?: boolean
  /** Done before the batches and after them, in the same transaction. The latter gives the tables it changed. */
  readonly before?: (session: Session) => Promise<void>
  readonly after?: (session: Session) => Promise<readonly string[]>
}

export interface Published {
  /** The version that readers see from now on; undefined where nothing changed and nothing was built. */
  readonly version: Version | undefined
  readonly rows: number
  readonly rejects: number
}

/**
 * Write, audit, publish: loads the batches in order, builds the models and audits them, in one transaction.
 * A batch that breaks is left out and the transaction done again without it, so that it costs nobody else their figures.
 */
export async function publish(run: Publication, batches: readonly Prepared[]): Promise<Published> {
  const broken = new Map<string, unknown>()
  for (;;) {
    try {
      const { steps, loaded, published, ended } = await run.warehouse.write((session) =>
        interruptible(session, run.signal, () => attempt(run, session, { batches, broken })),
      )
      for (const step of steps) await run.journal.record(step, { told: true })
      if (published.version) await run.journal.record({ step: 'publish', milliseconds: performance.now() - ended })
      await recordBroken(run, batches, { broken, loaded })
      return published
    } catch (error) {
      if (!(error instanceof BrokenBatch) || run.signal.aborted) {
        await recordBroken(run, batches, { broken, loaded: [] })
        throw error
      }
      broken.set(error.batchId, error.cause)
    }
  }
}

class BrokenBatch extends Error {
  readonly batchId: string

  constructor(batchId: string, cause: unknown) {
    super(messageOf(cause), { cause })
    this.batchId = batchId
  }
}

interface Attempt {
  readonly steps: readonly EndedStep[]
  readonly loaded: readonly Manifest[]
  readonly published: Published
  /** When all was done but the commit. */
  readonly ended: number
}

async function attempt(
  run: Publication,
  session: Session,
  { batches, broken }: { batches: readonly Prepared[]; broken: ReadonlyMap<string, unknown> },
): Promise<Attempt> {
  await run.before?.(session)
  const steps: EndedStep[] = []
  const changed = new Set<string>()
  const loaded: Manifest[] = []
  const refused = new Map<EndedStep, Manifest>()
  for (const { manifest, toLoad } of batches.filter(({ manifest }) => !broken.has(manifest.batch_id))) {
    const subject = { source: manifest.source, entity: manifest.entity, origin: manifest.origin }
    run.journal.tell({ kind: 'begin', step: 'load', ...subject })
    const started = performance.now()
    const outcome = await loadOrBreak(session, toLoad)
    const step: EndedStep = {
      ...stepOf(subject, outcome, manifest.recovered),
      milliseconds: performance.now() - started,
    }
    steps.push(step)
    if ('refused' in outcome) refused.set(step, manifest)
    else if (movesOn(manifest)) loaded.push(manifest)
    if ('refused' in outcome) continue
    run.journal.tellEnd(step)
    if (outcome.loaded + outcome.deleted === 0) continue
    changed.add(`raw.${manifest.entity}`).add(`history.${manifest.entity}`)
  }
  for (const [step, manifest] of refused) if (isCovered(manifest, loaded)) step.failure = undefined
  for (const step of refused.keys()) run.journal.tellEnd(step)
  for (const table of (await run.after?.(session)) ?? []) changed.add(table)
  const totals = {
    rows: steps.reduce((sum, step) => sum + (step.rows ?? 0), 0),
    rejects: steps.reduce((sum, step) => sum + (step.rejects ?? 0), 0),
  }
  const former = await latestVersion(session)
  const everything =
    run.everything === true || former?.fingerprint !== run.fingerprint || (await auditsAreOfAnotherRun(session, former))
  if (!everything && changed.size === 0)
    return { steps, loaded, published: { version: undefined, ...totals }, ended: performance.now() }
  const version = await buildAndAudit(run, session, { former, changed: everything ? undefined : [...changed], steps })
  return { steps, loaded, published: { version, ...totals }, ended: performance.now() }
}

async function loadOrBreak(session: Session, batch: BatchToLoad): Promise<LoadOutcome> {
  try {
    return await loadBatch(session, batch)
  } catch (cause) {
    throw new BrokenBatch(batch.manifest.batch_id, cause)
  }
}

function stepOf(subject: StepSubject, outcome: LoadOutcome, recovered = 0): Omit<EndedStep, 'milliseconds'> {
  if ('refused' in outcome)
    return {
      step: 'load',
      ...subject,
      note: outcome.refused,
      failure: new RefusedBatch(outcome.fault, subject.source ?? ''),
    }
  const { loaded, unchanged, duplicates, leftOut, rejected, deleted } = outcome
  const parts = { new: loaded, unchanged, duplicates, 'left out': leftOut, rejected, recovered, deleted }
  const note = Object.entries(parts)
    .filter(([, rows]) => rows > 0)
    .map(([word, rows]) => `${rows} ${word}`)
    .join(', ')
  return { step: 'load', ...subject, rows: outcome.rows, rejects: rejected, note }
}

async function buildAndAudit(
  run: Publication,
  session: Session,
  {
    former,
    changed,
    steps,
  }: { former: Version | undefined; changed: readonly string[] | undefined; steps: EndedStep[] },
): Promise<Version> {
  run.journal.tell({ kind: 'begin', step: 'build' })
  const started = performance.now()
  const outcomes = await run.build(session, {
    asOf: run.asOf,
    knownAt: run.knownAt,
    changed,
    onModel: (model) => run.journal.tell({ kind: 'model', ...model }),
  })
  await keepAudits(session, run.journal.runId, outcomes, { everything: changed === undefined })
  const version = {
    version: (former?.version ?? 0) + 1,
    run_id: run.journal.runId,
    published_at: run.knownAt,
    as_of: run.asOf,
    known_at: run.knownAt,
    fingerprint: run.fingerprint,
  }
  await writeVersion(session, version)
  const warnings = outcomes.filter(({ passed }) => !passed).length
  const note = warnings > 0 ? `${warnings} audits with warnings` : undefined
  const step: EndedStep = { step: 'build', note, milliseconds: performance.now() - started }
  run.journal.tellEnd(step)
  steps.push(step)
  return version
}

async function recordBroken(
  run: Publication,
  batches: readonly Prepared[],
  { broken, loaded }: { broken: ReadonlyMap<string, unknown>; loaded: readonly Manifest[] },
): Promise<void> {
  for (const [batchId, failure] of broken) {
    const found = batches.find(({ manifest }) => manifest.batch_id === batchId)
    if (!found) continue
    const { source, entity, origin } = found.manifest
    const broke = fault('batch_breaks', { entity, from: origin, source, message: messageOf(failure) })
    const note = describeFault(broke, 'en')
    const covered = isCovered(found.manifest, loaded)
    const subject = { source, entity, origin }
    await run.journal.record({
      step: 'load',
      ...subject,
      note,
      ...(!covered && { failure, fault: broke }),
      milliseconds: 0,
    })
  }
}

async function interruptible<T>(session: Session, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted()
  const heedless = session.heed(signal)
  try {
    return await work()
  } finally {
    heedless()
  }
}

/** Changes with everything but rows that figures come from: another one means that all models are built again. */
export function figuresFingerprint(config: Config, { asOf, models }: { asOf: string; models: string }): string {
  const parts = { asOf, models, company: config.company, policy: config.policy, entities }
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

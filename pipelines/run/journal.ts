import type { State } from '../../data/state.ts'
import { describeFault, fault, type Fault } from '../../entities/faults.ts'
import type { RunFault, RunStatus } from '../../models/metrics/status.ts'
import { faultOfError, messageOf } from './faults.ts'

export type StepName = 'extract' | 'load' | 'build' | 'publish'

/** What a step is about; `build` and `publish` are about everything. */
export interface StepSubject {
  readonly source?: string
  readonly entity?: string
  readonly origin?: string
}

export interface StepReport extends StepSubject {
  readonly step: StepName
  readonly status: 'succeeded' | 'failed'
  readonly rows: number
  readonly rejects: number
  readonly milliseconds: number
  /** What an operator reads: why it failed, or what is worth knowing although it did not. */
  readonly note: string | undefined
  /** The error itself, for the exit code. */
  readonly failure: unknown
  /** The failure as a code with its details. */
  readonly fault: Fault | undefined
}

/** Told while a run goes on: a step begins, then ends. A model that was built is told on its own. */
export type RunEvent =
  | ({ readonly kind: 'begin'; readonly step: StepName } & StepSubject)
  | ({ readonly kind: 'end' } & StepReport)
  | { readonly kind: 'model'; readonly model: string; readonly rows: number | undefined; readonly milliseconds: number }
  | { readonly kind: 'retry'; readonly source: string; readonly error: string; readonly inMilliseconds: number }

export interface StepOutcome {
  readonly rows?: number
  readonly rejects?: number
  readonly note?: string | undefined
  failure?: unknown
  /** What the note says as a code, where it is not the failure's own. */
  readonly fault?: Fault | undefined
}

export type EndedStep = { step: StepName; milliseconds: number; started_at?: string } & StepSubject & StepOutcome

interface JournalOptions {
  readonly state: State
  readonly now: () => Date
  readonly onProgress?: ((event: RunEvent) => void) | undefined
}

/** Writes a run and its steps to the state file as they end, so that a rolled-back run is remembered. */
export class RunJournal {
  readonly runId: string
  readonly steps: StepReport[] = []
  readonly #options: JournalOptions

  constructor(runId: string, options: JournalOptions) {
    this.runId = runId
    this.#options = options
  }

  tell(event: RunEvent): void {
    this.#options.onProgress?.(event)
  }

  async begin(trigger: RunStatus['trigger'], by?: string): Promise<void> {
    const run = {
      run_id: this.runId,
      run_trigger: trigger,
      status: 'running',
      started_at: this.#instant(),
      ended_at: null,
    }
    await this.#options.state.tables
      .insertInto('runs')
      .values({ ...run, error: null, started_by: by ?? null })
      .execute()
  }

  /** Runs one step. An error is its outcome, not the end of the run: the caller reads `failure`. */
  async step(step: StepName, subject: StepSubject, work: () => Promise<StepOutcome>): Promise<StepReport> {
    this.tell({ kind: 'begin', step, ...subject })
    const started_at = this.#instant()
    const started = performance.now()
    const outcome = await work().catch((failure: unknown): StepOutcome => ({ failure, note: messageOf(failure) }))
    const milliseconds = performance.now() - started
    return this.record({ started_at, step, ...subject, ...outcome, milliseconds })
  }

  /** Tells of a step whose record must wait until its transaction holds. */
  tellEnd(ended: EndedStep): void {
    this.tell({ kind: 'end', ...reportOf(ended) })
  }

  /** Writes down a step that was timed elsewhere, and tells of it unless that was done. */
  async record(ended: EndedStep, { told = false } = {}): Promise<StepReport> {
    const report = reportOf(ended)
    const { rows, rejects, note, failure } = report
    this.steps.push(report)
    if (!told) this.tell({ kind: 'end', ...report })
    const ended_at = this.#instant()
    const row = {
      run_id: this.runId,
      step: report.step,
      source: report.source ?? null,
      entity: report.entity ?? null,
      origin: report.origin ?? null,
      started_at: ended.started_at ?? ended_at,
      ended_at,
      rows,
      rejects,
      status: report.status,
      error: failure === undefined ? null : (note ?? messageOf(failure)),
      fault: report.fault === undefined ? null : JSON.stringify(report.fault),
    }
    await this.#options.state.tables.insertInto('run_steps').values(row).execute()
    return report
  }

  async end(
    status: RunStatus['status'],
    { faults, ...totals }: { rows: number; rejects: number; error: string | null; faults: readonly RunFault[] },
  ): Promise<void> {
    await this.#options.state.tables
      .updateTable('runs')
      .set({ status, ...totals, faults: JSON.stringify(faults), ended_at: this.#instant() })
      .where('run_id', '=', this.runId)
      .execute()
  }

  #instant(): string {
    return this.#options.now().toISOString()
  }
}

function reportOf({ step, source, entity, origin, milliseconds, ...outcome }: EndedStep): StepReport {
  const { rows = 0, rejects = 0, note, failure } = outcome
  const fault = failure === undefined ? undefined : (outcome.fault ?? faultOfError(failure))
  const subject = { ...(source && { source }), ...(entity && { entity }), ...(origin && { origin }) }
  const rest = { step, ...subject, milliseconds }
  return { ...rest, rows, rejects, note, failure, fault, status: failure === undefined ? 'succeeded' : 'failed' }
}

/** Marks runs that a process left running when it ended. Call it where no run can be under way. */
export async function markInterrupted(state: State, now: () => Date): Promise<void> {
  const interrupted = fault('interrupted', {})
  const error = describeFault(interrupted, 'en') ?? ''
  const faults: readonly RunFault[] = [{ text: error, fault: interrupted }]
  await state.tables
    .updateTable('runs')
    .set({ status: 'interrupted', ended_at: now().toISOString(), error, faults: JSON.stringify(faults) })
    .where('status', '=', 'running')
    .execute()
}

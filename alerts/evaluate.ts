import type { State } from '../data/state.ts'
import { fault, type Fault } from '../entities/faults.ts'
import { TrueworthError, withoutSecrets } from '../errors.ts'
import type { Answer, Viewer } from '../models/metrics/metric.ts'
import type { PipelineStatus } from '../models/metrics/status.ts'
import { followsClock, type Watched } from './alert.ts'
import { groupsOf, healthOf, trim, write, writeHealth, type Health, type Keeping, type KeptGroup } from './log.ts'
import { looksOf, type Looked } from './looks.ts'
import type { SendAlerts } from './message.ts'
import { observe, type Found, type ObserveDeps } from './observe.ts'
import { observeConservation, observePipelines } from './observe-pipelines.ts'
import { handOver, keepMessages, type Made } from './outbox.ts'
import { localOf, quietUntil } from './quiet-hours.ts'
import { errorForOwner, messagesOf, type TellDeps } from './tell.ts'
import type { WorkingClock } from './working-clock.ts'
import { writeError } from './write-message.ts'

export interface EvaluateDeps extends TellDeps {
  readonly alerts: readonly Watched[]
  readonly keeping: Keeping
  readonly state: Pick<State, 'tables'>
  readonly status: (viewer: Viewer) => Promise<PipelineStatus>
  /** What is published; undefined before the first run. */
  readonly edition: () => Promise<{ readonly warehouse_version: number; readonly as_of: string } | undefined>
  readonly clock: WorkingClock
  readonly lookedAt: ObserveDeps['lookedAt']
  readonly runsTo: ObserveDeps['runsTo']
  readonly now: () => Date
  /** Takes the messages; absent: nobody does, and alerts are evaluated, logged and shown. */
  readonly send?: SendAlerts | undefined
  readonly onFault: (error: unknown) => void
}

/** run: figures may be new. tick: only time has gone by. */
export type Trigger = 'run' | 'tick'

const HOUR = 3_600_000

/** Evaluates alerts, one evaluation after the other. */
export class Evaluator {
  readonly #deps: EvaluateDeps
  #turn: Promise<void> = Promise.resolve()

  constructor(deps: EvaluateDeps) {
    this.#deps = deps
  }

  /** Looks at every group of the alerts that are due, writes down what it finds, and hands over what is to be said. */
  async evaluate(trigger: Trigger): Promise<void> {
    return this.alone(() => this.#evaluate(trigger))
  }

  /** Does something between two evaluations, so that neither writes over the other. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work)
    this.#turn = turn.then(
      () => undefined,
      () => undefined,
    )
    return turn
  }

  async #evaluate(trigger: Trigger): Promise<void> {
    const { alerts, state, keeping, now, send } = this.#deps
    const edition = await this.#deps.edition()
    const kept = await groupsOf(state.tables)
    for (const alert of alerts) {
      if (alert.watches === 'figure' && edition === undefined) continue
      const groups = kept.filter((group) => group.alert === alert.name)
      if (trigger === 'run' || (await this.#isDue(alert, groups, edition?.warehouse_version ?? 0)))
        await this.#one(alert, groups, { trigger, edition })
    }
    if (trigger === 'run') await trim(state.tables, { keeping, names: alerts.map(({ name }) => name), now: now() })
    await handOver(state.tables, send, now())
  }

  /** Whether time alone can have changed something. */
  async #isDue(alert: Watched, groups: readonly KeptGroup[], version: number): Promise<boolean> {
    if (followsClock(alert)) return true
    const at = this.#deps.now().toISOString()
    if (groups.some(({ status, snoozedUntil }) => status === 'snoozed' && (snoozedUntil ?? '') <= at)) return true
    if (alert.repeatAfter === undefined) return false
    const isDueAgain = await this.#dueAgain(alert, 'tick', version)
    return groups.some(({ status, toldAt }) => status === 'firing' && toldAt !== null && isDueAgain(toldAt))
  }

  /**
   * A run tells again by days, so that a run some seconds earlier than yesterday's does. Time alone waits for an hour more, so
   * that a run of that day goes first, and lets quiet hours pass.
   */
  async #dueAgain(alert: Watched, trigger: Trigger, version: number): Promise<(toldAt: string) => boolean> {
    const { now, setting } = this.#deps
    const { repeatAfter } = alert
    if (repeatAfter === undefined) return () => false
    const { timeZone } = setting.company
    const today = Date.parse(localOf(now(), timeZone).day)
    if (trigger === 'run')
      return (toldAt) => today - Date.parse(localOf(new Date(toldAt), timeZone).day) >= repeatAfter * 24 * HOUR
    if ((await this.#quiet(alert, version)) !== undefined) return () => false
    return (toldAt) => now().getTime() - Date.parse(toldAt) >= (repeatAfter * 24 + 1) * HOUR
  }

  async #quiet({ quietHours }: Watched, version: number): Promise<string | undefined> {
    if (quietHours === undefined) return undefined
    const { clock, now, setting } = this.#deps
    const { timeZone } = setting.company
    const isWorkingDay =
      quietHours.workingDays === true ? await clock.workingDays(localOf(now(), timeZone).day, version) : () => true
    return quietUntil(now(), quietHours, { timeZone, isWorkingDay })?.toISOString()
  }

  async #one(
    alert: Watched,
    groups: readonly KeptGroup[],
    { trigger, edition }: { trigger: Trigger; edition: Awaited<ReturnType<EvaluateDeps['edition']>> },
  ): Promise<void> {
    const { state, now } = this.#deps
    const before = (await healthOf(state.tables)).get(alert.name)
    const at = now().toISOString()
    const version = edition?.warehouse_version ?? 0
    const health = { evaluatedAt: at, version, error: null, errorSince: null }
    try {
      const viewer = viewerOf(alert)
      const found = await this.#look(alert, viewer, version)
      const isDueAgain = await this.#dueAgain(alert, trigger, version)
      const looks = looksOf(alert, groups, found, { at, isDueAgain })
      const asOf = alert.watches === 'figure' ? (edition?.as_of ?? null) : null
      const telling = { looks, found, asOf, viewer, quietUntil: await this.#quiet(alert, version) }
      const made = await messagesOf(alert, telling, this.#deps)
      await this.#writeDown(alert, { looks, made, health: { ...health, groups: found.observations.length } })
    } catch (error) {
      await this.#failed(alert, error, { before, health, groups: groups.length })
    }
  }

  async #look(alert: Watched, viewer: Viewer, version: number): Promise<Found> {
    if (alert.watches === 'figure') return observe(alert, viewer, this.#deps)
    const status = await this.#deps.status(viewer)
    const observations = alert.watches === 'pipelines' ? observePipelines(status) : observeConservation(status)
    return { version, readAt: null, observations }
  }

  /** Together or not at all: what is told is written down, and what is written down is told. */
  async #writeDown(
    { name }: Watched,
    { looks, made, health }: { looks: readonly Looked[]; made: readonly Made[]; health: Health },
  ): Promise<void> {
    const { evaluatedAt: at } = health
    await this.#deps.state.tables.transaction().execute(async (tables) => {
      await write(
        tables,
        name,
        at,
        looks.map(({ written }) => written),
      )
      await keepMessages(tables, made, at)
      await writeHealth(tables, name, health)
    })
  }

  /** Its owner is told once; its groups stay as they were. */
  async #failed(
    alert: Watched,
    error: unknown,
    { before, health, groups }: { before: Health | undefined; health: Omit<Health, 'groups'>; groups: number },
  ): Promise<void> {
    const { state, setting, onFault } = this.#deps
    if (!(error instanceof TrueworthError)) onFault(error)
    const { evaluatedAt: at, version } = health
    const since = before?.errorSince ?? at
    const said = faultOf(error)
    // Whatever failed may fail here too: then it is told at once.
    const quiet = await this.#quiet(alert, version).catch(() => undefined)
    const known = await errorForOwner(alert, said, this.#deps).catch(() => fault('alert_in_error', {}))
    const made = known && writeError(alert, { error: known, since, quietUntil: quiet }, setting)
    await state.tables.transaction().execute(async (tables) => {
      if (made && before?.errorSince == null) await keepMessages(tables, [{ message: made, groups: [] }], at)
      await writeHealth(tables, alert.name, { ...health, groups, error: said, errorSince: since })
    })
  }
}

/** An alert asks as itself, with the rights of its role. */
function viewerOf({ name, role }: Watched): Viewer {
  return { id: `alert:${name}`, name, roles: [role] }
}

function faultOf(error: unknown): Fault {
  if (error instanceof TrueworthError && error.fault !== undefined) return error.fault
  return fault('alert_failed', { text: withoutSecrets(error instanceof Error ? error.message : String(error)) })
}

/** When the figures' moment was: the end of their business date, or what was known by then if that is earlier. */
export function lookedAtIn(timeZone: string): (evidence: Pick<Answer['evidence'], 'as_of' | 'known_at'>) => Date {
  return ({ as_of: asOf, known_at: knownAt }) => {
    const known = new Date(knownAt)
    return localOf(known, timeZone).day <= asOf ? known : endOf(asOf, timeZone)
  }
}

/** The first instant of the day after. */
function endOf(day: string, timeZone: string): Date {
  let low = Date.parse(`${day}T00:00:00Z`) - 15 * HOUR
  let high = Date.parse(`${day}T00:00:00Z`) + 40 * HOUR
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (localOf(new Date(middle), timeZone).day > day) high = middle
    else low = middle
  }
  return new Date(high)
}

import type { AlertGroupStatus } from '../models/metrics/alert.ts'

/** What one look found. between: within the limit, not beyond the one that clears. unknown: nothing can be told. */
export type Outcome = 'met' | 'between' | 'clear' | 'unknown'

/** How one group of one alert stands. Instants are ISO 8601 in UTC. */
export interface GroupState {
  readonly status: AlertGroupStatus
  /** Builds in a row that met the condition, and the last of them. */
  readonly streak: number
  readonly streakVersion: number | null
  readonly firedAt: string | null
  readonly toldAt: string | null
  readonly acknowledgedBy: string | null
  readonly snoozedUntil: string | null
}

export const OK: GroupState = {
  status: 'ok',
  streak: 0,
  streakVersion: null,
  firedAt: null,
  toldAt: null,
  acknowledgedBy: null,
  snoozedUntil: null,
}

export interface Look {
  readonly outcome: Outcome
  /** The warehouse it looked at: looks at one build count once. */
  readonly version: number
  readonly at: string
  /** So many builds in a row must meet the condition. */
  readonly builds: number
  /** Whether who was told then is to be told again by now. */
  readonly isDueAgain: (toldAt: string) => boolean
}

/** Why somebody is told. */
export type Telling = 'fired' | 'again' | 'snooze_over'

export interface Step {
  readonly state: GroupState
  /** Null: nobody is told. */
  readonly tell: Telling | null
}

/**
 * The next state of a group. ok → firing → acknowledged or snoozed → ok. Somebody is told once when it begins to fire, once when
 * a snooze ends and it still does, and again where that is asked for; never while it is acknowledged or snoozed.
 */
export function step(state: GroupState, look: Look): Step {
  if (look.outcome === 'clear') return { state: OK, tell: null }
  if (state.status === 'ok') return look.outcome === 'met' ? met(state, look) : rested(state, look)
  if (state.status === 'acknowledged') return { state, tell: null }
  if (state.status === 'snoozed') {
    if (look.at < (state.snoozedUntil ?? '')) return { state, tell: null }
    return { state: { ...state, status: 'firing', snoozedUntil: null, toldAt: look.at }, tell: 'snooze_over' }
  }
  if (!look.isDueAgain(state.toldAt ?? look.at)) return { state, tell: null }
  return { state: { ...state, toldAt: look.at }, tell: 'again' }
}

function met(state: GroupState, { version, at, builds }: Look): Step {
  const streak = state.streakVersion === version ? state.streak : state.streak + 1
  if (streak < builds) return { state: { ...OK, streak, streakVersion: version }, tell: null }
  return { state: { ...OK, status: 'firing', streak, streakVersion: version, firedAt: at, toldAt: at }, tell: 'fired' }
}

/** What is not known breaks no row of builds; what is between does. */
function rested(state: GroupState, { outcome }: Look): Step {
  return { state: outcome === 'unknown' ? state : OK, tell: null }
}

/** Quiet until it has cleared. Undefined: it does not fire. */
export function acknowledged(state: GroupState, by: string): GroupState | undefined {
  return state.status === 'ok'
    ? undefined
    : { ...state, status: 'acknowledged', acknowledgedBy: by, snoozedUntil: null }
}

/** Quiet until then. Undefined: it does not fire. */
export function snoozed(state: GroupState, until: string): GroupState | undefined {
  return state.status === 'ok' ? undefined : { ...state, status: 'snoozed', acknowledgedBy: null, snoozedUntil: until }
}

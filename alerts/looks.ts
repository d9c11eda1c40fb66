import { fault, type Fault } from '../entities/faults.ts'
import type { AlertGroupStatus } from '../models/metrics/alert.ts'
import type { Watched } from './alert.ts'
import type { KeptGroup, Written } from './log.ts'
import { OK, step, type Look, type Telling } from './machine.ts'
import type { Found, Observation } from './observe.ts'

/** One look at one group: what is written down, and whether somebody is told. */
export interface Looked {
  readonly written: Written
  readonly observation: Observation
  readonly tell: Telling | null
}

export interface Moment {
  readonly at: string
  readonly isDueAgain: Look['isDueAgain']
}

/** Every group that is there, and every one that was: each is looked at once. */
export function looksOf(alert: Watched, kept: readonly KeptGroup[], found: Found, moment: Moment): Looked[] {
  const before = new Map(kept.map((group) => [group.group, group]))
  const there = new Set(found.observations.map(({ group }) => group))
  const gone = kept.filter(({ group }) => !there.has(group)).map((group) => missed(alert, group))
  return [...found.observations, ...gone].map((observation) =>
    lookAt(alert, observation, { before: before.get(observation.group), found, moment }),
  )
}

/** What is not among the figures any more has cleared, unless that is what the alert is for. */
function missed(alert: Watched, { group, label }: KeptGroup): Observation {
  const isMissing = alert.watches === 'figure' && 'missing' in alert.when
  return {
    group,
    label,
    verdict: isMissing
      ? { outcome: 'met', value: null, limit: null, found: fault('alert_unknown', {}) }
      : { outcome: 'clear', value: null, limit: null, found: fault('alert_gone', {}) },
    asked: null,
    row: {},
  }
}

function lookAt(
  { builds }: Watched,
  observation: Observation,
  { before, found: { version, readAt }, moment }: { before: KeptGroup | undefined; found: Found; moment: Moment },
): Looked {
  const { group, label, verdict, asked } = observation
  const old = before ?? OK
  const { state, tell } = step(stateOf(old), { outcome: verdict.outcome, version, builds, ...moment })
  const why = [verdict.found, consequence(old.status, { state, tell, builds })]
  const written = {
    ...state,
    group,
    label,
    value: verdict.value,
    asked,
    limit: verdict.limit,
    why,
    readAt,
    version,
    before: old.status,
    told: tell !== null,
    forget: verdict.found.code === 'alert_gone',
  }
  return { written, observation, tell }
}

function stateOf({
  status,
  streak,
  streakVersion,
  firedAt,
  toldAt,
  acknowledgedBy,
  snoozedUntil,
}: typeof OK): typeof OK {
  return { status, streak, streakVersion, firedAt, toldAt, acknowledgedBy, snoozedUntil }
}

/** What follows from what was found. */
function consequence(
  before: AlertGroupStatus,
  { state, tell, builds }: { state: typeof OK; tell: Telling | null; builds: number },
): Fault {
  if (tell === 'fired') return fault('alert_fired', {})
  if (tell === 'snooze_over') return fault('alert_snooze_over', {})
  if (tell === 'again') return fault('alert_told_again', { since: state.firedAt })
  if (state.status === 'acknowledged') return fault('alert_acknowledged', { by: state.acknowledgedBy })
  if (state.status === 'snoozed') return fault('alert_snoozed', { until: state.snoozedUntil })
  if (state.status === 'firing') return fault('alert_told', { since: state.firedAt })
  if (before !== 'ok') return fault('alert_cleared', {})
  return state.streak > 0 && builds > 1
    ? fault('alert_waits', { streak: state.streak, needed: builds })
    : fault('alert_quiet', {})
}

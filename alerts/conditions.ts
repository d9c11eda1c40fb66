import type { AlertCondition } from '../config/alerts.ts'
import { fault, type Fault } from '../entities/faults.ts'
import type { Outcome } from './machine.ts'

/** What one look at one group read. */
export interface Reading {
  readonly value: number | null
  /** Of the period it is held against. */
  readonly was: number | null
  /** Value less `was`, and that as a share of `was`. */
  readonly difference: number | null
  readonly relative: number | null
  /** The interval that was forecast; null: none was. */
  readonly forecast: { readonly low: number; readonly high: number } | null
  /** Share of the records that had what the figure needs; null: it is always complete, or there are none. */
  readonly coverage: number | null
  /** Hours since the oldest source of the figure was read; null: one never was. */
  readonly hours: number | null
}

export interface Verdict {
  readonly outcome: Outcome
  readonly value: number | null
  /** The limit that counted; null: there is none. */
  readonly limit: number | null
  /** What was found. */
  readonly found: Fault
}

/** Whether a reading meets a condition, is clear of it, or lies between. */
export function judge(when: AlertCondition, reading: Reading): Verdict {
  if ('above' in when)
    return threshold(reading, { limit: when.above, clear: when.clearBelow ?? when.above, sign: 1, when })
  if ('below' in when)
    return threshold(reading, { limit: when.below, clear: when.clearAbove ?? when.below, sign: -1, when })
  if ('changeAbove' in when)
    return change(reading, { limit: when.changeAbove, clear: when.clearBelow ?? when.changeAbove, sign: 1, when })
  if ('changeBelow' in when)
    return change(reading, { limit: when.changeBelow, clear: when.clearAbove ?? when.changeBelow, sign: -1, when })
  if ('missing' in when) return missing(reading, when)
  return forecast(reading)
}

interface Limits<Condition> {
  readonly limit: number
  readonly clear: number
  /** 1: fires above the limit; -1: below it. */
  readonly sign: 1 | -1
  readonly when: Condition
}

/** On which side of its limits a figure is. */
function sideOf(value: number, { limit, clear, sign }: Pick<Limits<unknown>, 'limit' | 'clear' | 'sign'>): Outcome {
  if (sign * value > sign * limit) return 'met'
  return sign * value <= sign * clear ? 'clear' : 'between'
}

function threshold({ value, was }: Reading, limits: Limits<{ readonly crossing?: 'previous' | 'last_year' }>): Verdict {
  const { limit, clear, sign, when } = limits
  if (value === null) return { outcome: 'unknown', value, limit, found: fault('alert_unknown', {}) }
  const outcome = sideOf(value, limits)
  const verdict = { value, limit }
  if (outcome === 'clear') return { ...verdict, outcome, found: fault('alert_within', { value, limit }) }
  if (outcome === 'between') return { ...verdict, outcome, found: fault('alert_between', { value, limit, clear }) }
  if (when.crossing === undefined)
    return { ...verdict, outcome, found: fault(sign === 1 ? 'alert_above' : 'alert_below', { value, limit }) }
  if (was === null) return { ...verdict, outcome: 'between', found: fault('alert_was_unknown', { value, limit }) }
  return sign * was >= sign * limit
    ? { ...verdict, outcome: 'between', found: fault('alert_was_beyond', { value, limit, was }) }
    : { ...verdict, outcome, found: fault('alert_crossed', { value, limit, was }) }
}

function change({ value, was, difference, relative }: Reading, limits: Limits<{ readonly absolute?: true }>): Verdict {
  const { limit, clear, when } = limits
  const changed = when.absolute ? difference : relative
  if (value === null) return { outcome: 'unknown', value, limit, found: fault('alert_unknown', {}) }
  if (was === null || changed === null)
    return { outcome: 'unknown', value, limit, found: fault('alert_nothing_before', {}) }
  const outcome = sideOf(changed, limits)
  const details = { value, was, change: changed, change_limit: limit }
  const unit = when.absolute ? { absolute: 1 } : {}
  const found =
    outcome === 'met'
      ? fault('alert_changed', details)
      : outcome === 'clear'
        ? fault('alert_not_changed', details)
        : fault('alert_change_between', { ...details, change_clear: clear })
  return { outcome, value, limit, found: { ...found, details: { ...found.details, ...unit } } }
}

function missing(
  { value, coverage, hours }: Reading,
  { coverageBelow, olderThanHours }: { readonly coverageBelow?: number; readonly olderThanHours?: number },
): Verdict {
  const met = (limit: number | null, found: Fault): Verdict => ({ outcome: 'met', value, limit, found })
  if (value === null) return met(null, fault('alert_unknown', {}))
  if (coverageBelow !== undefined && coverage !== null && coverage < coverageBelow)
    return met(coverageBelow, fault('alert_coverage', { share: coverage, share_limit: coverageBelow }))
  if (olderThanHours !== undefined && hours === null) return met(olderThanHours, fault('alert_source_never', {}))
  if (olderThanHours !== undefined && hours !== null && hours > olderThanHours)
    return met(olderThanHours, fault('alert_source_old', { hours: Math.floor(hours), hours_limit: olderThanHours }))
  return {
    outcome: 'clear',
    value,
    limit: coverageBelow ?? olderThanHours ?? null,
    found: fault('alert_known', { value }),
  }
}

function forecast({ value, forecast: interval }: Reading): Verdict {
  if (value === null) return { outcome: 'unknown', value, limit: null, found: fault('alert_unknown', {}) }
  if (interval === null) return { outcome: 'unknown', value, limit: null, found: fault('alert_no_forecast', {}) }
  const { low, high } = interval
  const details = { value, low, high }
  const limit = value < low ? low : high
  return value < low || value > high
    ? { outcome: 'met', value, limit, found: fault('alert_outside_forecast', details) }
    : { outcome: 'clear', value, limit: null, found: fault('alert_inside_forecast', details) }
}

import type { Language } from '../entities/language.ts'
import type { Words } from '../entities/entity.ts'

/** The same months before, or a year before, as `compare` of a query has them. */
export type Against = 'previous' | 'last_year'

interface Crossing {
  /** Only what was on the other side of the limit then counts: a customer that has turned unprofitable, not one that always was or had no business. */
  readonly crossing?: Against
}

/** When an alert fires, and by which other limit it clears again. */
export type AlertCondition =
  /** Fires above the limit, clears at or below `clearBelow` (default: the limit). */
  | ({ readonly above: number; readonly clearBelow?: number } & Crossing)
  /** Fires below the limit, clears at or above `clearAbove` (default: the limit). */
  | ({ readonly below: number; readonly clearAbove?: number } & Crossing)
  /** The change against another period: 0.2 is 20 % more. `absolute`: in the unit of the figure. */
  | {
      readonly changeAbove: number
      readonly clearBelow?: number
      readonly against: Against
      readonly absolute?: true
    }
  | {
      readonly changeBelow: number
      readonly clearAbove?: number
      readonly against: Against
      readonly absolute?: true
    }
  /** The figure is not known, stands on too few records, or on a source not read for too long. */
  | { readonly missing: true; readonly coverageBelow?: number; readonly olderThanHours?: number }
  /** The figure of the last twelve whole months left the interval that was forecast for it before them. */
  | { readonly outsideForecast: true }

/** An address; all users of a role; or the person that a dimension of the group names. */
export type AlertTarget = string | { readonly role: string } | { readonly person: string }

/** Local times of the company. What falls between them is sent when they end. */
export interface QuietHours {
  /** '20:00'. */
  readonly from: string
  /** '07:00'. */
  readonly to: string
  /** Days off are quiet from beginning to end. */
  readonly workingDays?: true
}

/** Rows that stand in the message for each group: the records a person owes. */
export interface AlertList {
  readonly metrics: readonly string[]
  readonly by: readonly string[]
  readonly where?: readonly string[]
  readonly order?: readonly string[]
  /** Default 25. */
  readonly limit?: number
}

/** What of an alert may be set, also of one that is built in. */
export interface AlertSettings {
  readonly when?: AlertCondition
  /** Filters as a query has them: 'region:eq:East'. */
  readonly where?: readonly string[]
  readonly period?: string
  /** Fires only when so many builds in a row met the condition. Default 1. */
  readonly for?: number
  /** Address of who is told when the alert itself is in error. Default: that of all alerts. */
  readonly owner?: string
  /** Default: the owner. */
  readonly to?: readonly AlertTarget[]
  /** False: none, whatever holds for all alerts. */
  readonly quietHours?: QuietHours | false
  /** Told again after so many days as long as it fires. Absent: once, until it has cleared. */
  readonly repeatAfter?: number
  readonly language?: Language
  /** The role with whose rights it asks. Default: head. */
  readonly as?: string
}

/** A figure that is watched, for each group on its own. */
export interface Alert extends AlertSettings {
  /** Letters, digits, - and _. */
  readonly name: string
  readonly title?: Words
  readonly metric: string
  /** The dimension whose groups are watched. Absent: the figure as a whole. */
  readonly by?: string
  /** What else is told of a group; `{ person }` may name one of these. */
  readonly with?: readonly string[]
  readonly when: AlertCondition
  /** A dimension that names working calendars: the figure is working minutes, which run down by them until the next build. */
  readonly clock?: string
  readonly list?: AlertList
  /** Days after a month within which a record is not late, for the split of a change. Absent: late records are not told apart. */
  readonly lateAfterDays?: number
}

/** Alerts that every company has, unless it switches them off. */
export const BUILT_IN = [
  'promise_breaking',
  'customer_unprofitable',
  'key_customer_quiet',
  'record_debts',
  'contract_ending',
  'warranty_ending',
  'pipeline_down',
  'conservation_broken',
  'costs_not_conserved',
] as const
export type BuiltInAlert = (typeof BUILT_IN)[number]

export interface Alerts {
  /** Who answers for alerts that name nobody. */
  readonly owner: string
  /** Who keeps Trueworth running. Default: the owner. */
  readonly operator?: string
  /** Default: English. */
  readonly language?: Language
  readonly quietHours?: QuietHours
  /** Addresses of people who are no users, by id or name as the figures have them. */
  readonly people?: Readonly<Record<string, string>>
  /** How long evaluations are kept. Default: 180 days and 1,000,000 entries. */
  readonly keep?: { readonly days?: number; readonly evaluations?: number }
  /** `false`: none of them. */
  readonly builtIn?: false | Readonly<Partial<Record<BuiltInAlert, false | AlertSettings>>>
  /** The company's own. */
  readonly watch?: readonly Alert[]
}

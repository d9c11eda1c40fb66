import type { Words } from '../../entities/entity.ts'
import { describeFault, type Detail, type Fault } from '../../entities/faults.ts'
import type { Language } from '../../entities/language.ts'
import { figureWriter } from './figure-writer.ts'
import type { Unit, Viewer } from './metric.ts'

/** acknowledged: quiet until it has cleared. snoozed: quiet for a time. */
export type AlertGroupStatus = 'ok' | 'firing' | 'acknowledged' | 'snoozed'

/** An alert and how it stands. Instants are ISO 8601 in UTC. */
export interface AlertStatus {
  readonly name: string
  readonly title: Words
  readonly built_in: boolean
  /** Null: it watches the pipelines. */
  readonly metric: string | null
  /** Null: the figure as a whole. */
  readonly by: string | null
  readonly owner: string
  /** Why it could not be evaluated, since when; null: it could. */
  readonly error: Fault | null
  readonly error_since: string | null
  /** Null: never. */
  readonly evaluated_at: string | null
  readonly warehouse_version: number | null
  /** Groups that were looked at; of who does not see all rows, those it sees. */
  readonly groups: number
  /** Those that fire, acknowledged and snoozed ones too. */
  readonly firing: readonly FiringGroup[]
}

export interface FiringGroup {
  /** '' where the figure is watched as a whole. */
  readonly group: string
  readonly label: string
  readonly status: Exclude<AlertGroupStatus, 'ok'>
  readonly value: number | null
  readonly limit: number | null
  readonly why: readonly Fault[]
  readonly since: string
  readonly told_at: string | null
  /** Null: nobody, or the viewer does not see people. */
  readonly acknowledged_by: string | null
  readonly snoozed_until: string | null
  /** When the oldest source of the figure was last read; null: not known. */
  readonly read_at: string | null
  /** Parameters of /explore that show the figure; null: it is none. */
  readonly query: string | null
  /** Parameters of /changes that explain it; null: its change cannot be split. */
  readonly change: string | null
}

/** One look at one group; equal looks one after the other at the same version are one entry. */
export interface AlertEvaluation {
  readonly evaluation_id: number
  readonly group: string
  readonly label: string
  /** First and last look, and how many. */
  readonly at: string
  readonly last_at: string
  readonly times: number
  readonly value: number | null
  readonly limit: number | null
  readonly before: AlertGroupStatus
  readonly after: AlertGroupStatus
  /** Somebody was told. */
  readonly told: boolean
  readonly why: readonly Fault[]
  readonly warehouse_version: number
}

export interface AlertLog {
  readonly evaluations: readonly AlertEvaluation[]
  /** Older ones: what `before` is to be; null: there are none. */
  readonly before: number | null
}

/** Alerts as pages and the API ask for them: a viewer sees and decides on what it may ask for itself. */
export interface AlertDesk {
  readonly list: (viewer: Viewer) => Promise<AlertStatus[]>
  /** Newest first. Throws RequestError 404. */
  readonly log: (
    viewer: Viewer,
    alert: string,
    asked: { readonly group?: string; readonly before?: number; readonly limit: number },
  ) => Promise<AlertLog>
  /** Throws RequestError 404 for what the viewer does not see, 422 for what does not fire, AccessError for who may not. */
  readonly acknowledge: (viewer: Viewer, alert: string, group: string) => Promise<AlertStatus>
  readonly snooze: (viewer: Viewer, alert: string, group: string, until: string) => Promise<AlertStatus>
}

const SHARES = ['share', 'share_limit'] as const
const FIGURES = ['value', 'limit', 'clear', 'was', 'low', 'high'] as const
const CHANGES = ['change', 'change_limit', 'change_clear'] as const
const INSTANTS = ['at', 'since', 'until'] as const

export interface AlertManner {
  readonly language: Language
  readonly currency: string
  readonly timeZone: string
}

/** Why an alert fired or not, as sentences: figures in their unit, instants where the company is. */
export function explainAlert(why: readonly Fault[], unit: Unit, manner: AlertManner): string {
  const { language, currency, timeZone } = manner
  const write = figureWriter(language, currency)
  const instants = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  })
  const of = (name: string, detail: Detail, absolute: boolean): Detail => {
    if (isOne(INSTANTS, name) && typeof detail === 'string') return instants.format(new Date(detail))
    if (typeof detail !== 'number') return detail
    if (isOne(FIGURES, name)) return write(detail, unit)
    if (isOne(SHARES, name) || (isOne(CHANGES, name) && !absolute)) return write(detail, 'share')
    if (isOne(CHANGES, name)) return write(detail, unit)
    return write(detail, 'number')
  }
  return why
    .map(({ code, details }) => {
      const absolute = details['absolute'] === 1
      const filled = Object.fromEntries(
        Object.entries(details).map(([name, detail]) => [name, of(name, detail, absolute)]),
      )
      return describeFault({ code, details: filled }, language) ?? code
    })
    .join(language === 'zh' ? '' : ' ')
}

function isOne(names: readonly string[], name: string): boolean {
  return names.includes(name)
}

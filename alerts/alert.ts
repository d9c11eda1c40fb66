import type { Alert, AlertCondition, AlertTarget, QuietHours } from '../config/alerts.ts'
import type { Words } from '../entities/entity.ts'
import type { Language } from '../entities/language.ts'
import type { Filter } from '../models/metrics/metric.ts'

interface WatchedBase {
  readonly name: string
  readonly title: Words
  readonly isBuiltIn: boolean
  readonly builds: number
  readonly owner: string
  readonly to: readonly AlertTarget[]
  readonly quietHours: QuietHours | undefined
  readonly repeatAfter: number | undefined
  readonly language: Language
  /** The role with whose rights it asks. */
  readonly role: string
}

/** A figure that is watched, with every default filled in. */
export interface WatchedFigure extends WatchedBase {
  readonly watches: 'figure'
  readonly metric: string
  readonly by: string | undefined
  readonly with: readonly string[]
  readonly where: readonly Filter[]
  readonly when: AlertCondition
  readonly clock: string | undefined
  readonly list:
    (Required<Omit<NonNullable<Alert['list']>, 'where'>> & { readonly where: readonly Filter[] }) | undefined
  readonly lateAfterDays: number | undefined
}

/** What no metric tells: runs and sources, or the audits that conserve money. */
export interface WatchedPipelines extends WatchedBase {
  readonly watches: 'pipelines' | 'conservation'
}

export type Watched = WatchedFigure | WatchedPipelines

/** The period of its filters as one asks for it: 'trailing_12'; undefined: the figure has none. */
export function periodOf({ where }: Pick<WatchedFigure, 'where'>): string | undefined {
  return where.find(({ field, operator }) => field === 'period' && operator === 'eq')?.values[0]
}

/** Whether what it finds can change while the warehouse does not. */
export function followsClock(alert: Watched): boolean {
  if (alert.watches !== 'figure') return alert.watches === 'pipelines'
  return alert.clock !== undefined || ('missing' in alert.when && alert.when.olderThanHours !== undefined)
}

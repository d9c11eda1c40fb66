import type { Language } from '../entities/language.ts'
import type { Words } from '../entities/entity.ts'

export const REPORT_FORMATS = ['mail', 'pdf', 'xlsx', 'csv'] as const
/** mail: the report is the body of the mail; the others are files, attached to a mail or put into a folder. */
export type ReportFormat = (typeof REPORT_FORMATS)[number]

/** Days on which a report may go out. */
export type ReportDays = 'working_days' | 'first_working_day'

export interface ReportSchedule {
  /** Minute, hour, day, month, weekday: '0 8 * * 1'. */
  readonly cron: string
  /** Of the cron expression. Default: the company's. */
  readonly timeZone?: string
  /** Only on days that the default calendar of the policy works; or on the first of them in a month. */
  readonly on?: ReportDays
}

/** A page with its filters, '/customers?class=key&period=last_month'; a question of Explore; or one that somebody saved. */
export type ReportPart =
  | string
  | { readonly question: string; readonly title: Words }
  /** Id of a saved exploration. It runs with the rights of whom the report is for. */
  | { readonly saved: string }

/** Whom a report is for. It holds what the roles of the recipient may see. */
export type ReportRecipient =
  /** Every user who has the role, each with rights of its own. */
  | { readonly role: string; readonly language?: Language }
  /** Somebody who need not be a user. A user's address has that user's rights, whatever stands here. */
  | {
      readonly address: string
      readonly as: string
      readonly name?: string
      readonly attributes?: Readonly<Record<string, readonly string[]>>
      readonly language?: Language
    }
  /** A folder on this machine. It is there already. */
  | { readonly folder: string; readonly as: string; readonly language?: Language }
  /** One of `webhooks`: it is told where the report lies and what it says at its top. */
  | { readonly webhook: string; readonly as: string; readonly language?: Language }

/** What becomes of a report whose sources are out of date or whose last run did not succeed. */
export type WhenDoubtful =
  /** It goes out and says so at its top. */
  | 'say'
  /** It goes to the operator instead, who may send it on. */
  | 'operator'
  /** It waits for a run that mends it, so many hours at most; then it goes out and says so. */
  | { readonly waitHours: number }

/** A report that is made and sent by itself. */
export interface ReportSettings {
  readonly title: Words
  readonly parts: readonly ReportPart[]
  /** Absent: only when somebody asks for it. */
  readonly schedule?: ReportSchedule
  readonly to: readonly ReportRecipient[]
  /** Default: mail and pdf. */
  readonly formats?: readonly ReportFormat[]
  /** Default: 'say'. */
  readonly whenDoubtful?: WhenDoubtful
  /** Of recipients for whom none is named. Default: en. */
  readonly language?: Language
}

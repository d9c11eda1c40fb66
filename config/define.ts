import type { Access, RoleAccess } from './access.ts'
import type { Mail, MailSettings } from './mail.ts'
import type { Alerts } from './alerts.ts'
import type { Policy } from './policy.ts'
import type { ReportSettings } from './reports.ts'
import type { AuditRetention, SignIn } from './sign-in.ts'
import type { RemoteFilesSource, Source } from './source.ts'

export interface Schedule {
  /** Cron expression of the run of all sources. Default every day at 05:30. */
  readonly cron: string
  /** Time zone of the cron expression. Default: the company's. */
  readonly timeZone?: string
}

/** The sample company is made here before the first run. */
export interface Sample {
  readonly folder: string
  /** 1: about 600 customers and 12,000 requests; 1,000: 12 million requests. */
  readonly scale: number
  readonly seed: number
}

/** What one question, and one viewer, may take of the server. */
export interface Limits {
  /** Rows of an answer, whatever its format. Default 10,000,000. */
  readonly rows: number
  /** Cells of an answer that is kept: JSON of up to 10,000 rows, and what pages ask. Default 2,000,000. */
  readonly cells: number
  /** Seconds until the first row; later, for each piece of the answer. Default 60. */
  readonly seconds: number
  /** Questions of one viewer that are answered at once. Default 4. */
  readonly atOnce: number
  /** Questions of one viewer that may wait for their turn. Default 200. */
  readonly waiting: number
}

/** Another system that is told something. */
export interface Webhook {
  readonly url: string
  /** What messages are signed with, from the environment: `env('LEADS_SECRET')`. At least 24 characters. */
  readonly secret: string
}

/** What `trueworth.config.ts` exports. Everything but `sources` has a default that works. */
export interface UserConfig {
  readonly company?: {
    readonly name?: string
    /** Reporting currency, ISO 4217. */
    readonly currency?: string
    /** IANA time zone in which days begin and instants are shown. */
    readonly timeZone?: string
  }
  /** Where landing, warehouse and state are kept. Relative to the configuration file. */
  readonly folder?: string
  readonly server?: { readonly host?: string; readonly port?: number }
  /** Absent: without users the server is for this machine alone; with users they sign in with a password. */
  readonly signIn?: SignIn
  readonly audit?: AuditRetention
  /** Most memory that the engine takes before it writes to disk, e.g. '2GB'. Default: what the machine or container has, less what the rest needs. */
  readonly memory?: string
  /** Threads that the engine works with on one build or question; those asked at once add theirs. Default: one for each core. */
  readonly threads?: number
  /** Most that the engine writes to disk at once for what does not fit in memory, e.g. '20GB'. Default: nine tenths of what is free. */
  readonly disk?: string
  readonly limits?: Partial<Limits>
  readonly sources: readonly (Source | RemoteFilesSource)[]
  readonly schedule?: Schedule | false
  /** Business date of all figures. Default: the day of the run in the company's time zone. Fixed for closed books and samples. */
  readonly asOf?: string
  readonly policy?: Partial<Omit<Policy, 'classDecisions' | 'versions' | 'leads'>> & {
    readonly leads?: Partial<Policy['leads']>
  }
  /** What each role may see and do, by role. What is not named has a default that works. */
  readonly access?: Readonly<Record<string, Partial<RoleAccess>>>
  /** What is watched, and who is told. Absent: nothing is. */
  readonly alerts?: Alerts
  /** Where new leads are pushed after each run. Absent: nowhere. */
  readonly leadWebhook?: Webhook
  /** Other systems that reports and alerts may be sent to, by name. */
  readonly webhooks?: Readonly<Record<string, Webhook>>
  /** The mail server. Absent: nothing is sent by mail. */
  readonly mail?: MailSettings
  /** Reports that are made and sent by themselves, by a short name. */
  readonly reports?: Readonly<Record<string, ReportSettings>>
  /** Present only for the sample company. Remove it together with the sample's sources. */
  readonly sample?: { readonly folder: string; readonly scale?: number; readonly seed?: number }
}

/** The validated configuration: every default filled in, folders absolute, frozen. */
export interface Config {
  readonly file: string
  readonly company: { readonly name: string; readonly currency: string; readonly timeZone: string }
  readonly folder: string
  readonly server: { readonly host: string; readonly port: number }
  readonly signIn?: SignIn | undefined
  readonly audit?: AuditRetention | undefined
  readonly memory?: string | undefined
  readonly threads?: number | undefined
  readonly disk?: string | undefined
  readonly limits?: Partial<Limits> | undefined
  readonly sources: readonly Source[]
  readonly schedule: { readonly cron: string; readonly timeZone: string } | undefined
  readonly asOf: string | undefined
  readonly policy: Policy
  readonly access: Access
  readonly alerts?: Alerts | undefined
  readonly leadWebhook?: Webhook | undefined
  readonly webhooks?: Readonly<Record<string, Webhook>> | undefined
  readonly mail?: Mail | undefined
  readonly reports?: Readonly<Record<string, ReportSettings>> | undefined
  /** Folder and size of the sample company these sources read; undefined for a company of one's own. */
  readonly sample: Sample | undefined
}

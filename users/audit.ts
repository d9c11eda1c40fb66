import type { AuditRetention } from '../config/sign-in.ts'
import type { State } from '../data/state.ts'
import type { Viewer } from '../models/metrics/metric.ts'

/** What can stand in the log beside who and when. */
export const AUDIT_ACTIONS = [
  'signed_in',
  'sign_in_refused',
  'signed_out',
  'saw',
  'refused',
  'ordered',
  'user_added',
  'user_changed',
  'user_locked',
  'user_unlocked',
  'user_removed',
  'password_set',
  'token_made',
  'token_revoked',
  'alert_acknowledged',
  'alert_snoozed',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

export interface AuditEntry {
  readonly audit_id: number
  /** ISO 8601, UTC. */
  readonly at: string
  readonly viewer_id: string
  readonly viewer: string
  readonly action: string
  readonly subject: string
}

/** Who saw and who changed what. */
export interface Audit {
  record(viewer: Viewer, action: AuditAction, subject: string): Promise<void>
  /** The newest first; `before`: older than this entry. */
  list(options?: { viewer?: string; before?: number; limit?: number }): Promise<AuditEntry[]>
  /** Forgets what is older or more than is kept. */
  trim(): Promise<void>
}

/** Longer than the longest address that the server takes: what a page or a question was asked is kept whole. */
const LONGEST = 16_000

export function openAudit(
  { tables }: Pick<State, 'tables'>,
  {
    retention: { days = 365, rows = 1_000_000 } = {},
    now,
  }: { retention?: AuditRetention | undefined; now: () => Date },
): Audit {
  return {
    record: async ({ id, name }, action, subject) => {
      await tables
        .insertInto('audit_log')
        .values({ at: now().toISOString(), viewer_id: id, viewer: name, action, subject: cut(subject) })
        .execute()
    },
    list: async ({ viewer, before, limit = 200 } = {}) => {
      let entries = tables.selectFrom('audit_log').selectAll().orderBy('audit_id', 'desc').limit(limit)
      if (viewer !== undefined) entries = entries.where('viewer_id', '=', viewer)
      if (before !== undefined) entries = entries.where('audit_id', '<', before)
      return entries.execute()
    },
    trim: async () => {
      const oldest = new Date(now().getTime() - days * 86_400_000).toISOString()
      await tables.deleteFrom('audit_log').where('at', '<', oldest).execute()
      const { last } = await tables
        .selectFrom('audit_log')
        .select(({ fn }) => fn.max('audit_id').as('last'))
        .executeTakeFirstOrThrow()
      await tables
        .deleteFrom('audit_log')
        .where('audit_id', '<=', (last ?? 0) - rows)
        .execute()
    },
  }
}

/** What is left out is counted, so that nobody takes a part for the whole. */
function cut(subject: string): string {
  return subject.length <= LONGEST
    ? subject
    : `${subject.slice(0, LONGEST).toWellFormed()} … [+${subject.length - LONGEST}]`
}

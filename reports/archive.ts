import type { Insertable, Selectable, Transaction, Updateable } from 'kysely'
import type { ReportFormat, ReportSettings } from '../config/reports.ts'
import type { ReportCopyTable, ReportIssueTable } from '../data/report-tables.ts'
import type { State, StateTables } from '../data/state.ts'
import { fault } from '../entities/faults.ts'
import type { Language } from '../entities/language.ts'
import { RequestError } from '../errors.ts'
import type { Viewer } from '../models/metrics/metric.ts'
import type { Differences, Doubt, ReportIssue } from '../models/metrics/report.ts'

export type IssueRow = Selectable<ReportIssueTable>

/** A file of a copy as the archive has it. */
export interface KeptFile {
  readonly format: ReportFormat
  readonly name: string
  /** Media type. */
  readonly type: string
  /** Relative to the folder of the warehouse. */
  readonly file: string
  readonly bytes: number
  readonly sha256: string
}

/** What one recipient of an issue got. */
export interface KeptCopy {
  readonly copy_id: string
  readonly issue_id: string
  readonly recipient: string
  readonly name: string
  readonly language: Language
  readonly viewer: Viewer
  readonly sight: string
  readonly delivery_key: string
  readonly files: readonly KeptFile[]
}

/** Issues and their copies in the state. */
export interface Archive {
  /** Notes an issue before it is made. False: the schedule has made it already. */
  begin(issue: Insertable<ReportIssueTable>): Promise<boolean>
  /** Those that wait, the oldest first. */
  waiting(): Promise<IssueRow[]>
  /** Throws RequestError 404 where there is none. */
  find(id: string): Promise<IssueRow>
  /** Newest first. */
  list(options: { readonly report?: string | undefined; readonly limit: number }): Promise<IssueRow[]>
  copies(ids: readonly string[]): Promise<KeptCopy[]>
  change(id: string, values: Updateable<ReportIssueTable>): Promise<void>
  /** Copies and issue together, and what `also` does. */
  keep(
    id: string,
    made: { readonly values: Updateable<ReportIssueTable>; readonly copies: readonly KeptCopy[] },
    also: (within: Transaction<StateTables>) => Promise<void>,
  ): Promise<void>
}

export function openArchive({ tables }: State): Archive {
  const all = () => tables.selectFrom('report_issues').selectAll()
  return {
    begin: async (issue) => {
      const { numInsertedOrUpdatedRows } = await tables
        .insertInto('report_issues')
        .values(issue)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return numInsertedOrUpdatedRows === 1n
    },
    waiting: () => all().where('status', '=', 'waiting').orderBy('due_at').execute(),
    find: async (id) => {
      const found = await all().where('issue_id', '=', id).executeTakeFirst()
      if (found === undefined) throw new RequestError(fault('report_issue_unknown', {}), { status: 404 })
      return found
    },
    list: ({ report, limit }) => {
      const some = report === undefined ? all() : all().where('report', '=', report)
      return some.orderBy('due_at', 'desc').orderBy('issue_id').limit(limit).execute()
    },
    copies: async (ids) => {
      if (ids.length === 0) return []
      const rows = await tables
        .selectFrom('report_copies')
        .selectAll()
        .where('issue_id', 'in', ids)
        .orderBy('copy_id')
        .execute()
      return rows.map(copyOf)
    },
    change: async (id, values) => {
      await tables.updateTable('report_issues').set(values).where('issue_id', '=', id).execute()
    },
    keep: async (id, { values, copies }, also) =>
      tables.transaction().execute(async (within) => {
        await within.deleteFrom('report_copies').where('issue_id', '=', id).execute()
        for (const { viewer, files, ...copy } of copies)
          await within
            .insertInto('report_copies')
            .values({ ...copy, viewer: JSON.stringify(viewer), files: JSON.stringify(files) })
            .execute()
        await within.updateTable('report_issues').set(values).where('issue_id', '=', id).execute()
        await also(within)
      }),
  }
}

function copyOf({ viewer, files, language, ...copy }: Selectable<ReportCopyTable>): KeptCopy {
  return {
    ...copy,
    language: language as Language,
    viewer: JSON.parse(viewer) as Viewer,
    files: JSON.parse(files) as KeptFile[],
  }
}

/** An issue as its row says, without its copies. */
export function issueOf(row: IssueRow): Omit<ReportIssue, 'copies'> {
  const { published_at: _published, fingerprint: _print, grounds: _grounds, settings: _settings, ...rest } = row
  return {
    ...rest,
    title: settingsOf(row).title,
    kind: row.kind as ReportIssue['kind'],
    status: row.status as ReportIssue['status'],
    doubts: JSON.parse(row.doubts) as Doubt[],
    differences: row.differences === null ? null : (JSON.parse(row.differences) as Differences),
  }
}

export function settingsOf({ settings }: Pick<IssueRow, 'settings'>): ReportSettings {
  return JSON.parse(settings) as ReportSettings
}

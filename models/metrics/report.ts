import type { ReportFormat, ReportSettings } from '../../config/reports.ts'
import type { Language } from '../../entities/language.ts'
import type { Viewer } from './metric.ts'
import type { DeliveryStatus } from './status.ts'

/** A report with its name and where it is written. */
export interface Report {
  readonly report: string
  readonly settings: ReportSettings
  /** Written on a page: it can be changed there. */
  readonly isOwn: boolean
  /** ISO 8601; null: only when somebody asks for it. */
  readonly next_at: string | null
}

/** Why a report is not to be relied on as a whole. */
export type Doubt =
  | { readonly code: 'stale'; readonly sources: readonly string[] }
  | { readonly code: 'run_failed'; readonly at: string }
  | { readonly code: 'run_partial'; readonly at: string }
  | { readonly code: 'audits'; readonly count: number }
  /** It was due then and waited for a better build. */
  | { readonly code: 'waited'; readonly due: string }

/** How an issue that was made again differs from the first. */
export interface Differences {
  /** Files that are the same byte for byte, of so many. */
  readonly equal: number
  readonly of: number
  /** What can have changed them. */
  readonly causes: readonly ('code' | 'policy' | 'knowledge' | 'rights')[]
  /** Cells that were and are something else, at most 200. */
  readonly cells: readonly CellDifference[]
  /** Cells in all. */
  readonly count: number
}

export interface CellDifference {
  readonly recipient: string
  readonly table: string
  readonly row: string
  readonly column: string
  readonly was: string
  readonly is: string
}

export interface ReportFileStatus {
  readonly format: ReportFormat
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

/** What one recipient got, and what became of it. */
export interface ReportCopy {
  readonly copy_id: string
  /** 'mail ceo@example.com' */
  readonly recipient: string
  readonly name: string
  readonly language: Language
  readonly files: readonly ReportFileStatus[]
  /** Null: it is not sent. */
  readonly delivery: DeliveryStatus | null
  /** The reader may open its files. */
  readonly open: boolean
}

export interface ReportIssue {
  readonly issue_id: string
  readonly report: string
  readonly title: { readonly en: string; readonly zh: string }
  readonly due_at: string
  readonly kind: 'schedule' | 'order' | 'sample' | 'again'
  readonly status: 'waiting' | 'made' | 'held' | 'failed'
  /** Null: nobody, or the viewer does not see people. */
  readonly ordered_by: string | null
  readonly made_at: string | null
  readonly as_of: string | null
  readonly known_at: string | null
  readonly warehouse_version: number | null
  readonly policy_version: string | null
  readonly doubts: readonly Doubt[]
  readonly error: string | null
  readonly again_of: string | null
  readonly differences: Differences | null
  readonly copies: readonly ReportCopy[]
}

export interface OpenedFile {
  readonly name: string
  /** Media type. */
  readonly type: string
  readonly bytes: Uint8Array
}

/** Reports and their archive as a viewer sees them. */
export interface Reports {
  list(): Promise<Report[]>
  /** Newest first. */
  issues(viewer: Viewer, options?: { readonly report?: string; readonly limit?: number }): Promise<ReportIssue[]>
  /** Throws RequestError 404 where there is none. */
  issue(viewer: Viewer, id: string): Promise<ReportIssue>
  /** Throws RequestError 404 where there is none, AccessError where the viewer sees less than whom it was made for. */
  open(viewer: Viewer, id: string, copy: string, format: string): Promise<OpenedFile>
  /** Makes and sends a report now. Returns the issue. */
  make(report: string, by: Viewer): Promise<ReportIssue>
  /** Makes an issue again from its versions, for the archive alone. */
  again(id: string, by: Viewer): Promise<ReportIssue>
  /** Sends on what the operator has. */
  release(id: string, by: Viewer): Promise<ReportIssue>
  /** Writes a report of one's own, or changes it. Throws RequestError for what cannot be. */
  write(report: string, settings: unknown, by: Viewer): Promise<void>
  /** Its issues stay. */
  remove(report: string, by: Viewer): Promise<void>
}

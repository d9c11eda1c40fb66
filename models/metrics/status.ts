import type { Fault } from '../../entities/faults.ts'

/** What the Pipelines page shows: how the figures got here and how fresh they are. Instants are ISO 8601 in UTC. */
export interface PipelineStatus {
  readonly as_of: string | null
  readonly known_at: string | null
  readonly warehouse_version: number
  readonly next_run_at: string | null
  /** Newest first. */
  readonly runs: readonly RunStatus[]
  readonly feeds: readonly FeedStatus[]
  /** Newest first, at most 200. */
  readonly rejects: readonly RejectedRow[]
  /** Lines that declared rules mended; newest first, at most 200. */
  readonly recoveries: readonly RecoveredRow[]
  /** What differed from the batch before, those that wait for a person first; at most 200. */
  readonly drift: readonly DriftStatus[]
  /** What people decided, newest first, at most 200. */
  readonly decisions: readonly DecisionStatus[]
  /** All audits of the last run, failed ones first. */
  readonly audits: readonly AuditStatus[]
  /** What goes out and was not taken, dead ones first, newest first; at most 200. */
  readonly deliveries: readonly DeliveryStatus[]
}

/** A message to one address, system or folder, and what became of it. */
export interface DeliveryStatus {
  readonly delivery_id: string
  /** What is put again under the same key is sent once. */
  readonly key: string
  readonly kind: 'leads' | 'report' | 'alert'
  /** Id of the issue or evaluation it belongs to. */
  readonly about: string
  readonly via: 'mail' | 'webhook' | 'folder'
  /** The address, the name of the webhook or the path of the folder. */
  readonly recipient: string
  /** sending: also where the process ended meanwhile; then it goes out again. dead: not before somebody sends it again. */
  readonly status: 'waiting' | 'sending' | 'sent' | 'dead'
  readonly attempts: number
  readonly made_at: string
  /** When it is tried next. */
  readonly next_at: string
  readonly ended_at: string | null
  /** Since when it is tried in vain. */
  readonly failing_since: string | null
  /** What went wrong last, in English words; null where nothing did. */
  readonly error: string | null
  readonly fault: Fault | null
  /** What the receiver said when it took it. */
  readonly answer: string | null
}

export interface RunStatus {
  readonly run_id: string
  readonly trigger: 'schedule' | 'command' | 'start' | 'catch_up'
  /** partial: at least one source failed, the others were published. interrupted: the process ended before the run did. */
  readonly status: 'running' | 'succeeded' | 'partial' | 'failed' | 'interrupted'
  readonly started_at: string
  readonly ended_at: string | null
  readonly rows: number
  readonly rejects: number
  /** Who asked for it; null: the schedule. */
  readonly started_by: string | null
  readonly error: string | null
  /** What `error` says, one by one. */
  readonly faults: readonly RunFault[]
}

/** One thing that went wrong in a run. Without `fault`, or with a code the reader does not know, `text` is all there is. */
export interface RunFault {
  /** Undefined: the run as a whole. */
  readonly source?: string | undefined
  readonly text: string
  readonly fault?: Fault | undefined
}

export interface FeedStatus {
  readonly source: string
  readonly entity: string
  readonly origin: string
  /** Last time it was read without error. */
  readonly read_at: string | null
  readonly rows: number
  readonly rejects: number
  readonly stale: boolean
  readonly error: string | null
  readonly fault: Fault | null
}

export interface RejectedRow {
  readonly reject_id: string | null
  readonly batch_id: string
  readonly source: string
  readonly entity: string
  /** File or table the row came from. */
  readonly origin: string
  readonly line: number | null
  readonly column: string | null
  readonly value: string | null
  readonly reason: string
  readonly remedy: string
  /** Code and details of reason and remedy; null where an older Trueworth rejected the row. */
  readonly fault: Fault | null
  readonly rejected_at: string
  /** The row as the source gave it: JSON, or the text of a line that is no row. */
  readonly original: string | null
}

export interface DriftStatus {
  readonly batch_id: string
  readonly source: string
  readonly entity: string
  readonly origin: string
  readonly kind: string
  readonly column: string | null
  readonly before: string
  readonly after: string
  readonly severity: 'info' | 'warn' | 'held'
  readonly found_at: string
  /** Its batch is not loaded until a person accepts it. */
  readonly waits: boolean
}

export interface DecisionStatus {
  readonly decided_at: string
  readonly decided_by: string | null
  readonly kind: 'accept' | 'quarantine' | 'release' | 'correct'
  readonly batch_id: string
  readonly source: string
  readonly entity: string
  readonly origin: string
  readonly reason: string | null
}

export interface RecoveredRow {
  readonly source: string
  readonly entity: string
  readonly origin: string
  readonly line: number
  readonly rule: string
  readonly before: string
  /** Its fields as they were read; null: the line was left out. */
  readonly after: string | null
  readonly recovered_at: string
}

export interface AuditStatus {
  readonly model: string
  readonly audit: string
  /** Its name in Chinese; null where it has none. */
  readonly audit_zh: string | null
  readonly severity: 'error' | 'warn'
  readonly rows_at_fault: number
  readonly passed: boolean
}

/** A batch of landing, and what became of it. */
export interface BatchStatus {
  readonly batch_id: string
  readonly source: string
  readonly entity: string
  readonly origin: string
  readonly extracted_at: string
  readonly rows: number
  /** Rows that say something new; null: it is not loaded. */
  readonly loaded: number | null
  readonly rejected: number | null
  /** waiting: it was refused, or is covered by a later one. */
  readonly state: 'loaded' | 'quarantined' | 'held' | 'waiting'
  /** Who corrected a reject with it. */
  readonly corrected_by: string | null
}

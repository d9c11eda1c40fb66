import type { Generated } from 'kysely'

/** A report that was written on a page and not in the configuration. */
export interface ReportTable {
  report: string
  /** ReportSettings as JSON. */
  settings: string
  changed_by: string
  changed_at: string
}

/** Until when it was looked whether a report is due. */
export interface ReportCheckTable {
  report: string
  checked_at: string
}

/** A report as it was made once, for all its recipients. Instants are ISO 8601 in UTC. */
export interface ReportIssueTable {
  issue_id: string
  report: string
  /** When it was due, or ordered. */
  due_at: string
  /** schedule, order, sample, or again: an issue made again from its versions. */
  kind: string
  /** waiting: for a better build. made. held: the operator has it. failed. */
  status: string
  /** As it was written when this was made. */
  settings: string
  ordered_by: string | null
  made_at: string | null
  as_of: string | null
  known_at: string | null
  published_at: string | null
  warehouse_version: number | null
  policy_version: string | null
  /** Of the models and of the code that makes reports. */
  fingerprint: string | null
  /** What figures stood on when it was made: states of sources, JSON. */
  grounds: string | null
  /** What is said at its top, by code, JSON. */
  doubts: Generated<string>
  error: string | null
  /** The issue that this is made again of. */
  again_of: string | null
  /** How it differs from that one, JSON. */
  differences: string | null
}

/** What one recipient of an issue got. */
export interface ReportCopyTable {
  copy_id: string
  issue_id: string
  /** 'mail ceo@example.com' */
  recipient: string
  name: string
  language: string
  /** The viewer whose rights it was made with, JSON. */
  viewer: string
  /** Of what that viewer may see: who sees the same may open it. */
  sight: string
  /** Of its delivery; empty: it is not sent. */
  delivery_key: string
  /** [{ format, name, type, file, bytes, sha256 }] as JSON; `file` is relative to the folder of the warehouse. */
  files: string
}

export const REPORT_MIGRATION = `CREATE TABLE reports (
    report TEXT PRIMARY KEY,
    settings TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL
  );
  CREATE TABLE report_checks (
    report TEXT PRIMARY KEY,
    checked_at TEXT NOT NULL
  );
  CREATE TABLE report_issues (
    issue_id TEXT PRIMARY KEY,
    report TEXT NOT NULL,
    due_at TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    settings TEXT NOT NULL,
    ordered_by TEXT,
    made_at TEXT,
    as_of TEXT,
    known_at TEXT,
    published_at TEXT,
    warehouse_version INTEGER,
    policy_version TEXT,
    fingerprint TEXT,
    grounds TEXT,
    doubts TEXT NOT NULL DEFAULT '[]',
    error TEXT,
    again_of TEXT REFERENCES report_issues (issue_id),
    differences TEXT
  );
  CREATE INDEX report_issues_by_report ON report_issues (report, due_at);
  CREATE UNIQUE INDEX report_issues_due ON report_issues (report, due_at) WHERE kind = 'schedule';
  CREATE TABLE report_copies (
    copy_id TEXT PRIMARY KEY,
    issue_id TEXT NOT NULL REFERENCES report_issues (issue_id),
    recipient TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    viewer TEXT NOT NULL,
    sight TEXT NOT NULL,
    delivery_key TEXT NOT NULL,
    files TEXT NOT NULL
  );
  CREATE INDEX report_copies_by_issue ON report_copies (issue_id);`

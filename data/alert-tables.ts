import type { Generated } from 'kysely'

/** How a group of an alert stands. Instants are ISO 8601 in UTC. */
export interface AlertStateTable {
  alert: string
  /** '' where the figure is watched as a whole. */
  group_key: string
  label: string
  status: string
  streak: number
  streak_version: number | null
  fired_at: string | null
  told_at: string | null
  acknowledged_by: string | null
  snoozed_until: string | null
  value: number | null
  /** The figure as it was asked for, before a clock ran down. */
  asked_value: number | null
  limit_value: number | null
  /** Faults, JSON. */
  why: string
  read_at: string | null
  version: number
  evaluated_at: string
}

/** Looks at a group: equal ones one after the other at one version are one row. */
export interface AlertEvaluationTable {
  evaluation_id: Generated<number>
  alert: string
  group_key: string
  label: string
  at: string
  last_at: string
  times: number
  value: number | null
  limit_value: number | null
  before: string
  after: string
  told: number
  why: string
  version: number
}

/** Whether an alert could be evaluated. */
export interface AlertHealthTable {
  alert: string
  evaluated_at: string
  version: number
  groups: number
  /** A fault, JSON. */
  error: string | null
  error_since: string | null
}

/** What is to be said of alerts, until it was handed over. */
export interface AlertMessageTable {
  key: string
  alert: string
  /** Addresses and groups, JSON: a newer message takes the place of one that nobody has seen yet. */
  recipients: string
  groups: string
  body: string
  made_at: string
  /** Not before then: quiet hours. */
  send_at: string
  handed_at: string | null
}

export const ALERT_MIGRATION = `CREATE TABLE alert_states (
    alert TEXT NOT NULL,
    group_key TEXT NOT NULL,
    label TEXT NOT NULL,
    status TEXT NOT NULL,
    streak INTEGER NOT NULL,
    streak_version INTEGER,
    fired_at TEXT,
    told_at TEXT,
    acknowledged_by TEXT,
    snoozed_until TEXT,
    value REAL,
    asked_value REAL,
    limit_value REAL,
    why TEXT NOT NULL,
    read_at TEXT,
    version INTEGER NOT NULL,
    evaluated_at TEXT NOT NULL,
    PRIMARY KEY (alert, group_key)
  );
  CREATE TABLE alert_evaluations (
    evaluation_id INTEGER PRIMARY KEY AUTOINCREMENT,
    alert TEXT NOT NULL,
    group_key TEXT NOT NULL,
    label TEXT NOT NULL,
    at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    times INTEGER NOT NULL,
    value REAL,
    limit_value REAL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    told INTEGER NOT NULL,
    why TEXT NOT NULL,
    version INTEGER NOT NULL
  );
  CREATE INDEX alert_evaluations_by_group ON alert_evaluations (alert, group_key, evaluation_id);
  CREATE INDEX alert_evaluations_by_time ON alert_evaluations (last_at);
  CREATE TABLE alert_health (
    alert TEXT PRIMARY KEY,
    evaluated_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    groups INTEGER NOT NULL,
    error TEXT,
    error_since TEXT
  );
  CREATE TABLE alert_messages (
    key TEXT PRIMARY KEY,
    alert TEXT NOT NULL,
    recipients TEXT NOT NULL,
    groups TEXT NOT NULL,
    body TEXT NOT NULL,
    made_at TEXT NOT NULL,
    send_at TEXT NOT NULL,
    handed_at TEXT
  );
  CREATE INDEX alert_messages_by_time ON alert_messages (handed_at, send_at);`

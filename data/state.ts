import { Kysely, type Generated, type Selectable } from 'kysely'
import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ConfigError } from '../errors.ts'
import { DELIVERY_MIGRATION, type AnnouncedLeadTable, type DeliveryTable } from './delivery-tables.ts'
import {
  REPORT_MIGRATION,
  type ReportCheckTable,
  type ReportCopyTable,
  type ReportIssueTable,
  type ReportTable,
} from './report-tables.ts'
import { nodeSqliteDialect } from './sqlite-dialect.ts'
import {
  ALERT_MIGRATION,
  type AlertEvaluationTable,
  type AlertHealthTable,
  type AlertMessageTable,
  type AlertStateTable,
} from './alert-tables.ts'
import {
  USER_MIGRATION,
  type AccountTable,
  type AuditTable,
  type SessionTable,
  type TokenTable,
  type UserTable,
} from './user-tables.ts'

/** One run of the pipelines. Instants are ISO 8601 in UTC. */
export interface RunTable {
  run_id: string
  run_trigger: string
  status: string
  started_at: string
  ended_at: string | null
  rows: Generated<number>
  rejects: Generated<number>
  error: string | null
  /** What went wrong as JSON: a list of faults with their source and English words. */
  faults: Generated<string | null>
  /** Who asked for it; null: the schedule, or an older Trueworth. */
  started_by: Generated<string | null>
}

/** One step of a run: a feed extracted, a batch loaded, the models built. */
export interface RunStepTable {
  run_id: string
  step: string
  source: string | null
  entity: string | null
  origin: string | null
  started_at: string
  ended_at: string | null
  rows: Generated<number>
  rejects: Generated<number>
  status: string
  error: string | null
  /** The error as a code with its details, JSON. */
  fault: Generated<string | null>
}

/** A question that somebody kept under a name. */
export interface ExplorationTable {
  exploration_id: string
  owner_id: string
  owner_name: string
  name: string
  query: string
  /** A list of roles, JSON. */
  shared_with: string
  created_at: string
  changed_at: string
}

export interface StateTables {
  runs: RunTable
  run_steps: RunStepTable
  deliveries: DeliveryTable
  announced_leads: AnnouncedLeadTable
  users: UserTable
  sessions: SessionTable
  accounts: AccountTable
  tokens: TokenTable
  audit_log: AuditTable
  explorations: ExplorationTable
  reports: ReportTable
  report_checks: ReportCheckTable
  report_issues: ReportIssueTable
  report_copies: ReportCopyTable
  alert_states: AlertStateTable
  alert_evaluations: AlertEvaluationTable
  alert_health: AlertHealthTable
  alert_messages: AlertMessageTable
}

export type Run = Selectable<RunTable>
export type RunStep = Selectable<RunStepTable>
export type Delivery = Selectable<DeliveryTable>

/** Small, changing facts that survive a rolled-back run: a SQLite file through Kysely. */
export interface State {
  readonly tables: Kysely<StateTables>
  close(): Promise<void>
}

/**
 * Each entry is applied once, in order; its place in the list is its number. Additive only: a file that an older
 * Trueworth wrote opens without loss. Append, never edit.
 */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE runs (
    run_id TEXT PRIMARY KEY,
    run_trigger TEXT NOT NULL,
    status TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    rows INTEGER NOT NULL DEFAULT 0,
    rejects INTEGER NOT NULL DEFAULT 0,
    error TEXT
  );
  CREATE INDEX runs_by_start ON runs (started_at);
  CREATE TABLE run_steps (
    run_id TEXT NOT NULL REFERENCES runs (run_id),
    step TEXT NOT NULL,
    source TEXT,
    entity TEXT,
    origin TEXT,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    rows INTEGER NOT NULL DEFAULT 0,
    rejects INTEGER NOT NULL DEFAULT 0,
    status TEXT NOT NULL,
    error TEXT
  );
  CREATE INDEX run_steps_by_run ON run_steps (run_id);`,
  `ALTER TABLE runs ADD COLUMN faults TEXT;
  ALTER TABLE run_steps ADD COLUMN fault TEXT;`,
  `ALTER TABLE runs ADD COLUMN started_by TEXT;`,
  `CREATE TABLE deliveries (
    delivery_id TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    status TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    made_at TEXT NOT NULL,
    next_at TEXT NOT NULL,
    error TEXT,
    ended_at TEXT
  );
  CREATE INDEX deliveries_by_status ON deliveries (status, next_at);
  CREATE TABLE announced_leads (
    lead_id TEXT PRIMARY KEY,
    delivery_id TEXT NOT NULL REFERENCES deliveries (delivery_id)
  );`,
  USER_MIGRATION,
  `CREATE TABLE explorations (
    exploration_id TEXT PRIMARY KEY,
    owner_id TEXT NOT NULL,
    owner_name TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    shared_with TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
  );
  CREATE INDEX explorations_by_owner ON explorations (owner_id);`,
  DELIVERY_MIGRATION,
  REPORT_MIGRATION,
  ALERT_MIGRATION,
]

/** Opens the state file, made where there is none, and brings it to the newest migration. ':memory:' for none on disk. */
export function openState(path: string): State {
  const database = openDatabase(path)
  try {
    migrate(database, path)
  } catch (cause) {
    database.close()
    if (cause instanceof ConfigError) throw cause
    throw unopenable(path, cause)
  }
  const tables = new Kysely<StateTables>({ dialect: nodeSqliteDialect(database) })
  return { tables, close: () => close(tables, database) }
}

/** Kysely only closes what a first query has opened. */
async function close(tables: Kysely<StateTables>, database: DatabaseSync): Promise<void> {
  await tables.destroy()
  if (database.isOpen) database.close()
}

function openDatabase(path: string): DatabaseSync {
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
    const database = new DatabaseSync(path, { timeout: 5_000, enableForeignKeyConstraints: true })
    // It holds sessions and hashes of passwords.
    if (path !== ':memory:') chmodSync(path, 0o600)
    return database
  } catch (cause) {
    throw unopenable(path, cause)
  }
}

function unopenable(path: string, cause: unknown): ConfigError {
  const message = cause instanceof Error ? cause.message : String(cause)
  return new ConfigError(
    `state ${path} cannot be opened: ${message}. Check that the folder is writable and the file is a Trueworth state file.`,
    {
      cause,
    },
  )
}

function migrate(database: DatabaseSync, path: string): void {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  if (version(database) === MIGRATIONS.length) return
  database.exec('BEGIN IMMEDIATE')
  try {
    // Read again under the lock: another process may have migrated meanwhile.
    const applied = version(database)
    if (applied > MIGRATIONS.length) throw newer(path, applied)
    for (const statements of MIGRATIONS.slice(applied)) database.exec(statements)
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`)
    database.exec('COMMIT')
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

function version(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0)
}

function newer(path: string, applied: number): ConfigError {
  return new ConfigError(
    `state ${path} is at version ${applied}, this Trueworth knows versions up to ${MIGRATIONS.length}. Start the newer Trueworth that wrote it, or name another folder.`,
  )
}

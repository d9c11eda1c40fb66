import { literal } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import type { AuditOutcome } from '../../models/builder/model.ts'

/**
 * Schema `meta`: what was loaded, what was left out, how far each feed was read, what was published.
 * Written in the same transaction as the rows it speaks of. No primary keys: an index makes loads slower and cannot take
 * a delete and an insert of one key in one transaction; the load keeps the tables unique.
 */
const TABLES: Readonly<Record<string, string>> = {
  batches: `batch_id VARCHAR, run_id VARCHAR, source VARCHAR, entity VARCHAR, origin VARCHAR, rows BIGINT, loaded BIGINT,
    rejected BIGINT, checksum VARCHAR, window_since VARCHAR, cursor VARCHAR, extracted_at TIMESTAMP, loaded_at TIMESTAMP,
    unchanged BIGINT, duplicates BIGINT, left_out BIGINT, deleted BIGINT`,
  rejects: `batch_id VARCHAR, source VARCHAR, entity VARCHAR, origin VARCHAR, line BIGINT, column_name VARCHAR, value VARCHAR,
    reason VARCHAR, remedy VARCHAR, original VARCHAR, rejected_at TIMESTAMP, fault VARCHAR, details JSON, reject_id VARCHAR,
    resolved_at TIMESTAMP, resolved_by_batch VARCHAR, resolved_by VARCHAR`,
  recoveries: `batch_id VARCHAR, source VARCHAR, entity VARCHAR, origin VARCHAR, line BIGINT, rule VARCHAR, before VARCHAR,
    after VARCHAR, recovered_at TIMESTAMP`,
  drift: `batch_id VARCHAR, run_id VARCHAR, source VARCHAR, entity VARCHAR, origin VARCHAR, kind VARCHAR, column_name VARCHAR,
    before VARCHAR, after VARCHAR, severity VARCHAR, found_at TIMESTAMP`,
  decisions: `decision_id VARCHAR, decided_at TIMESTAMP, decided_by VARCHAR, kind VARCHAR, batch_id VARCHAR, source VARCHAR, entity VARCHAR,
    origin VARCHAR, reason VARCHAR, content JSON`,
  watermarks: `source VARCHAR, entity VARCHAR, origin VARCHAR, cursor VARCHAR, read_at TIMESTAMP, batch_id VARCHAR`,
  files: `source VARCHAR, entity VARCHAR, origin VARCHAR, path VARCHAR, size BIGINT, modified_at VARCHAR, checksum VARCHAR,
    batch_id VARCHAR`,
  audits: `run_id VARCHAR, model VARCHAR, audit VARCHAR, severity VARCHAR, rows_at_fault BIGINT, passed BOOLEAN, audit_zh VARCHAR`,
  versions: `version BIGINT, run_id VARCHAR, published_at TIMESTAMP, as_of DATE, known_at TIMESTAMP, fingerprint VARCHAR`,
}

/** Columns that a table of an older Trueworth lacks. */
const ADDED: readonly (readonly [table: string, column: string])[] = [
  ['rejects', 'fault VARCHAR'],
  ['rejects', 'details JSON'],
  ['audits', 'audit_zh VARCHAR'],
  ['decisions', 'content JSON'],
  ['rejects', 'reject_id VARCHAR'],
  ['rejects', 'resolved_at TIMESTAMP'],
  ['rejects', 'resolved_by_batch VARCHAR'],
  ['rejects', 'resolved_by VARCHAR'],
]

/** Makes schema `meta` and its tables where they are missing. */
export async function createMeta(session: Session): Promise<void> {
  await session.run('CREATE SCHEMA IF NOT EXISTS meta')
  for (const [table, columns] of Object.entries(TABLES)) {
    await session.run(`CREATE TABLE IF NOT EXISTS meta.${table} (${columns})`)
  }
  for (const [table, column] of ADDED) await session.run(`ALTER TABLE meta.${table} ADD COLUMN IF NOT EXISTS ${column}`)
}

export interface Version {
  readonly version: number
  readonly run_id: string
  readonly published_at: string
  readonly as_of: string
  readonly known_at: string
  readonly fingerprint: string
}

/** The version readers see, or undefined before the first run was published. */
export async function latestVersion(session: Session): Promise<Version | undefined> {
  return session.one<Version>('FROM meta.versions ORDER BY version DESC LIMIT 1')
}

/**
 * Replaces the audits of the last run: the page shows one run, and its history is in the versions.
 * `everything` says that all models were built; else the audits of models that were not built again still hold.
 */
export async function keepAudits(
  session: Session,
  runId: string,
  outcomes: readonly AuditOutcome[],
  { everything = false } = {},
): Promise<void> {
  const built = new Set(outcomes.map(({ model }) => model))
  const former = everything ? [] : await session.rows<AuditOutcome>('FROM meta.audits')
  const audits = [...former.filter(({ model }) => !built.has(model)), ...outcomes]
  await session.run('DELETE FROM meta.audits')
  if (audits.length === 0) return
  const values = audits.map(
    ({ model, audit, audit_zh, severity, rows_at_fault, passed }) =>
      `(${[runId, model, audit, severity].map(literal).join(', ')}, ${rows_at_fault}, ${passed}, ${audit_zh === null ? 'NULL' : literal(audit_zh)})`,
  )
  await session.run(
    `INSERT INTO meta.audits (run_id, model, audit, severity, rows_at_fault, passed, audit_zh) VALUES ${values.join(', ')}`,
  )
}

/** True where the audits are those of a run that was rolled back: what the page then shows speaks of figures nobody sees. */
export async function auditsAreOfAnotherRun(session: Session, published: Version | undefined): Promise<boolean> {
  const others = await session.one('SELECT 1 AS found FROM meta.audits WHERE run_id IS DISTINCT FROM $1 LIMIT 1', [
    published?.run_id ?? null,
  ])
  return others !== undefined
}

export async function writeVersion(session: Session, version: Version): Promise<void> {
  await session.run(
    `INSERT INTO meta.versions
     VALUES ($1, $2, CAST($3 AS TIMESTAMP), CAST($4 AS DATE), CAST($5 AS TIMESTAMP), $6)`,
    [
      version.version,
      version.run_id,
      timestamp(version.published_at),
      version.as_of,
      timestamp(version.known_at),
      version.fingerprint,
    ],
  )
}

/** An ISO instant in UTC as TIMESTAMP reads it. */
export function timestamp(instant: string): string {
  return instant.replace('T', ' ').replace(/Z$/, '')
}

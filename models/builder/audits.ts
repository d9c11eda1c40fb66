import { literal } from '../../data/quote.ts'
import type { Session } from '../../data/warehouse.ts'
import { fault, type Fault } from '../../entities/faults.ts'
import { AuditError } from '../../errors.ts'
import type { Audit, AuditOutcome, Model } from './model.ts'

/** Runs the audits of one model: what can be counted row by row in one scan, the rest beside it in the same statement. */
export async function auditModel(session: Session, model: Model): Promise<AuditOutcome[]> {
  const sql = auditQuery(model)
  if (sql === undefined) return []
  const counts = (await session.one<Record<string, number>>(sql)) ?? {}
  const outcomes: AuditOutcome[] = []
  for (const [index, audit] of model.audits.entries()) {
    const suspected = counts[`audit_${index}`] ?? 0
    const rows_at_fault =
      audit.kind === 'unique' && suspected > 0 ? await repeats(session, model, audit.columns) : suspected
    outcomes.push({
      model: model.name,
      audit: audit.name,
      audit_zh: audit.nameZh ?? null,
      severity: audit.severity,
      rows_at_fault,
      passed: rows_at_fault === 0,
    })
  }
  return outcomes
}

/** One statement with a count of rows at fault for each audit of the model, `audit_0` …; undefined without audits. */
function auditQuery(model: Model): string | undefined {
  if (model.audits.length === 0) return undefined
  const scanned = model.audits.flatMap((audit, index) => {
    const condition = faultCondition(audit)
    return condition === undefined ? [] : [`COUNT(*) FILTER (WHERE ${condition}\n) AS audit_${index}`]
  })
  const beside = model.audits.flatMap((audit, index) =>
    faultCondition(audit) === undefined ? [`(${ownCount(audit, model.name)}) AS audit_${index}`] : [],
  )
  const scan = scanned.length > 0 ? [`(SELECT ${scanned.join(',\n')} FROM ${model.name}) AS scan`] : []
  const list = [...(scan.length > 0 ? ['scan.*'] : []), ...beside].join(',\n')
  return `SELECT ${list}${scan.length > 0 ? ` FROM ${scan[0]}` : ''}`
}

/** A SELECT of one column that binds exactly where the audits' own SQL does, cheap to prepare; undefined where there is none. */
export function boundAudits(model: Model): string | undefined {
  const conditions = model.audits.flatMap((audit) => {
    if (audit.kind === 'unique' || audit.kind === 'not_null') return []
    return [`(${faultCondition(audit) ?? `EXISTS (${ownCount(audit, model.name)})`}\n)`]
  })
  return conditions.length === 0 ? undefined : `SELECT 1 FROM ${model.name} WHERE ${conditions.join(' AND ')}`
}

/** True in a row at fault, where the row alone can tell. */
function faultCondition(audit: Audit): string | undefined {
  switch (audit.kind) {
    case 'not_null':
      return audit.columns.map((column) => `${column} IS NULL`).join(' OR ')
    case 'balance':
      return `${cents(audit.left)} IS DISTINCT FROM ${cents(audit.right)}`
    case 'accepted':
      return `${audit.column} NOT IN (${audit.values.map((value) => (typeof value === 'string' ? literal(value) : String(value))).join(', ')})`
    case 'rows':
      return isSelect(audit.sql) ? undefined : audit.sql
    default:
      return undefined
  }
}

function cents(expression: string): string {
  return `CAST((${expression}) AS DECIMAL(38,2))`
}

function isSelect(sql: string): boolean {
  return /^(select|with)\b/i.test(sql)
}

/**
 * Rows at fault of an audit that needs a statement of its own. Uniqueness is first counted over hashes, which are
 * faster than text: as many hashes as rows proves it, fewer is looked at again by `repeats`.
 */
function ownCount(audit: Audit, table: string): string {
  if (audit.kind === 'unique')
    return `SELECT COUNT(*) - COUNT(DISTINCT hash(${audit.columns.join(', ')})) FROM ${table}`
  if (audit.kind === 'references') {
    const held = `SELECT held.${audit.target} FROM ${audit.table} AS held`
    return `SELECT COUNT(*) FROM ${table} AS own WHERE own.${audit.column} IS NOT NULL AND own.${audit.column} NOT IN (${held} WHERE held.${audit.target} IS NOT NULL)`
  }
  return audit.kind === 'rows' ? `SELECT COUNT(*) FROM (${audit.sql}\n)` : 'SELECT 0'
}

/** Rows beyond the first of each key. */
async function repeats(session: Session, model: Model, columns: readonly string[]): Promise<number> {
  const answer = await session.one<{ repeats: number }>(
    `SELECT (SELECT COUNT(*) FROM ${model.name}) - (SELECT COUNT(*) FROM (SELECT DISTINCT ${columns.join(', ')} FROM ${model.name})) AS repeats`,
  )
  return answer?.repeats ?? 0
}

/** Throws one AuditError for all audits of severity error that found rows, with a few of the rows of each. */
export async function refuseFaults(
  session: Session,
  models: readonly Model[],
  outcomes: readonly AuditOutcome[],
): Promise<void> {
  const failed = outcomes.filter((outcome) => !outcome.passed && outcome.severity === 'error')
  const [first] = failed
  if (!first) return
  const found: Fault[] = []
  for (const outcome of failed) {
    const model = models.find(({ name }) => name === outcome.model)
    const audit = model?.audits.find(({ name }) => name === outcome.audit)
    const examples = model && audit ? await faultyRows(session, model, audit) : undefined
    const named = { model: outcome.model, audit: outcome.audit, examples }
    const rows = outcome.rows_at_fault
    found.push(rows === 1 ? fault('audit_found_row', named) : fault('audit_found_rows', { ...named, rows }))
  }
  const { length: count } = failed
  throw new AuditError(count === 1 ? fault('audit_failed', { found }) : fault('audits_failed', { count, found }), {
    model: first.model,
    audit: first.audit,
    count: first.rows_at_fault,
    outcomes,
  })
}

/** Up to three rows at fault, since after the rollback nobody can look them up. */
async function faultyRows(session: Session, model: Model, audit: Audit): Promise<string | undefined> {
  const rows = await session.rows(`${faultSelect(model, audit)} LIMIT 3`)
  return rows.length === 0 ? undefined : rows.map((row) => JSON.stringify(row)).join(' ')
}

function faultSelect(model: Model, audit: Audit): string {
  const condition = faultCondition(audit)
  if (condition !== undefined) return `SELECT ${shown(model, audit)} FROM ${model.name} WHERE ${condition}\n`
  if (audit.kind === 'unique') {
    const key = audit.columns.join(', ')
    return `SELECT ${key}, COUNT(*) AS rows FROM ${model.name} GROUP BY ${key} HAVING COUNT(*) > 1 ORDER BY ${key}`
  }
  if (audit.kind === 'rows') return `SELECT * FROM (${audit.sql}\n)`
  const held =
    audit.kind === 'references'
      ? `SELECT 1 FROM ${audit.table} AS held WHERE held.${audit.target} = own.${audit.column}`
      : ''
  const column = audit.kind === 'references' ? audit.column : ''
  return `SELECT ${shown(model, audit)} FROM ${model.name} AS own WHERE own.${column} IS NOT NULL AND NOT EXISTS (${held})`
}

/** The grain of the row, then what the audit is about. */
function shown(model: Model, audit: Audit): string {
  const own = audit.kind === 'accepted' || audit.kind === 'references' ? [audit.column] : []
  const sides = audit.kind === 'balance' ? [`${audit.left} AS left_side`, `${audit.right} AS right_side`] : []
  return [...new Set([...model.grain, ...own]), ...sides].join(', ')
}

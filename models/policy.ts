import type { Policy } from '../config/policy.ts'
import type { Parameter, Session } from '../data/warehouse.ts'
import { workingDayMinutes, writeCalendars } from './calendars.ts'
import { writeLeadPolicy } from './lead-policy.ts'
import { ruleTables, type RuleTable } from './rule-tables.ts'
import { steps, stepsByStage } from './stages.ts'

export interface PolicyTables {
  readonly policy: Policy
  readonly company: { readonly currency: string; readonly timeZone: string }
  /** Business date of all figures, 'YYYY-MM-DD'. */
  readonly asOf: string
  /** What had been recorded by then counts. ISO 8601 instant in UTC. */
  readonly knownAt: string
}

/** Writes the company's rules to schema `policy`, where models read them. Replaces what was there. */
export async function writePolicy(session: Session, { policy, company, asOf, knownAt }: PolicyTables): Promise<void> {
  await session.run('CREATE SCHEMA IF NOT EXISTS policy')
  // What is still going on is looked at when the business date ends where the company is, or at the moment of knowledge.
  await session.run(
    `CREATE OR REPLACE TABLE policy.clock AS
     SELECT as_of, known_at, LEAST(known_at, timezone('UTC', timezone($3, CAST(as_of + 1 AS TIMESTAMP)))) AS looked_at
     FROM (SELECT CAST($1 AS DATE) AS as_of, CAST($2 AS TIMESTAMP) AS known_at)`,
    [asOf, knownAt.replace(/Z$/, ''), company.timeZone],
  )
  await writeRow(session, 'settings', {
    currency: { type: 'VARCHAR', value: company.currency },
    time_zone: { type: 'VARCHAR', value: company.timeZone },
    eats_service_workload_percentile: { type: 'DOUBLE', value: policy.eatsServiceWorkloadPercentile },
    influenced_days: { type: 'BIGINT', value: policy.influencedDays },
    coverage_threshold: { type: 'DOUBLE', value: policy.coverageThreshold },
    records_from: { type: 'DATE', value: policy.recordsFrom ?? null },
    dealer_report_days: { type: 'BIGINT', value: policy.dealerReportDays },
    dealer_install_days: { type: 'BIGINT', value: policy.dealerInstallDays },
    untouched_days: { type: 'BIGINT', value: policy.untouchedDays },
    stale_opportunity_days: { type: 'BIGINT', value: policy.staleOpportunityDays },
    is_sourced_by_request: { type: 'BOOLEAN', value: policy.sourced.requests ?? false },
    is_sourced_by_decision: { type: 'BOOLEAN', value: policy.sourced.decisions ?? true },
    conversion_seriously_below: { type: 'DOUBLE', value: policy.stageConversion.seriouslyBelow },
    conversion_minimum_cases: { type: 'BIGINT', value: policy.stageConversion.minimumCases },
    minimum_records: { type: 'BIGINT', value: policy.minimumRecords },
    working_day_minutes: { type: 'BIGINT', value: workingDayMinutes(policy) },
    yearly_discount: { type: 'DOUBLE', value: policy.yearlyDiscount },
    stale_after_hours: { type: 'DOUBLE', value: policy.staleAfterHours },
  })
  const { leadSources = [], campaigns = [], departments = [] } = policy.sourced
  await writeList(session, 'service_lead_sources', { column: 'lead_source', values: leadSources })
  await writeList(session, 'service_campaigns', { column: 'campaign_id', values: campaigns })
  await writeList(session, 'service_departments', { column: 'department', values: departments })
  await writeRows(session, 'stages', {
    columns: 'stage VARCHAR, step VARCHAR, place BIGINT',
    rows: [...stepsByStage(policy.stages)].map(([stage, step]) => [stage, step, steps.indexOf(step) + 1]),
  })
  await writeList(session, 'cancelled_statuses', { column: 'status', values: policy.cancelledStatuses })
  await writeList(session, 'visit_kinds', { column: 'kind', values: policy.visitKinds })
  await writeList(session, 'labour_categories', { column: 'category', values: policy.labourCategories })
  await writeList(session, 'object_categories', { column: 'category', values: policy.objectCategories })
  await writeRows(session, 'contract_includes', {
    columns: 'contract_kind VARCHAR, line_kind VARCHAR',
    rows: included(policy.contractIncludes),
  })
  await writeRows(session, 'warranty_includes', {
    columns: 'warranty_scope VARCHAR, line_kind VARCHAR',
    rows: included(policy.warrantyIncludes),
  })
  for (const [name, table] of Object.entries(ruleTables(policy))) await writeRows(session, name, table)
  await writeLeadPolicy(session, policy.leads)
  await writeCalendars(session, { policy, company, asOf })
}

/** A kind that includes nothing stands there too, so that it is not taken for one of the others. */
function included(by: Policy['contractIncludes']): (readonly Parameter[])[] {
  return Object.entries(by).flatMap(([kind, lines]) =>
    (lines.length === 0 ? [null] : lines).map((line) => [kind, line]),
  )
}

type Cells = Readonly<Record<string, { readonly type: string; readonly value: Parameter }>>

async function writeRow(session: Session, table: string, cells: Cells): Promise<void> {
  const columns = Object.entries(cells).map(([name, { type }], i) => `CAST($${i + 1} AS ${type}) AS ${name}`)
  await session.run(
    `CREATE OR REPLACE TABLE policy.${table} AS SELECT ${columns.join(', ')}`,
    Object.values(cells).map(({ value }) => value),
  )
}

async function writeRows(session: Session, table: string, { columns, rows }: RuleTable): Promise<void> {
  await session.run(`CREATE OR REPLACE TABLE policy.${table} (${columns})`)
  for (const row of rows)
    await session.run(`INSERT INTO policy.${table} VALUES (${row.map((_, at) => `$${at + 1}`).join(', ')})`, row)
}

async function writeList(
  session: Session,
  table: string,
  { column, values }: { column: string; values: readonly string[] },
): Promise<void> {
  await session.run(`CREATE OR REPLACE TABLE policy.${table} (${column} VARCHAR)`)
  for (const value of new Set(values)) await session.run(`INSERT INTO policy.${table} VALUES ($1)`, [value])
}

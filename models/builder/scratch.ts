import type { Policy } from '../../config/policy.ts'
import { installMacros } from '../../data/macros.ts'
import { checkingSession } from '../../data/catalog.ts'
import { Warehouse, type Session } from '../../data/warehouse.ts'
import { writePolicy } from '../policy.ts'
import { knownTables } from './known.ts'
import type { Tables } from './model.ts'

/** The columns of policy tables do not depend on what the company decided. */
const NO_RULES: Policy = {
  eatsServiceWorkloadPercentile: 0,
  influencedDays: 0,
  coverageThreshold: 0,
  staleAfterHours: 0,
  sourced: {},
  stages: {},
  stageConversion: { seriouslyBelow: 0, minimumCases: 0 },
  cancelledStatuses: [],
  visitKinds: [],
  labourCategories: [],
  objectCategories: [],
  dealerReportDays: 0,
  dealerInstallDays: 0,
  untouchedDays: 0,
  staleOpportunityDays: 0,
  minimumRecords: 0,
  calendars: {},
  promises: {},
  costPools: [],
  support: { method: 'direct', units: {} },
  practicalCapacity: 1,
  hourlyCostFactor: 1,
  visitCharges: {},
  versions: [],
  yearlyDiscount: 0,
  scores: [],
  classDecisions: [],
  warrantyIncludes: {},
  contractIncludes: {},
  leads: {
    off: [],
    soonDays: 0,
    horizonDays: 0,
    lifeChance: 0,
    oftenRepairs: 0,
    sameFaults: 0,
    ruleCustomers: 0,
    ruleLift: 0,
    intentDays: 0,
    intentWords: {},
    intentExceptions: [],
    retiredStatuses: [],
    quietDays: 0,
    perOwner: 0,
    hiddenDays: 0,
  },
}

export interface Scratch {
  readonly session: Session
  /** Raw, history and policy tables with their columns. */
  readonly known: Tables
  close(): void
}

const companions = new WeakMap<Session, readonly Session[]>()

/** The sessions of one scratch database that can prepare side by side. */
export function companionsOf(session: Session): readonly Session[] {
  return companions.get(session) ?? [session]
}

/** A database in memory with macros and policy tables but no rows: where models are planned and tested. */
export async function openScratch(): Promise<Scratch> {
  const warehouse = await Warehouse.open(':memory:', { settings: { threads: '1' } })
  const session = await checkingSession(warehouse)
  const companion = await checkingSession(warehouse)
  companions.set(session, [session, companion])
  await installMacros(session, { timeZone: 'UTC' })
  await writePolicy(session, {
    company: { currency: '', timeZone: 'UTC' },
    policy: NO_RULES,
    asOf: '2000-01-01',
    knownAt: '2000-01-01T00:00:00Z',
  })
  const columns = await session.rows<{ table_name: string; column_name: string; data_type: string }>(
    `SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = 'policy' ORDER BY table_name, column_index`,
  )
  const rules: Record<string, Record<string, string>> = {}
  for (const { table_name, column_name, data_type } of columns)
    (rules[`policy.${table_name}`] ??= {})[column_name] = data_type
  const close = (): void => {
    companion.close()
    session.close()
    warehouse.close()
  }
  return { session, known: knownTables(rules), close }
}

/** Lends a scratch database to `work` and closes it. */
export async function withScratch<T>(work: (scratch: Scratch) => Promise<T>): Promise<T> {
  const scratch = await openScratch()
  try {
    return await work(scratch)
  } finally {
    scratch.close()
  }
}

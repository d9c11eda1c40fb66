import type { LeadPolicy } from '../config/leads.ts'
import type { Session } from '../data/warehouse.ts'

/** Writes what the company decided of leads to schema `policy`: one row of settings, and its lists. */
export async function writeLeadPolicy(session: Session, policy: LeadPolicy): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TABLE policy.leads AS SELECT CAST($1 AS BIGINT) AS soon_days, CAST($2 AS BIGINT) AS horizon_days,
       CAST($3 AS DOUBLE) AS life_chance, CAST($4 AS BIGINT) AS often_repairs, CAST($5 AS BIGINT) AS same_faults,
       CAST($6 AS BIGINT) AS rule_customers, CAST($7 AS DOUBLE) AS rule_lift, CAST($8 AS BIGINT) AS intent_days,
       CAST($9 AS BIGINT) AS quiet_days, CAST($10 AS BIGINT) AS per_owner, CAST($11 AS BIGINT) AS hidden_days`,
    [
      policy.soonDays,
      policy.horizonDays,
      policy.lifeChance,
      policy.oftenRepairs,
      policy.sameFaults,
      policy.ruleCustomers,
      policy.ruleLift,
      policy.intentDays,
      policy.quietDays,
      policy.perOwner,
      policy.hiddenDays,
    ],
  )
  const words = Object.entries(policy.intentWords).flatMap(([intent, list]) =>
    list.map((word) => ({ intent, word, is_exception: false })),
  )
  const exceptions = policy.intentExceptions.map((word) => ({ intent: null, word, is_exception: true }))
  await writeList(session, 'intent_words', 'intent VARCHAR, word VARCHAR, is_exception BOOLEAN', [
    ...words,
    ...exceptions,
  ])
  await writeList(
    session,
    'lead_signals_off',
    'signal VARCHAR',
    policy.off.map((signal) => ({ signal })),
  )
  await writeList(
    session,
    'retired_statuses',
    'status VARCHAR',
    policy.retiredStatuses.map((status) => ({ status })),
  )
}

async function writeList(session: Session, table: string, columns: string, rows: readonly object[]): Promise<void> {
  await session.run(`CREATE OR REPLACE TABLE policy.${table} (${columns})`)
  const shape = columns.replaceAll(/(\w+) (\w+)/g, '"$1": "$2"')
  await session.run(
    `INSERT INTO policy.${table} SELECT unnest(from_json($1::VARCHAR, '[{${shape}}]'), max_depth := 2)`,
    [JSON.stringify(rows)],
  )
}

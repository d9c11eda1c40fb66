// Child: one model over rows made here. 'ours': its own SQL; 'bare': the least that answers a question of its kind.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { defaultPolicy } from '../../config/policy.ts'
import { installMacros } from '../../data/macros.ts'
import { Warehouse, type Session } from '../../data/warehouse.ts'
import { readModels } from '../../models/builder/read.ts'
import { writePolicy } from '../../models/policy.ts'
import { answer } from './child.ts'

const [model = '', way = '', rowText = ''] = process.argv.slice(2)
const rows = Number(rowText)
const folder = await mkdtemp(join(tmpdir(), 'trueworth-models-'))
const warehouse = await Warehouse.open(join(folder, 'warehouse.duckdb'))
const models = new Map(
  (await readModels(resolve(import.meta.dirname, '../../models'))).flatMap((each) =>
    each.kind === 'sql' ? [[each.name, each.sql] as const] : [],
  ),
)
const company = { currency: 'CNY', timeZone: 'Asia/Shanghai' }

/** Empty tables of all that models read, and the rows that a model is measured on. */
const ROWS: Readonly<Record<string, readonly string[]>> = {
  promises: [
    `CREATE TABLE staging.requests AS SELECT i AS request_id, 'C' || hash(i) % 20000 AS customer_id, opened_at,
       opened_at + to_seconds(CAST(hash(i, 1) % 400000 AS INTEGER)) AS first_response_at,
       opened_at + to_seconds(CAST(hash(i, 2) % 4000000 AS INTEGER)) AS resolved_at, CAST(opened_at AS DATE) AS opened_on,
       CAST(opened_at + to_seconds(CAST(hash(i, 1) % 400000 AS INTEGER)) AS DATE) AS first_response_on,
       CAST(opened_at + to_seconds(CAST(hash(i, 2) % 4000000 AS INTEGER)) AS DATE) AS resolved_on
     FROM (SELECT CAST(i AS VARCHAR) AS i, TIMESTAMP '2022-01-01' + to_seconds(CAST(hash(i) % 126000000 AS INTEGER)) AS opened_at
       FROM range(${rows}) AS numbers(i))`,
    `CREATE TABLE core.entitlements AS SELECT request_id, 'default' AS calendar_id,
       ['business_hours', 'next_business_day', 'around_the_clock'][1 + CAST(hash(request_id) % 3 AS BIGINT)] AS response_kind, 8.0 AS response_hours
     FROM staging.requests`,
  ],
  allocation: [
    `CREATE TABLE core.cost_pools AS SELECT 'service' AS origin_department, 'category ' || i AS category, 'none' AS campaign_id,
       'service' AS department, 'hours' AS driver, CAST(1000000 + hash(i) % 100000000 AS DECIMAL(18, 2)) AS amount, DATE '2026-06-01' AS month
     FROM range(100) AS numbers(i)`,
    `CREATE TABLE core.driver_units AS SELECT 'hours' AS driver, 'none' AS campaign_id, 'C' || i AS customer_id,
       CAST(1 + hash(i) % 500 AS DECIMAL(18, 4)) AS units, DATE '2026-06-01' AS month FROM range(${Math.round(rows / 100)}) AS numbers(i)`,
  ],
  history: [
    `CREATE TABLE core.request_steps AS SELECT 'R' || i // 6 AS request_id, TIMESTAMP '2022-01-01' + to_seconds(CAST(hash(i // 6) % 126000000 + 3600 * (i % 6) AS INTEGER)) AS happened_at,
       ['assigned', 'responded', 'transferred', 'on_hold', 'resumed', 'resolved'][1 + i % 6] AS kind,
       CASE WHEN i % 6 IN (0, 2) THEN 'E' || hash(i) % 200 END AS to_employee_id,
       CASE WHEN i % 6 IN (0, 2) THEN 'D' || hash(i) % 5 END AS to_department, CAST(NULL AS VARCHAR) AS status
     FROM range(${rows}) AS numbers(i)`,
  ],
}

const OURS: Readonly<Record<string, string>> = {
  promises: 'core.promises',
  history: 'core.history_spans',
  allocation: 'core.allocations',
}

/** Elapsed minutes beside the same joins; when the next event of a record came; parts that are not rounded. */
const BARE: Readonly<Record<string, string>> = {
  promises: `SELECT requests.request_id, requests.customer_id, entitlements.response_kind, entitlements.response_hours,
      date_diff('second', opened_at, first_response_at) / 60.0 AS response_minutes,
      date_diff('second', opened_at, resolved_at) / 60.0 AS resolution_minutes,
      opened_at + to_seconds(CAST(3600 * entitlements.response_hours AS BIGINT)) AS due_at,
      first_response_at <= opened_at + to_seconds(CAST(3600 * entitlements.response_hours AS BIGINT)) AS is_kept
    FROM staging.requests JOIN core.entitlements ON entitlements.request_id = requests.request_id`,
  allocation: `SELECT pools.*, taken.customer_id, taken.units, sums.units AS total_units,
      CAST(pools.amount AS DOUBLE) * CAST(taken.units AS DOUBLE) / CAST(sums.units AS DOUBLE) AS part
    FROM core.cost_pools AS pools JOIN core.driver_units AS taken ON taken.driver = pools.driver AND taken.month = pools.month
    JOIN (SELECT driver, month, SUM(units) AS units FROM core.driver_units GROUP BY driver, month) AS sums
      ON sums.driver = pools.driver AND sums.month = pools.month`,
  history: `SELECT request_id, kind, to_employee_id, to_department, happened_at,
      lead(happened_at) OVER (PARTITION BY request_id ORDER BY happened_at) AS ended_at FROM core.request_steps`,
}

async function arrange(session: Session): Promise<void> {
  await session.run('CREATE SCHEMA raw; CREATE SCHEMA staging; CREATE SCHEMA core; CREATE SCHEMA history')
  await installMacros(session, company)
  await writePolicy(session, { policy: defaultPolicy, company, asOf: '2026-06-30', knownAt: '2026-07-01T00:00:00Z' })
  for (const sql of ROWS[model] ?? []) await session.run(sql)
  for (const [table, columns] of Object.entries(EMPTY[model] ?? {}))
    await session.run(`CREATE TABLE ${table} (${columns})`)
  if (model === 'promises')
    for (const name of ['staging.working_quarters', 'staging.working_marks'])
      await session.run(`CREATE TABLE ${name} AS ${models.get(name)}`)
}

/** What the models read beside it. */
const VERSION = 'known_from TIMESTAMP, known_to TIMESTAMP'
const EMPTY: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  promises: {
    'staging.holidays': 'day DATE, working BOOLEAN, calendars VARCHAR',
    'staging.customer_versions': `customer_id VARCHAR, crm_class VARCHAR, ${VERSION}`,
  },
  history: {
    'staging.requests': 'request_id VARCHAR, opened_at TIMESTAMP, opened_on DATE',
    'staging.request_versions': `request_id VARCHAR, owner_id VARCHAR, department VARCHAR, status VARCHAR, opened_at TIMESTAMP, resolved_at TIMESTAMP, closed_at TIMESTAMP, ${VERSION}`,
    'staging.opportunity_events':
      'opportunity_id VARCHAR, happened_on DATE, "at" TIMESTAMP, kind VARCHAR, to_value VARCHAR',
    'staging.opportunity_versions': `opportunity_id VARCHAR, owner_id VARCHAR, stage VARCHAR, opened_at TIMESTAMP, ${VERSION}`,
    'staging.task_versions': `task_id VARCHAR, employee_id VARCHAR, actual_start TIMESTAMP, actual_end TIMESTAMP, ${VERSION}`,
  },
}

try {
  await warehouse.write(arrange)
  const sql = way === 'ours' ? models.get(OURS[model] ?? '') : BARE[model]
  const started = performance.now()
  const made = await warehouse.write(async (session) => {
    await session.run(`CREATE TABLE measured AS ${sql}`)
    return session.one<{ n: number }>('SELECT count(*) AS n FROM measured')
  })
  const milliseconds = performance.now() - started
  answer({ rows: made?.n ?? 0, milliseconds })
} finally {
  warehouse.close()
  await rm(folder, { recursive: true, force: true })
}

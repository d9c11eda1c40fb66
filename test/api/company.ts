import { createApi, type ApiDeps } from '../../api/app.ts'
import { createPipelineStatus } from '../../api/queries/pipeline-status.ts'
import { Queries, type QueriesDeps } from '../../api/queries/queries.ts'
import type { Source } from '../../config/source.ts'
import { defaultPolicy } from '../../config/policy.ts'
import { openState } from '../../data/state.ts'
import { Warehouse } from '../../data/warehouse.ts'
import type { Catalogue, Dimension, Metric } from '../../models/metrics/metric.ts'
import { writePolicy } from '../../models/policy.ts'
import { createMeta, writeVersion } from '../../pipelines/load/meta.ts'

const words = { en: 'Word', zh: '词' }
const base = { words, about: words, direction: 'up', standsOn: [] } as const
const MONTHS = 'marts.months'
const REQUESTS = 'marts.requests'
const CUSTOMERS = 'marts.customers'
const PLANNED = 'marts.target_months'

const metrics: Record<string, Metric> = {
  revenue: {
    ...base,
    words: { en: 'Revenue', zh: '收入' },
    unit: 'money',
    mart: MONTHS,
    sql: 'SUM(revenue)',
    target: 'revenue',
  },
  profit: {
    ...base,
    unit: 'money',
    mart: MONTHS,
    sql: 'SUM(profit)',
    coverage: { known: 'SUM(lines_with_cost)', of: 'SUM(lines)', words },
  },
  requests: { ...base, unit: 'count', mart: REQUESTS, sql: 'COUNT(*)' },
  hours: {
    ...base,
    unit: 'hours',
    mart: REQUESTS,
    sql: 'SUM(hours)',
    coverage: { known: 'COUNT(hours)', of: 'COUNT(*)', words },
  },
  customers: { ...base, unit: 'count', mart: CUSTOMERS, sql: 'COUNT(*)' },
  profit_margin: { ...base, unit: 'share', from: ['profit', 'revenue'], sql: 'profit / NULLIF(revenue, 0)' },
  revenue_per_request: { ...base, unit: 'money', from: ['revenue', 'requests'], sql: 'revenue / NULLIF(requests, 0)' },
  revenue_rank: { ...base, unit: 'rank', rankOf: 'revenue' },
  profit_rank: { ...base, unit: 'rank', rankOf: 'profit' },
  rank_drop: { ...base, unit: 'number', from: ['profit_rank', 'revenue_rank'], sql: 'profit_rank - revenue_rank' },
}

const dimensions: Record<string, Dimension> = {
  month: { words, kind: 'month', columns: { [MONTHS]: 'month', [REQUESTS]: 'opened_month', [PLANNED]: 'month' } },
  customer: {
    words: { en: 'Customer', zh: '客户' },
    kind: 'text',
    columns: { [MONTHS]: 'customer_id', [REQUESTS]: 'customer_id', [CUSTOMERS]: 'customer_id' },
    labels: { [MONTHS]: 'customer_name', [CUSTOMERS]: 'customer_name' },
  },
  region: {
    words,
    kind: 'text',
    columns: { [MONTHS]: 'region', [REQUESTS]: 'region', [CUSTOMERS]: 'region', [PLANNED]: 'region' },
  },
  channel: { words, kind: 'text', columns: { [REQUESTS]: 'channel' }, values: { phone: { en: 'Phone', zh: '电话' } } },
  urgent: { words, kind: 'flag', columns: { [REQUESTS]: 'urgent' } },
  opened_on: { words, kind: 'day', columns: { [REQUESTS]: 'opened_on' }, datesRows: true },
}

export const catalogue: Catalogue = { metrics, dimensions }

const MARTS = `
  CREATE SCHEMA marts;
  CREATE TABLE marts.months AS SELECT month::DATE AS month, customer_id, customer_name, region,
    revenue::DECIMAL(18,2) AS revenue, profit::DECIMAL(18,2) AS profit, lines, lines_with_cost
  FROM (VALUES
    ('2024-02-01', 'C1', 'East Pumps', '华东', 900, 100, 2, 2),
    ('2024-06-01', 'C1', 'East Pumps', '华东', 1000, 400, 4, 3),
    ('2025-01-01', 'C1', 'East Pumps', '华东', 500.10, -200.05, 2, 1),
    ('2025-03-01', 'C2', '=HYPERLINK("http://x")', '华东', 800, 300, 2, 2),
    ('2025-03-01', 'C3', 'North, "Mills"', '华北', 800, 50, 1, 0),
    ('2025-02-01', 'C4', 'O''Brien\\', NULL, 300, NULL, 1, 0)
  ) AS rows(month, customer_id, customer_name, region, revenue, profit, lines, lines_with_cost);
  CREATE TABLE marts.requests AS SELECT opened_on::DATE AS opened_on, date_trunc('month', opened_on::DATE)::DATE AS opened_month,
    customer_id, region, channel, urgent, hours
  FROM (VALUES
    ('2025-01-05', 'C1', '华东', 'phone', TRUE, 4.5),
    ('2025-01-09', 'C1', '华东', 'email', FALSE, NULL),
    ('2025-03-02', 'C2', '华东', 'phone', FALSE, 1),
    ('2025-03-03', 'C5', '华南', 'phone', FALSE, 2),
    ('2025-02-11', NULL, NULL, 'phone', TRUE, 3)
  ) AS rows(opened_on, customer_id, region, channel, urgent, hours);
  CREATE TABLE marts.target_months AS SELECT target_metric, scope_level, region, month::DATE AS month, target::DECIMAL(18,2) AS target
  FROM (VALUES
    ('revenue', 'company', NULL, '2025-01-01', 600), ('revenue', 'company', NULL, '2025-02-01', 200), ('revenue', 'company', NULL, '2025-03-01', 900),
    ('revenue', 'region', '华东', '2025-01-01', 400), ('revenue', 'region', '华南', '2025-01-01', 50), ('hours', 'company', NULL, '2025-01-01', 9)
  ) AS rows(target_metric, scope_level, region, month, target);
  CREATE TABLE marts.customers AS SELECT customer_id, ANY_VALUE(customer_name) AS customer_name, ANY_VALUE(region) AS region
  FROM marts.months GROUP BY customer_id;`

const sources: readonly Source[] = [
  { name: 'crm', kind: 'files', folder: '.', feeds: [{ from: 'requests.csv', entity: 'requests', columns: {} }] },
  { name: 'erp', kind: 'files', folder: '.', feeds: [{ from: 'orders.csv', entity: 'orders', columns: {} }] },
]

const now = () => new Date('2025-03-20T12:00:00Z')

/** A new version, as a run publishes it. */
export async function publish(warehouse: Warehouse, version: number, change = 'SELECT 1'): Promise<void> {
  await warehouse.write(async (session) => {
    await session.run(change)
    await writeVersion(session, {
      version,
      run_id: `run-${version}`,
      published_at: '2025-03-20T01:00:00.000Z',
      as_of: '2025-03-17',
      known_at: '2025-03-17T22:00:00.000Z',
      fingerprint: '',
    })
  })
}

/** A small company in a real warehouse, and the server over it. */
export async function openCompany(options: Partial<ApiDeps & QueriesDeps & { path: string }> = {}) {
  const warehouse = await Warehouse.open(options.path ?? ':memory:')
  const state = openState(':memory:')
  await warehouse.write(async (session) => {
    await session.run(MARTS)
    await createMeta(session)
    const company = { currency: 'CNY', timeZone: 'Asia/Shanghai' }
    await writePolicy(session, {
      policy: defaultPolicy,
      company,
      asOf: '2025-03-17',
      knownAt: '2025-03-17T22:00:00.000Z',
    })
    await session.run(
      `INSERT INTO meta.watermarks VALUES ('crm', 'requests', 'requests.csv', NULL, '2025-03-20 01:00:00', 'b1')`,
    )
  })
  await publish(warehouse, 1)
  const faults: unknown[] = []
  const past = (): Promise<undefined> => Promise.resolve(undefined)
  const queries = new Queries({ warehouse, catalogue, sources, now, past, ...options })
  const status = createPipelineStatus({
    warehouse,
    state,
    sources,
    now,
    nextRun: () => new Date('2025-03-21T05:30:00Z'),
    ...options,
  })
  const app = createApi({
    queries,
    status,
    version: '0.1.0',
    loopback: true,
    onFault: (error) => faults.push(error),
    ...options,
  })
  const close = async (): Promise<void> => {
    warehouse.close()
    await state.close()
  }
  return { warehouse, state, queries, app, faults, close }
}

export type Company = Awaited<ReturnType<typeof openCompany>>

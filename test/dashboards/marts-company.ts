import assert from 'node:assert/strict'
import { createPages } from '../../dashboards/create-pages.ts'
import { localViewer, type Access } from '../../api/access.ts'
import { Queries } from '../../api/queries/queries.ts'
import type { Source } from '../../config/source.ts'
import { describeFault, fault, rowFault } from '../../entities/faults.ts'
import { Warehouse } from '../../data/warehouse.ts'
import { dimensions, metrics } from '../../models/metrics/catalogue.ts'
import type { Ask } from '../../models/metrics/metric.ts'
import type { PipelineStatus } from '../../models/metrics/status.ts'
import { deliveries } from './deliveries.ts'

const AS_OF = '2025-12-31'
const KNOWN_AT = '2026-01-04T21:30:00.000Z'
/** A name that would break a page that does not escape it. */
export const HOSTILE_NAME = '<script>alert("x")</script> & Söhne'

/** The marts of a small company, written down as a rule so that each figure can be counted again. */
const MARTS = `
CREATE SCHEMA marts;
CREATE TABLE marts.customer_months AS
WITH people AS (
  SELECT i,
    CASE i WHEN 3 THEN '${HOSTILE_NAME}' WHEN 1 THEN '华东精密机械有限公司' WHEN 2 THEN '苏州长风液压有限公司'
      ELSE CASE WHEN i % 2 = 0 THEN '江南泵业 ' || i ELSE 'Northfield Pumps ' || i END END AS customer_name,
    CASE WHEN i <= 14 THEN (CASE WHEN i % 3 = 0 THEN 'VIP' ELSE 'key' END) WHEN i % 17 = 0 THEN 'unknown' ELSE 'regular' END AS crm_class,
    CASE i % 4 WHEN 0 THEN '华东' WHEN 1 THEN '华南' WHEN 2 THEN '华北' ELSE '西南' END AS region,
    CASE i % 3 WHEN 0 THEN 'Chemicals' WHEN 1 THEN 'Food' ELSE 'unknown' END AS industry,
    CASE WHEN i % 7 = 0 THEN 'indirect' ELSE 'direct' END AS customer_kind,
    i <= 5 AS heavy
  FROM range(1, 241) AS r(i)
), months AS (SELECT CAST(unnest(generate_series(DATE '2024-01-01', DATE '2025-12-01', INTERVAL 1 MONTH)) AS DATE) AS month),
facts AS (
  SELECT people.*, month,
    CAST(ROUND(900000.0 / (i + 4) * (1 + 0.3 * ((i * 7 + month(month) * 5) % 11) / 11), 2) AS DECIMAL(18,2)) AS revenue,
    CAST(CASE WHEN heavy THEN 70 + i * 6 ELSE 0.4 + 220.0 / (i + 9) * ((i * 13) % 9) / 9 END AS DOUBLE) AS service_hours,
    1 + (i * 3 + month(month)) % 4 AS requests
  FROM people CROSS JOIN months
), money AS (
  SELECT *, CAST(revenue * 0.24 AS DECIMAL(18,2)) AS sales_margin, CAST(service_hours * 190 AS DECIMAL(18,2)) AS service_revenue,
    CAST(service_hours * (CASE WHEN heavy THEN 720 WHEN i % 9 = 0 THEN 1200 ELSE 340 END) AS DECIMAL(18,2)) AS direct_service_cost
  FROM facts
)
SELECT 'C' || lpad(CAST(i AS VARCHAR), 4, '0') AS customer_id, customer_name, crm_class, region, industry, customer_kind,
  'unknown' AS sales_owner, 'unknown' AS service_owner, heavy AS eats_service, month, revenue, service_hours, requests,
  sales_margin, service_revenue, direct_service_cost,
  CAST(sales_margin + service_revenue - direct_service_cost AS DECIMAL(18,2)) AS profit_before_allocation,
  CAST(direct_service_cost * 0.1 AS DECIMAL(18,2)) AS indirect_cost, TRUE AS has_ledger,
  CAST(sales_margin + service_revenue - direct_service_cost - CAST(direct_service_cost * 0.1 AS DECIMAL(18,2)) AS DECIMAL(18,2)) AS profit,
  5 AS tasks, CASE WHEN i % 3 = 0 THEN 2 ELSE 5 END AS tasks_with_hours, 5 AS tasks_with_labour_cost,
  2 AS part_lines, 2 AS part_lines_with_cost, 3 AS order_lines, 3 AS order_lines_with_amount, 3 AS order_lines_with_cost,
  4 AS chargeable_lines, 2 AS chargeable_lines_with_amount, 4 AS service_lines, 2 AS service_lines_with_amount,
  1 AS contract_months, 1 AS contract_months_with_amount
FROM money;
CREATE TABLE marts.customers AS
SELECT customer_id, customer_name, crm_class, region, industry, customer_kind, sales_owner, service_owner, eats_service,
  SUM(profit) FILTER (WHERE month >= DATE '2025-01-01') AS trailing_profit
FROM marts.customer_months GROUP BY ALL;
CREATE TABLE marts.request_months AS
SELECT month, region, industry, customer_kind, crm_class, 'phone' AS channel, 'fault' AS request_kind, 'high' AS priority,
  SUM(requests) AS requests FROM marts.customer_months GROUP BY ALL;
CREATE TABLE marts.opportunities AS
SELECT month, region, industry, customer_kind, crm_class, lead_source, i < weight // 2 AS is_won
FROM marts.customer_months CROSS JOIN (VALUES ('sales', 5), ('service', 3), ('unknown', 4), ('dealer', 1)) AS s(lead_source, weight)
CROSS JOIN LATERAL (SELECT UNNEST(range(weight)) AS i) WHERE month(month) % 3 = 0;
`

/** What a run leaves beside the marts: a published version and the last reading of each feed. */
const PUBLISHED = `
CREATE SCHEMA meta;
CREATE SCHEMA policy;
CREATE TABLE policy.settings AS SELECT 48 AS stale_after_hours;
CREATE TABLE meta.versions AS SELECT 3 AS version, 'r3' AS run_id, TIMESTAMP '2026-01-04 21:30:00' AS published_at,
  DATE '${AS_OF}' AS as_of, TIMESTAMP '2026-01-04 21:30:00' AS known_at;
CREATE TABLE meta.watermarks AS SELECT * FROM (VALUES
  ('crm', 'customers', 'account', TIMESTAMP '2026-01-04 21:30:00'),
  ('phone', 'interactions', 'calls-*.ndjson', TIMESTAMP '2025-12-20 04:00:00')) AS read(source, entity, origin, read_at);
`

const sources: readonly Source[] = [
  { name: 'crm', kind: 'sqlite', file: 'crm.db', feeds: [{ entity: 'customers', from: 'account', columns: {} }] },
  {
    name: 'phone',
    kind: 'files',
    folder: 'phone',
    feeds: [{ entity: 'interactions', from: 'calls-*.ndjson', columns: {} }],
  },
]

export interface MartsCompany {
  readonly ask: Ask
  readonly queries: Queries
  close(): void
}

/** Opens the marts in memory and answers questions over them as the server does. */
export async function openMartsCompany(access?: Access): Promise<MartsCompany> {
  const warehouse = await Warehouse.open(':memory:')
  await warehouse.write((session) => session.run(MARTS + PUBLISHED))
  const now = () => new Date('2026-01-05T00:00:00Z')
  const queries = new Queries({
    warehouse,
    catalogue: { metrics, dimensions },
    sources,
    now,
    ...(access && { access }),
  })
  return { queries, ask: (who, query) => queries.ask(who, query), close: () => warehouse.close() }
}

export const viewer = localViewer

const UNREADABLE = fault('file_unreadable', {
  source: 'phone',
  file: 'calls-2026-01.ndjson',
  message: 'EACCES: permission denied',
})

/** A status with every kind of row the page can show. */
export const status: PipelineStatus = {
  as_of: AS_OF,
  known_at: KNOWN_AT,
  warehouse_version: 3,
  next_run_at: '2026-01-05T21:30:00.000Z',
  runs: [
    {
      run_id: 'r3',
      trigger: 'schedule',
      status: 'partial',
      started_at: '2026-01-04T21:30:00.000Z',
      ended_at: '2026-01-04T21:31:12.500Z',
      rows: 12345,
      rejects: 2,
      started_by: null,
      error: `phone: ${describeFault(UNREADABLE, 'en')}`,
      faults: [{ source: 'phone', text: describeFault(UNREADABLE, 'en') ?? '', fault: UNREADABLE }],
    },
    {
      run_id: 'r2',
      trigger: 'catch_up',
      status: 'succeeded',
      started_at: '2026-01-03T21:30:00.000Z',
      ended_at: '2026-01-03T21:30:04.250Z',
      rows: 0,
      rejects: 0,
      started_by: null,
      error: null,
      faults: [],
    },
    {
      run_id: 'r1',
      trigger: 'start',
      status: 'interrupted',
      started_at: '2026-01-02T21:30:00.000Z',
      ended_at: null,
      rows: 100,
      rejects: 0,
      started_by: null,
      error: 'a sentence that an older Trueworth wrote',
      faults: [],
    },
  ],
  feeds: [
    {
      source: 'crm',
      entity: 'customers',
      origin: 'customer',
      read_at: '2026-01-04T21:30:00.000Z',
      rows: 240,
      rejects: 0,
      stale: false,
      error: null,
      fault: null,
    },
    {
      source: 'phone',
      entity: 'interactions',
      origin: 'calls-*.ndjson',
      read_at: null,
      rows: 0,
      rejects: 0,
      stale: true,
      error: describeFault(UNREADABLE, 'en') ?? '',
      fault: UNREADABLE,
    },
  ],
  deliveries,
  audits: [
    {
      model: 'marts.customer_months',
      audit: 'unique(customer_id, month)',
      audit_zh: '唯一（customer_id, month）',
      severity: 'warn',
      rows_at_fault: 2,
      passed: false,
    },
    {
      model: 'core.orders',
      audit: 'no order is lost',
      audit_zh: null,
      severity: 'error',
      rows_at_fault: 0,
      passed: true,
    },
  ],
  drift: [
    {
      batch_id: 'b9',
      source: 'crm',
      entity: 'requests',
      origin: 'tickets',
      kind: 'fewer_rows',
      column: null,
      before: '500',
      after: '20',
      severity: 'held',
      found_at: '2026-03-31T21:30:00.000Z',
      waits: true,
    },
  ],
  decisions: [
    {
      decided_at: '2026-03-31T21:30:00.000Z',
      decided_by: '陈静',
      kind: 'quarantine',
      batch_id: 'b8',
      source: 'crm',
      entity: 'requests',
      origin: 'tickets',
      reason: '测试数据',
    },
  ],
  recoveries: [
    {
      source: 'crm',
      entity: 'requests',
      origin: 'tickets.csv',
      line: 9,
      rule: 'quoted_line',
      before: '"a,b"',
      after: 'a | b',
      recovered_at: '2026-03-31T21:30:00.000Z',
    },
  ],
  rejects: [
    {
      batch_id: 'b1',
      source: 'erp',
      entity: 'orders',
      origin: 'orders-2025-12.csv',
      line: 1071,
      column: 'ordered_at',
      value: '31/13/2025 <b>',
      reason: "'31/13/2025 <b>' is not an instant",
      remedy: 'Valid are ISO 8601 (2024-12-31 08:30:00) in Asia/Shanghai; add a layout to `dates`.',
      fault: rowFault('not_instant', { layouts: [], zone: 'Asia/Shanghai' }),
      reject_id: null,
      original: null,
      rejected_at: '2026-01-04T21:30:40.000Z',
    },
    {
      batch_id: 'b1',
      source: 'erp',
      entity: 'orders',
      origin: 'orders-2025-12.csv',
      line: null,
      column: null,
      value: null,
      reason: 'key stands twice',
      remedy: 'Keep one row per order_id.',
      fault: null,
      reject_id: null,
      original: null,
      rejected_at: '2026-01-04T21:30:40.000Z',
    },
  ],
}

/** The pages over the company; a fault of ours fails the test. */
export function pagesOf({ ask }: Pick<MartsCompany, 'ask'>) {
  return createPages({
    ask,
    pipelineStatus: async () => status,
    company: { name: 'Sample & Works', currency: 'CNY', timeZone: 'Asia/Shanghai' },
    sample: false,
    policy: { coverageThreshold: 0.7 },
    viewer: () => viewer,
    report: (error) => assert.fail(String(error)),
  })
}

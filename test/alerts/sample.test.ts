// The alerts that are built in, over the sample company: what fires is what its own records say.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { localViewer } from '../../api/access.ts'
import type { AlertMessage } from '../../alerts/message.ts'
import { configOf } from '../../config.ts'
import { sampleSources } from '../../data/demo/sources.ts'
import { ensureSample } from '../../main/sample.ts'
import { openSystem, type System } from '../../main/system.ts'
import type { AlertStatus } from '../../models/metrics/alert.ts'
import shipped from '../../trueworth.config.ts'

const OUTSIDE = 'orders_outside_forecast'

describe('built-in alerts over the sample company', () => {
  let folder: string
  let system: System
  let alerts: readonly AlertStatus[]
  const sent: AlertMessage[] = []
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trueworth-alerts-'))
    assert.ok(shipped.alerts)
    const config = configOf(folder, {
      ...shipped,
      folder: 'warehouse',
      sources: sampleSources('sample'),
      sample: { folder: 'sample', scale: 1, seed: 1 },
      schedule: false,
      alerts: {
        ...shipped.alerts,
        people: { E00016: 'holder@example.com' },
        watch: [{ name: OUTSIDE, metric: 'orders', by: 'customer', when: { outsideForecast: true } }],
      },
    })
    await ensureSample(config.sample, () => undefined)
    system = await openSystem(config, { sendAlerts: (messages) => Promise.resolve(void sent.push(...messages)) })
    const report = await system.run({ trigger: 'command' })
    assert.equal(report.published, true, report.error ?? '')
    alerts = (await system.alerts?.desk.list(localViewer)) ?? []
  })
  after(async () => {
    await system.close()
    await rm(folder, { recursive: true, force: true })
  })

  const fires = (name: string): string[] =>
    (alerts.find((alert) => alert.name === name)?.firing ?? []).map(({ group }) => group).toSorted()
  const keys = async (sql: string): Promise<string[]> =>
    (await system.warehouse.read((session) => session.rows<{ key: string }>(sql))).map(({ key }) => key).toSorted()

  test('none is in error', () => {
    assert.ok(alerts.length > 9)
    for (const { name, error } of alerts) assert.equal(error, null, name)
  })

  test('the promise that is about to break is told to who holds the request, before it breaks', async () => {
    const open = await keys(
      `SELECT request_id AS key FROM staging.requests JOIN core.promises USING (request_id)
       WHERE first_response_at IS NULL AND resolved_at IS NULL AND closed_at IS NULL AND response_due_at > '2026-06-30 16:00:00'`,
    )
    assert.ok(open.length > 0)
    assert.deepEqual(fires('promise_breaking'), open)
    const message = sent.find(({ alert }) => alert === 'promise_breaking')
    assert.deepEqual(
      message?.to.map(({ address }) => address),
      ['holder@example.com'],
    )
    assert.ok(message?.text.includes(open[0] ?? ''))
  })

  test('customers that turned unprofitable, and key customers gone quiet', async () => {
    const turned = `SELECT customer_id AS key FROM marts.customer_months GROUP BY customer_id
      HAVING SUM(CASE WHEN month >= '2025-07-01' THEN profit ELSE 0 END) < 0
        AND SUM(CASE WHEN month BETWEEN '2024-07-01' AND '2025-06-01' THEN profit ELSE 0 END) > 0`
    assert.deepEqual(fires('customer_unprofitable'), await keys(turned))
    const quiet = `WITH days AS (SELECT DISTINCT customer_id, ordered_on FROM core.orders WHERE NOT is_return),
      rhythms AS (SELECT customer_id, COUNT(*) AS n, MAX(ordered_on) AS last, date_diff('day', MIN(ordered_on), MAX(ordered_on)) / (COUNT(*) - 1) AS gap
        FROM days GROUP BY customer_id HAVING COUNT(*) >= 3)
      SELECT customer_id AS key FROM rhythms JOIN core.customers USING (customer_id)
      WHERE crm_class IN ('key', 'VIP') AND date_diff('day', last, DATE '2026-06-30') > 2 * gap`
    const found = await keys(quiet)
    assert.ok(found.length > 0)
    assert.deepEqual(fires('key_customer_quiet'), found)
  })

  test('who owes records, which contracts and warranties end', async () => {
    const debts = `SELECT DISTINCT employee_id AS key FROM core.record_checks WHERE is_fault AND NOT is_lasting AND employee_id IS NOT NULL`
    assert.deepEqual(fires('record_debts'), await keys(debts))
    const contracts = `SELECT contract_id AS key FROM staging.contracts AS one WHERE NOT is_cancelled AND starts_on <= '2026-06-30'
      AND ends_on BETWEEN '2026-06-30' AND '2026-07-30' AND NOT EXISTS (SELECT 1 FROM staging.contracts AS other
        WHERE other.customer_id = one.customer_id AND NOT other.is_cancelled AND other.ends_on > one.ends_on)`
    assert.deepEqual(fires('contract_ending'), await keys(contracts))
    const warranties = `SELECT asset_id AS key FROM marts.machines JOIN staging.assets USING (asset_id)
      WHERE warranty_ends_on BETWEEN '2026-06-30' AND '2026-07-30' AND warranty_starts_on <= '2026-06-30' AND status IS DISTINCT FROM 'retired'`
    assert.deepEqual(fires('warranty_ending'), await keys(warranties))
  })

  test('nothing is lost and nothing is down', () => {
    for (const name of ['pipeline_down', 'conservation_broken', 'costs_not_conserved']) {
      assert.deepEqual(fires(name), [], name)
      assert.ok((alerts.find((alert) => alert.name === name)?.groups ?? 0) > 0, name)
    }
  })

  test('customers whose orders left the interval forecast a year before', async () => {
    const query = { by: ['customer'], order: [], limit: 10_000 }
    const bounds = await system.queries.ask(localViewer, {
      ...query,
      metrics: ['expected_orders_365_low', 'expected_orders_365_high'],
      where: [],
      asOf: '2025-06-30',
    })
    const came = await system.queries.ask(localViewer, {
      ...query,
      metrics: ['orders'],
      where: [{ field: 'period', operator: 'eq', values: ['2025-07..2026-06'] }],
    })
    const orders = new Map(came.rows.map((row) => [row['customer'], Number(row['orders'])]))
    const outside = bounds.rows.flatMap((row) => {
      const [low, high] = [row['expected_orders_365_low'], row['expected_orders_365_high']]
      const had = orders.get(row['customer'] ?? '') ?? 0
      return low === null || high === null || (had >= Number(low) && had <= Number(high))
        ? []
        : [String(row['customer'])]
    })
    assert.ok(outside.length > 0)
    assert.deepEqual(fires(OUTSIDE), outside.toSorted())
  })
})

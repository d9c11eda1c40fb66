// The sample company, through the ordinary pipeline, against what was planted in it.
import { defaultAccess } from '../../config/access.ts'
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import type { Config } from '../../config/define.ts'
import { defaultPolicy } from '../../config/policy.ts'
import { makeSample } from '../../data/demo/sample.ts'
import { sampleSources } from '../../data/demo/sources.ts'
import { openState, type State } from '../../data/state.ts'
import { Warehouse } from '../../data/warehouse.ts'
import { buildModels } from '../../models/builder/build.ts'
import { readModels } from '../../models/builder/read.ts'
import { runPipelines } from '../../pipelines/run/run.ts'
import { openSource } from '../../pipelines/sources/open-source.ts'

const recordsFrom = '2023-07-01'

interface Truth {
  readonly late_records: readonly {
    rule: string
    employee_id: string | null
    dealer_id: string | null
    record_id: string
  }[]
  readonly missed_contracts: readonly { request_id: string; contract_id: string }[]
  readonly hand_offs: readonly { request_id: string; department: string }[]
  readonly handlings: readonly { request_id: string }[]
  readonly parasites: readonly {
    customer_id: string
    revenue: number
    revenue_rank: number
    contribution: number
    revenue_12: number
    revenue_before: number
  }[]
  readonly sums: readonly { figure: string; total: number }[]
  readonly requests_by_month: readonly { month: string; requests: number }[]
}

const company = { name: 'Sample', currency: 'CNY', timeZone: 'Asia/Shanghai' }
let folder: string
let warehouse: Warehouse
let state: State
let truth: Truth

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trueworth-sample-'))
  await makeSample({ folder: join(folder, 'systems'), scale: 1, seed: 7 })
  truth = JSON.parse(await readFile(join(folder, 'systems', 'truth.json'), 'utf8')) as Truth
  warehouse = await Warehouse.open(join(folder, 'warehouse.duckdb'))
  state = openState(join(folder, 'state.sqlite'))
  const models = await readModels(resolve(import.meta.dirname, '../../models'))
  const report = await runPipelines(
    {
      warehouse,
      state,
      config: configOf(folder),
      now: () => new Date('2026-07-01T00:00:00Z'),
      open: (source) => openSource(source, { warehouse }),
      build: (session, { asOf, knownAt }) =>
        buildModels(session, { models, company, policy: { ...defaultPolicy, recordsFrom }, asOf, knownAt }),
      modelsFingerprint: () => 'sample',
    },
    { trigger: 'command' },
  )
  assert.equal(report.status, 'succeeded', report.error ?? '')
})

after(async () => {
  warehouse.close()
  await state.close()
  await rm(folder, { recursive: true, force: true })
})

function configOf(home: string): Config {
  return {
    file: join(home, 'trueworth.config.ts'),
    company,
    folder: home,
    server: { host: '127.0.0.1', port: 0 },
    sources: sampleSources(join(home, 'systems')),
    schedule: undefined,
    asOf: '2026-06-30',
    policy: defaultPolicy,
    access: defaultAccess,
    sample: undefined,
  }
}

test('revenue is that of the books, to the cent, foreign orders converted', async () => {
  const booked = truth.sums.find(({ figure }) => figure === 'order_lines.amount_cny_not_cancelled')?.total
  const answer = await warehouse.read((session) =>
    session.one('SELECT SUM(revenue) AS revenue FROM marts.customer_months'),
  )
  assert.equal(answer?.['revenue'], booked)
})

test('the big customers who are not fall furthest from their rank by revenue', async () => {
  const furthest = await warehouse.read((session) =>
    session.rows<{ customer_id: string }>(
      `SELECT customer_id FROM marts.customers WHERE customer_kind = 'direct'
       ORDER BY rank_drop DESC, customer_id LIMIT ${truth.parasites.length}`,
    ),
  )
  const planted = truth.parasites.map(({ customer_id }) => customer_id)
  assert.deepEqual(furthest.map(({ customer_id }) => customer_id).toSorted(), planted.toSorted())
})

test('they are the ones whose visits ought to be charged: nine of ten are found, and nine of ten found are theirs', async () => {
  const advised = await warehouse.read((session) =>
    session.rows<{ customer_id: string; stake: number }>(
      `SELECT customer_id, stake FROM marts.customer_advice WHERE advice = 'reprice' AND customer_kind = 'direct'`,
    ),
  )
  const planted = new Set(truth.parasites.map(({ customer_id }) => customer_id))
  const hits = advised.filter(({ customer_id }) => planted.has(customer_id)).length
  assert.ok(
    hits >= 0.9 * planted.size && hits >= 0.9 * advised.length,
    `${hits} of ${planted.size}, ${advised.length} told`,
  )
  assert.ok(advised.every(({ stake }) => stake > 0))
})

test('what is forecast half a year ago is nearer to what came than as many as before', async () => {
  const before = await warehouse.read((session) =>
    session.one<{ problem: string | null; error: number; naive_error: number; regularity: number }>(
      `SELECT problem, error, naive_error, regularity FROM core.purchase_fits WHERE seen = 'before'`,
    ),
  )
  assert.equal(before?.problem, null)
  assert.ok((before?.error ?? 1) < 0.8 * (before?.naive_error ?? 0), JSON.stringify(before))
  // The sample's customers buy regularly.
  assert.ok((before?.regularity ?? 1) > 1)
})

test('the ledger is spread without rest, and every allocated cent has its path', async () => {
  const sums = await warehouse.read((session) =>
    session.one<Record<string, number>>(
      `SELECT (SELECT SUM(amount) FROM core.expenses) AS ledger, (SELECT SUM(amount) FROM marts.cost_months) AS spread,
         (SELECT SUM(amount) FROM marts.cost_paths) AS paths, (SELECT SUM(indirect_cost) FROM marts.customer_months) AS borne`,
    ),
  )
  assert.equal(sums?.['ledger'], sums?.['spread'])
  assert.equal(sums?.['paths'], sums?.['borne'])
  assert.ok((sums?.['borne'] ?? 0) > 1_000_000)
})

test('each of them that does not grow eats service, and leaves what was planted, but for records that are missing', async () => {
  for (const planted of truth.parasites) {
    const customer = await warehouse.read((session) =>
      session.one<Record<string, number>>('SELECT * FROM marts.customers WHERE customer_id = $1', [
        planted.customer_id,
      ]),
    )
    assert.ok(customer)
    assert.equal(customer['eats_service'], planted.revenue_12 <= planted.revenue_before)
    assert.equal(customer['revenue'], planted.revenue)
    assert.equal(customer['revenue_rank'], planted.revenue_rank)
    assert.equal(customer['trailing_revenue'], planted.revenue_12)
    assert.equal(customer['previous_revenue'], planted.revenue_before)
    const difference = Math.abs((customer['profit_before_allocation'] ?? 0) - planted.contribution)
    assert.ok(difference < 0.02 * planted.revenue, `${planted.customer_id}: ${difference} of ${planted.contribution}`)
  }
})

test('every request is counted in the month it was opened', async () => {
  const months = await warehouse.read((session) =>
    session.rows(
      `SELECT STRFTIME(month, '%Y-%m') AS month, SUM(requests) AS requests FROM marts.request_months
       GROUP BY month ORDER BY month`,
    ),
  )
  assert.deepEqual(months, truth.requests_by_month)
})

test('contracts that covered a request nobody charged to them are found again, each one and no other', async () => {
  const rows = await warehouse.read((session) =>
    session.rows<{ request_id: string; contract_id: string; asset_id: string | null; contract_verdict: string }>(
      'SELECT request_id, contract_id, asset_id, contract_verdict FROM core.entitlements',
    ),
  )
  const of = new Map(rows.map((row) => [row.request_id, row]))
  // A request whose machine nobody entered leads to no contract; it has a rule of its own.
  const findable = truth.missed_contracts.filter(({ request_id }) => of.get(request_id)?.asset_id !== null)
  const pair = (row: { request_id: string; contract_id: string }): string => `${row.request_id} ${row.contract_id}`
  assert.deepEqual(
    rows
      .filter(({ contract_verdict }) => contract_verdict === 'missed')
      .map(pair)
      .toSorted(),
    findable.map(pair).toSorted(),
  )
  assert.ok(findable.length > 100 && truth.missed_contracts.length - findable.length < 20)
})

test('requests handed to another department lie there, and no other does, however late their first assignment was keyed', async () => {
  const rows = await warehouse.read((session) =>
    session.rows<{ request_id: string; department: string }>(
      `SELECT record_id AS request_id, department FROM core.handlings
       WHERE entity = 'requests' AND is_handed_off ORDER BY request_id`,
    ),
  )
  assert.deepEqual(rows, truth.hand_offs)
  assert.ok(rows.length > 300)
})

test('every transfer, ping-pong and reopening is counted, and the holder is whoever was given it last', async () => {
  const rows = await warehouse.read((session) =>
    session.rows(
      `SELECT record_id AS request_id, transfers, ping_pongs, reopenings, holder_id FROM core.handlings
       WHERE entity = 'requests' AND (transfers > 0 OR reopenings > 0) ORDER BY request_id`,
    ),
  )
  assert.deepEqual(rows, truth.handlings)
  const [planted] = await warehouse.read((session) =>
    session.rows<Record<string, number>>(
      `SELECT SUM(ping_pongs) AS ping_pongs, SUM(reopenings) AS reopenings FROM core.handlings WHERE entity = 'requests'`,
    ),
  )
  assert.ok((planted?.['ping_pongs'] ?? 0) > 50 && (planted?.['reopenings'] ?? 0) > 50)
})

test('records that are late or missing are found by their rules with who owes them, each one and no other', async () => {
  const rows = await warehouse.read((session) =>
    session.rows<{ rule_id: string; record_id: string; employee_id: string | null; dealer_id: string | null }>(
      'SELECT rule_id, record_id, employee_id, dealer_id FROM core.record_checks WHERE is_fault',
    ),
  )
  const found = Map.groupBy(rows, ({ rule_id }) => rule_id)
  const planted = Map.groupBy(truth.late_records, ({ rule }) => rule)
  assert.equal(planted.size, 26)
  const owed = (each: { record_id: string; employee_id: string | null; dealer_id: string | null }): string =>
    `${each.record_id} ${each.employee_id ?? ''} ${each.dealer_id ?? ''}`
  for (const [rule, records] of planted)
    assert.deepEqual((found.get(rule) ?? []).map(owed).toSorted(), records.map(owed).toSorted(), rule)
})

test('scores conserve: what persons, dealers and nobody owe is all that is owed', async () => {
  const [sums] = await warehouse.read((session) =>
    session.rows<Record<string, number>>(
      `SELECT (SELECT count(*) FROM core.record_checks WHERE is_fault) AS owed, (SELECT SUM(faults) FROM marts.record_months) AS counted,
         (SELECT count(*) FROM marts.record_faults) AS listed, (SELECT count(DISTINCT rule_id) FROM core.record_checks) AS rules`,
    ),
  )
  assert.equal(sums?.['owed'], sums?.['counted'])
  assert.equal(sums?.['owed'], sums?.['listed'])
  assert.ok((sums?.['rules'] ?? 0) > 50)
})

test('what service sourced and influenced, and what it did not, is what a count over the raw tables gives', async () => {
  const counted = await warehouse.read((session) =>
    session.rows(`
      WITH contacts AS (
        SELECT customer_id, CAST(opened_at + INTERVAL 8 HOUR AS DATE) AS day FROM raw.requests
        UNION SELECT COALESCE(t.customer_id, r.customer_id), CAST(COALESCE(actual_start, actual_end, feedback_at) + INTERVAL 8 HOUR AS DATE)
        FROM raw.tasks t LEFT JOIN raw.requests r USING (request_id) WHERE t.kind = 'visit'
      ), won AS (
        SELECT *, CAST(closed_at + INTERVAL 8 HOUR AS DATE) AS day FROM raw.opportunities WHERE outcome = 'won'
      )
      SELECT CASE WHEN lead_source = 'service' THEN 'sourced'
          WHEN EXISTS (FROM contacts c WHERE c.customer_id = won.customer_id AND c.day BETWEEN won.day - 90 AND won.day) THEN 'influenced'
          ELSE 'other' END AS origin, count(*) AS won, SUM(amount) AS amount
      FROM won GROUP BY ALL ORDER BY origin`),
  )
  const told = await warehouse.read((session) =>
    session.rows(
      `SELECT origin, COUNT(*) AS won, SUM(amount) AS amount FROM marts.opportunities WHERE is_won GROUP BY origin ORDER BY origin`,
    ),
  )
  assert.deepEqual(told, counted)
})

test('campaigns, late payers, stages and lists say what a count over the raw tables gives', async () => {
  const both = await warehouse.read((session) =>
    session.one<Record<string, number>>(`
      SELECT (SELECT SUM(cost) FROM marts.campaigns) AS cost, (SELECT SUM(amount) FROM raw.expenses WHERE campaign_id IS NOT NULL) AS raw_cost,
        (SELECT SUM(responses) FROM marts.campaigns) AS responses, (SELECT COUNT(*) FROM raw.campaign_responses) AS raw_responses,
        (SELECT SUM(open_amount) FROM marts.invoices JOIN raw.invoices AS r USING (invoice_id)
          WHERE open_amount > 0 AND COALESCE(r.currency, 'CNY') = 'CNY') AS owed,
        (SELECT SUM(amount - paid) FROM (
          SELECT i.amount, COALESCE(SUM(p.amount), 0) AS paid FROM raw.invoices i LEFT JOIN raw.payments p USING (invoice_id)
          WHERE COALESCE(i.currency, 'CNY') = 'CNY' GROUP BY i.invoice_id, i.amount) WHERE amount > paid) AS raw_owed,
        (SELECT COUNT(*) FROM marts.stage_exits WHERE step = 'quoted' AND has_moved_on) AS won_from_quote,
        (SELECT COUNT(DISTINCT opportunity_id) FROM raw.opportunity_events JOIN raw.opportunities USING (opportunity_id)
          WHERE to_value = 'quoted' AND outcome = 'won') AS raw_won_from_quote,
        (SELECT COUNT(DISTINCT customer_id) FROM marts.customer_segments WHERE warranty_ending = 'within_90') AS ending,
        (SELECT COUNT(DISTINCT customer_id) FROM raw.assets LEFT JOIN raw.products USING (product_id)
          WHERE parent_asset_id IS NULL AND COALESCE(products.kind, 'machine') = 'machine'
            AND warranty_ends_on BETWEEN DATE '2026-06-30' AND DATE '2026-09-28') AS raw_ending`),
  )
  for (const name of ['cost', 'responses', 'owed', 'won_from_quote', 'ending']) {
    assert.equal(both?.[name], both?.[`raw_${name}`], name)
    assert.ok((both?.[name] ?? 0) > 10, name)
  }
})

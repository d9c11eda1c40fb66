import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Session } from '../warehouse.ts'
import type { SampleOptions } from './sample.ts'

/** Beyond this scale lists of single records would not fit a file one reads: counts stand for them. */
const LISTED_SCALE = 20

const LISTS: Readonly<Record<string, string>> = {
  rows: 'SELECT entity, rows FROM truth.row_counts ORDER BY entity',
  broken: 'SELECT entity, file, lines FROM truth.broken_lines ORDER BY entity',
  sums: 'SELECT figure, currency, total FROM truth.sums ORDER BY figure, currency',
  parasites: `SELECT customer_id, class, revenue, revenue_rank, contribution, contribution_rank, peers, revenue_12, revenue_before, contribution_12, hours_12
    FROM truth.customers WHERE part = 'parasite' ORDER BY customer_id`,
  hidden_deals: `SELECT opportunity_id, opportunities.customer_id, request_id, outcome, amount
    FROM opportunities JOIN requests_base ON request_no = same_request WHERE truth = 'hidden' ORDER BY opportunity_id`,
  decoys: `SELECT opportunity_id, opportunities.customer_id, request_id
    FROM opportunities JOIN requests_base ON request_no = other_request WHERE truth = 'decoy' ORDER BY opportunity_id`,
  missed_contracts:
    'SELECT request_id, cover_id AS contract_id FROM requests WHERE is_missed_contract ORDER BY request_id',
  hand_offs: `SELECT request_id, CASE to_department WHEN '质量部' THEN 'quality' WHEN '生产部' THEN 'production' WHEN '销售部' THEN 'sales'
      WHEN '物流部' THEN 'logistics' END AS department
    FROM request_events WHERE kind = 'transferred' AND to_department <> '客服部' ORDER BY request_id`,
  handlings: `SELECT request_id, count(*) FILTER (WHERE kind = 'transferred') AS transfers,
      count(*) FILTER (WHERE kind = 'transferred' AND from_department = to_department AND to_id = opened_by) AS ping_pongs,
      count(*) FILTER (WHERE kind = 'reopened') AS reopenings,
      COALESCE(arg_max_null(to_id, happened_at) FILTER (WHERE kind = 'transferred'),
        CASE WHEN count(*) FILTER (WHERE kind = 'transferred') = 0 THEN max(opened_by) END) AS holder_id
    FROM request_events JOIN (SELECT request_no, opened_by FROM requests) AS openings USING (request_no)
    GROUP BY request_id HAVING count(*) FILTER (WHERE kind IN ('transferred', 'reopened')) > 0 ORDER BY request_id`,
  faults_without_article: `SELECT topics.fault_code, topics.topic, count(request_no) AS requests
    FROM topics LEFT JOIN requests ON requests.topic_no = topics.topic_no AND requests.kind = 'fault' WHERE topics.without_article GROUP BY ALL ORDER BY topics.fault_code`,
  wear_out: `SELECT products.product_id, products.life_shape AS shape, products.life_years AS scale_years, count(asset_no) AS machines, count(retired_on) AS worn_out
    FROM products LEFT JOIN assets ON assets.product_no = products.product_no WHERE products.kind = 'machine' GROUP BY ALL ORDER BY products.product_id`,
  record_counts: 'SELECT rule, role, count(*) AS records FROM truth.records GROUP BY ALL ORDER BY ALL',
  keying_lag: `SELECT opened_by AS employee_id, count(*) AS requests, round(median(date_diff('minute', opened_at, keyed_at)) / 60.0, 2) AS median_hours
    FROM requests GROUP BY ALL ORDER BY ALL`,
  dealer_days: 'SELECT dealer_id, round(usual_days, 1) AS usual_days, missing_share FROM dealers ORDER BY dealer_id',
  requests_by_month: `SELECT strftime(opened_at, '%Y-%m') AS month, count(*) AS requests FROM requests GROUP BY ALL ORDER BY ALL`,
  late_records: 'SELECT rule, role, employee_id, dealer_id, record_id FROM truth.records ORDER BY ALL',
}

const NOTES = {
  as_of: '2026-06-30',
  season:
    'volume per machine in use ~ (1 + growth) ^ years * (1 + amplitude * cos(2 pi (day of year - peak_day) / 365.25)) * weekday * Spring Festival',
  wear_out:
    'Weibull in years from commissioning; machines worn out before 2023-07-01 are in no system (left truncation)',
}

/** Writes `truth.json`: what was planted and what must come out. Only tests read it. */
export async function writeTruth(session: Session, { folder, scale, seed }: SampleOptions): Promise<void> {
  const season = await session.one(
    `SELECT getvariable('growth') AS growth, getvariable('amplitude') AS amplitude, getvariable('peak_day') AS peak_day`,
  )
  const truth: Record<string, unknown> = { seed, scale, notes: NOTES, season }
  for (const [name, sql] of Object.entries(LISTS)) {
    if (['late_records', 'handlings'].includes(name) && scale > LISTED_SCALE) continue
    truth[name] = await session.rows(sql)
  }
  await writeFile(join(folder, 'truth.json'), `${JSON.stringify(truth, undefined, 1)}\n`)
}

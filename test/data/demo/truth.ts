import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { company } from './demo-company.ts'

async function expectNone(sql: string): Promise<void> {
  assert.deepEqual(await company.rows(`${sql} LIMIT 3`), [])
}

describe('parasites', () => {
  test('there are twelve, all recorded as VIP or key', async () => {
    assert.equal(
      await company.number(`SELECT count(*) FROM truth.customers WHERE part = 'parasite' AND class IN ('VIP', 'key')`),
      12,
    )
  })

  test('each is in the top decile of direct customers by revenue', async () => {
    await expectNone(`SELECT * FROM truth.customers WHERE part = 'parasite' AND revenue_rank > peers / 10`)
  })

  test('each bought no more in the last twelve months than in the twelve before', async () => {
    await expectNone(`SELECT * FROM truth.customers WHERE part = 'parasite' AND revenue_12 > revenue_before`)
  })

  test('each is among the fifth that takes most hours', async () => {
    await expectNone(`SELECT * FROM truth.customers WHERE part = 'parasite' AND load_place < 0.8`)
  })

  test('each costs more than it leaves, in the last twelve months and of all time', async () => {
    await expectNone(
      `SELECT * FROM truth.customers WHERE part = 'parasite' AND (contribution_12 > -50000 OR contribution > 0)`,
    )
    await expectNone(`SELECT * FROM truth.customers WHERE part = 'parasite' AND contribution_rank - revenue_rank < 100`)
  })

  test('no other customer of that size leaves less than nothing', async () => {
    await expectNone(
      `SELECT * FROM truth.customers WHERE part <> 'parasite' AND kind = 'direct' AND revenue_rank <= peers / 10 AND contribution < 0`,
    )
  })
})

describe('service-sourced deals', () => {
  test('an unmarked one has no lead source and follows a visit to a machine of that family within 30 days', async () => {
    assert.ok((await company.number(`SELECT count(*) FROM opportunities WHERE truth = 'hidden'`)) >= 40)
    await expectNone(
      `SELECT * FROM opportunities JOIN requests_base ON requests_base.request_no = same_request
       WHERE truth = 'hidden' AND (lead_source IS NOT NULL OR requests_base.customer_no <> opportunities.customer_no OR requests_base.family_no <> opportunities.family_no
         OR NOT EXISTS (SELECT 1 FROM visits WHERE visits.request_no = same_request AND ends < opportunities.opened_at AND ends > opportunities.opened_at - INTERVAL 30 DAY))`,
    )
  })

  test('a decoy has no lead source either, but the visits before it were to machines of other families', async () => {
    assert.ok((await company.number(`SELECT count(*) FROM opportunities WHERE truth = 'decoy'`)) >= 10)
    await expectNone(
      `SELECT * FROM opportunities WHERE truth = 'decoy' AND (lead_source IS NOT NULL OR same_request IS NOT NULL OR other_request IS NULL)`,
    )
  })
})

describe('missed contracts', () => {
  test('each request was covered on that day by a contract of its customer that lists its machine, and was charged', async () => {
    assert.ok((await company.number('SELECT count(*) FROM requests WHERE is_missed_contract')) >= 50)
    await expectNone(
      `SELECT request_id FROM requests WHERE is_missed_contract AND (contract_id IS NOT NULL OR NOT is_chargeable OR NOT EXISTS (
         SELECT 1 FROM contract_assets WHERE contract_assets.contract_id = requests.cover_id AND contract_assets.asset_no = requests.asset_no
           AND contract_assets.customer_no = requests.customer_no AND CAST(requests.opened_at AS DATE) BETWEEN contract_assets.starts_on AND contract_assets.ends_on))`,
    )
  })
})

describe('records', () => {
  test('every kind of late or missing record occurs, more with late reporters than with others', async () => {
    const rules = await company.rows<{ rule: string }>(
      'SELECT rule, count(*) AS records FROM truth.records GROUP BY rule ORDER BY rule',
    )
    assert.deepEqual(
      rules.map((row) => row.rule),
      [
        'asset_without_install_date',
        'asset_without_product',
        'asset_without_serial',
        'asset_without_warranty',
        'contract_without_promise',
        'customer_without_class',
        'customer_without_service_owner',
        'dealer_end_user_late',
        'dealer_machine_late',
        'dealer_machine_missing',
        'dealer_part_late',
        'dealer_part_missing',
        'expense_keyed_after_30_days',
        'indirect_customer_without_dealer',
        'maintenance_record_missing',
        'opportunity_without_source',
        'part_without_parent',
        'request_keyed_after_a_day',
        'request_without_asset',
        'resolved_time_missing',
        'sold_below_floor',
        'survey_unanswered',
        'task_feedback_late',
        'task_feedback_missing',
        'task_hours_missing',
        'task_not_planned',
      ],
    )
    const share = (late: boolean): Promise<number> =>
      company.number(
        `SELECT avg(CAST(is_missing AS INTEGER)) FROM maintenance_records WHERE is_late_reporter = ${late}`,
      )
    assert.ok((await share(true)) > 3 * (await share(false)))
  })

  test('no article was written about the faults that have none', async () => {
    await expectNone('SELECT * FROM articles JOIN topics USING (topic_no) WHERE without_article')
    assert.ok((await company.number('SELECT count(*) FROM requests WHERE without_article')) > 500)
  })
})

describe('machines wear out by their law', () => {
  test('the number worn out is what the Weibull law expects of machines that stood in July 2023 or came later', async () => {
    const [row] = await company.rows<{ expected: number; variance: number; seen: number }>(
      `WITH laws AS (
         SELECT life_shape AS shape, life_years AS life, retired_on, date_diff('day', commissioned_on, greatest(commissioned_on, DATE '2023-07-01')) / 365.25 AS entered,
           date_diff('day', commissioned_on, DATE '2026-07-01') / 365.25 AS left_at
         FROM assets WHERE started_on IS NOT NULL
       ),
       chances AS (SELECT 1 - exp(pow(entered / life, shape) - pow(left_at / life, shape)) AS chance, retired_on FROM laws)
       SELECT sum(chance) AS expected, sum(chance * (1 - chance)) AS variance, count(retired_on) AS seen FROM chances`,
    )
    assert.ok(
      row !== undefined && Math.abs(row.seen - row.expected) < 3.5 * Math.sqrt(row.variance),
      JSON.stringify(row),
    )
  })
})

describe('the tables fit together', () => {
  const REFERENCES: readonly [from: string, column: string, to: string, key: string][] = [
    ['tasks', 'request_id', 'requests', 'request_id'],
    ['tasks', 'employee_id', 'employees', 'employee_id'],
    ['service_orders', 'request_id', 'requests', 'request_id'],
    ['orders', 'customer_id', 'customers', 'customer_id'],
    ['orders', 'sales_owner_id', 'employees', 'employee_id'],
    ['invoices', 'order_id', 'orders', 'order_id'],
    ['payments', 'invoice_id', 'invoices', 'invoice_id'],
    ['requests', 'customer_id', 'customers', 'customer_id'],
    ['requests', 'article_id', 'articles', 'article_id'],
    ['requests', 'owner_id', 'employees', 'employee_id'],
    ['opportunities', 'customer_id', 'customers', 'customer_id'],
    ['opportunities', 'campaign_id', 'campaigns', 'campaign_id'],
    ['opportunities', 'order_id', 'orders', 'order_id'],
    ['expenses', 'task_id', 'tasks', 'task_id'],
    ['calls', 'request_id', 'requests', 'request_id'],
    ['surveys', 'request_id', 'requests', 'request_id'],
  ]
  for (const [from, column, to, key] of REFERENCES) {
    test(`${from}.${column} is one of ${to}`, async () => {
      await expectNone(
        `SELECT ${column} FROM ${from} WHERE ${column} IS NOT NULL AND ${column} NOT IN (SELECT ${key} FROM ${to})`,
      )
    })
  }

  test('ids are unique', async () => {
    for (const [table, id] of [
      ['customers', 'customer_id'],
      ['requests', 'request_id'],
      ['tasks', 'task_id'],
      ['orders', 'order_id'],
      ['expenses', 'expense_id'],
      ['invoices', 'invoice_id'],
    ]) {
      await expectNone(`SELECT ${id} FROM ${table} GROUP BY ${id} HAVING count(*) > 1`)
    }
    await expectNone('SELECT request_id, happened_at, kind FROM request_events GROUP BY ALL HAVING count(*) > 1')
    await expectNone(
      'SELECT opportunity_id, happened_at, kind FROM opportunity_events GROUP BY ALL HAVING count(*) > 1',
    )
  })
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openCompany } from './company.ts'
import { company } from './demo-company.ts'

function within(value: number, low: number, high: number, what: string): void {
  assert.ok(value >= low && value <= high, `${what} is ${value}, not between ${low} and ${high}`)
}

async function expectNone(sql: string): Promise<void> {
  assert.deepEqual(await company.rows(`${sql} LIMIT 3`), [])
}

describe('the sample company looks like a real one', () => {
  test('a part of it is smaller in all its parts', async () => {
    const quarter = await openCompany({ scale: 0.25, seed: 1 })
    const parts = await quarter.rows<{ part: string; customers: number }>(
      'SELECT part, COUNT(*) AS customers FROM customers GROUP BY part ORDER BY part',
    )
    const requests = await quarter.number('SELECT COUNT(*) FROM requests')
    const dealers = await quarter.number('SELECT COUNT(DISTINCT dealer_no) FROM customers')
    quarter.close()
    assert.deepEqual(Object.fromEntries(parts.map(({ part, customers }) => [part, customers])), {
      dealer: 6,
      direct: 74,
      indirect: 52,
      parasite: 3,
      prospect: 15,
    })
    assert.equal(dealers, 6)
    assert.ok(requests > 2_500 && requests < 3_500, `${requests} requests`)
  })

  test('at scale 1 it has 600 customers and about 12,000 requests', async () => {
    assert.equal(await company.number('SELECT count(*) FROM customers'), 600)
    within(await company.number('SELECT count(*) FROM requests'), 11_400, 12_900, 'requests')
    const kinds = await company.rows('SELECT kind, count(*) AS customers FROM customers GROUP BY kind ORDER BY kind')
    assert.deepEqual(kinds, [
      { kind: 'direct', customers: 330 },
      { kind: 'indirect', customers: 210 },
      { kind: 'prospect', customers: 60 },
    ])
  })

  test('machines cost 80,000 to 2 million, parts up to 40,000', async () => {
    await expectNone(`SELECT * FROM products WHERE kind = 'machine' AND list_price NOT BETWEEN 80000 AND 2000000`)
    await expectNone(
      `SELECT * FROM products WHERE kind IN ('part', 'consumable') AND list_price NOT BETWEEN 50 AND 40000`,
    )
  })

  test('gross margins are those of the trade', async () => {
    const margin = (kind: string): Promise<number> =>
      company.number(
        `SELECT 1 - sum(quantity * unit_cost) / sum(amount_cny) FROM order_lines WHERE product_kind = '${kind}'`,
      )
    within(await margin('machine'), 0.22, 0.35, 'margin of machines')
    within(await margin('part'), 0.4, 0.55, 'margin of parts')
    within(await margin('consumable'), 0.4, 0.55, 'margin of consumables')
  })

  test('sales leave clearly more than sales, marketing and administration cost', async () => {
    const margin = await company.number('SELECT sum(sales_margin) FROM truth.customers')
    const overhead = await company.number(`SELECT sum(amount) FROM expenses WHERE department <> 'service'`)
    assert.ok(margin > 1.3 * overhead)
  })

  test('the service department makes a modest loss or profit', async () => {
    const revenue = await company.number('SELECT sum(service_revenue) FROM truth.customers')
    const parts = await company.number('SELECT sum(quantity * unit_cost) FROM service_order_lines')
    const ledger = await company.number(`SELECT sum(amount) FROM expenses WHERE department = 'service'`)
    within((revenue - parts - ledger) / revenue, -0.3, 0.15, 'result of the service department by its revenue')
  })

  test('a fifth of the direct customers bring more than half of the revenue', async () => {
    const share = await company.number(
      `SELECT sum(revenue) FILTER (WHERE revenue_rank <= 66) / sum(revenue) FROM truth.customers WHERE kind = 'direct'`,
    )
    within(share, 0.5, 0.85, 'share of the largest fifth')
  })

  test('engineers are busy, not drowned: 60 to 85 % of eight hours on 238 days', async () => {
    const hours = await company.number('SELECT sum(work_minutes + travel_minutes) / 60 / 3 FROM tasks WHERE is_done')
    const posts = await company.number(
      `SELECT count(*) FROM posts WHERE role IN ('field_engineer', 'workshop_engineer', 'hotline_engineer')`,
    )
    within(hours / (posts * 238 * 8), 0.6, 0.85, 'utilisation')
    within(await company.number(`SELECT count(*) FROM posts WHERE department = 'service'`), 28, 40, 'service posts')
  })

  test('hours of engineers cost 78 to 260', async () => {
    await expectNone('SELECT * FROM employee_rates WHERE hourly_cost NOT BETWEEN 78 AND 300')
  })

  test('visits take 2 to 6 hours as a rule', async () => {
    const share = await company.number(
      `SELECT count(*) FILTER (WHERE work_minutes BETWEEN 110 AND 370) / count(*) FROM tasks WHERE kind = 'visit'`,
    )
    assert.ok(share > 0.8)
  })

  test('nobody is at two visits at once', async () => {
    await expectNone(
      `SELECT * FROM (SELECT *, lag(ends) OVER (PARTITION BY post_no, kind ORDER BY starts) AS before FROM tasks WHERE NOT at_night)
       WHERE kind <> 'call' AND starts < before - INTERVAL 35 MINUTE`,
    )
  })

  test('work is done on working days and in working hours, but for the nights of the all-hours contracts', async () => {
    const share = await company.number(
      `SELECT count(*) FILTER (WHERE getvariable('work_flags')[day_number(starts)] AND hour(starts) BETWEEN 8 AND 17) / count(*) FROM tasks`,
    )
    within(share, 0.985, 0.9999, 'share in working hours')
  })

  test('summer is busier than winter, and the weeks of Spring Festival are quiet', async () => {
    const by = (month: number): Promise<number> =>
      company.number(`SELECT count(*) FROM requests WHERE month(opened_at) = ${month}`)
    assert.ok((await by(7)) > 1.3 * (await by(1)))
    assert.ok((await by(2)) < 0.8 * (await by(3)))
  })

  test('volume grows by some per cent a year', async () => {
    const growth = await company.number(
      `SELECT sqrt(count(*) FILTER (WHERE opened_at >= '2025-07-01') / count(*) FILTER (WHERE opened_at < '2024-07-01')) - 1 FROM requests`,
    )
    within(growth, 0.02, 0.13, 'growth')
  })

  test('contracts cost 1 to 6.6 % of the machines they cover', async () => {
    await expectNone(
      `SELECT contract_no, any_value(amount) / sum(list_price) AS share FROM contract_amounts JOIN contract_assets USING (contract_no)
       GROUP BY contract_no HAVING share NOT BETWEEN 0.009 AND 0.068 AND any_value(amount) > 2400`,
    )
  })
})

describe('nothing happens after the books end', () => {
  const FACTS: readonly [table: string, column: string][] = [
    ['crm.svc_request', 'greatest(call_time, reply_time, solve_time, close_time, create_time, updated_at)'],
    ['crm.svc_request_log', 'log_time'],
    ['crm.svc_task', 'greatest(real_start, real_end, feedback_time, confirm_time, create_time, updated_at)'],
    ['crm.svc_repair', 'greatest(done_date, create_time)'],
    ['crm.svc_survey', 'greatest(send_time, answer_time)'],
    ['crm.opportunity', 'greatest(create_time, end_time, updated_at)'],
    ['crm.opportunity_log', 'log_time'],
    ['crm.account', 'greatest(reg_time, grade_date, create_time, updated_at)'],
    ['crm.installed_base', 'greatest(install_date, commission_date, create_time, updated_at)'],
    ['crm.campaign_reply', 'reply_time'],
    ['crm.kb_search', 'search_time'],
    ['orders', `strftime(ordered_at, '%Y-%m-%d')`],
    ['service_orders', `strftime(ordered_at, '%Y-%m-%d')`],
    ['invoices', `strftime(issued_on, '%Y-%m-%d')`],
    ['payments', `strftime(paid_on, '%Y-%m-%d')`],
    ['expenses', `strftime(greatest(incurred_on, keyed_on), '%Y-%m-%d')`],
    ['calls', `strftime(ended_at, '%Y-%m-%d')`],
  ]
  for (const [table, column] of FACTS) {
    test(`in ${table}`, async () => {
      await expectNone(`SELECT * FROM ${table} WHERE ${column} >= '2026-07-01'`)
    })
  }
})

-- description: What service brought from each customer in each month, and what it cost besides labour. Reporting currency.
-- grain: [customer_id, month]
-- columns:
--   part_lines: Parts used.
--   part_lines_with_cost: Parts whose cost is known.
--   chargeable_lines: Parts and labour that are charged.
--   chargeable_lines_with_amount: Charged lines whose amount is known.
--   contract_months: Contracts running in the month.
--   contract_months_with_amount: Contracts running whose amount is known.
--   chargeable_revenue: Amount of the parts and labour that are charged.
--   contract_revenue: Contract amounts, straight-line over the days of the contract.
--   visit_charges: Visits charged by the policy of their day; see core.visit_charges.
--   traced_expenses: Expenses led to the customer, without those that hourly rates cover.
--   parts_cost: Parts at cost, warranty and goodwill parts included.
--   month: First day of the month.
-- audits:
--   - unique: [customer_id, month]
--   - name: { en: 'no cent of service revenue, parts or traced expenses is lost or counted twice', zh: 服务收入、零件和可追溯费用一分不漏、一分不重 }
--     rows: >
--       SELECT months.total, facts.total
--       FROM (
--           SELECT COALESCE(SUM(chargeable_revenue + contract_revenue + visit_charges - traced_expenses - parts_cost), 0) AS total
--           FROM core.service_money_months
--       ) AS months
--       CROSS JOIN (
--           SELECT COALESCE(SUM(amount), 0) AS total FROM (
--               SELECT SUM(COALESCE(revenue, 0) - COALESCE(parts_cost, 0)) AS amount FROM core.service_lines
--               UNION ALL SELECT SUM(revenue) AS amount FROM core.contract_months
--               UNION ALL SELECT SUM(amount) AS amount FROM core.visit_charges
--               UNION ALL SELECT -SUM(traced_amount) AS amount FROM core.expenses
--           ) AS parts
--       ) AS facts
--       WHERE months.total <> facts.total
WITH
    lines AS (
        SELECT
            customer_id,
            DATE_TRUNC('month', ordered_on) AS month,
            COUNT(*) FILTER (WHERE is_part) AS part_lines,
            COUNT(*) FILTER (WHERE has_cost) AS part_lines_with_cost,
            COUNT(*) FILTER (WHERE is_chargeable) AS chargeable_lines,
            COUNT(*) FILTER (WHERE has_amount) AS chargeable_lines_with_amount,
            SUM(revenue) AS chargeable_revenue,
            SUM(parts_cost) AS parts_cost
        FROM core.service_lines
        GROUP BY customer_id, DATE_TRUNC('month', ordered_on)
    ),
    contracts AS (
        SELECT
            customer_id,
            month,
            COUNT(*) AS contract_months,
            COUNT(*) FILTER (WHERE has_amount) AS contract_months_with_amount,
            SUM(revenue) AS contract_revenue
        FROM core.contract_months
        GROUP BY customer_id, month
    ),
    traced AS (
        SELECT customer_id, DATE_TRUNC('month', incurred_on) AS month, SUM(traced_amount) AS traced_expenses
        FROM core.expenses
        WHERE is_traced AND NOT is_covered_by_rates
        GROUP BY customer_id, DATE_TRUNC('month', incurred_on)
    ),
    visits AS (
        SELECT customer_id, DATE_TRUNC('month', done_on) AS month, SUM(amount) AS visit_charges
        FROM core.visit_charges
        GROUP BY customer_id, DATE_TRUNC('month', done_on)
    ),
    present AS (
        SELECT customer_id, month FROM lines
        UNION
        SELECT customer_id, month FROM contracts
        UNION
        SELECT customer_id, month FROM traced
        UNION
        SELECT customer_id, month FROM visits
    )
SELECT
    present.customer_id,
    COALESCE(lines.part_lines, 0) AS part_lines,
    COALESCE(lines.part_lines_with_cost, 0) AS part_lines_with_cost,
    COALESCE(lines.chargeable_lines, 0) AS chargeable_lines,
    COALESCE(lines.chargeable_lines_with_amount, 0) AS chargeable_lines_with_amount,
    COALESCE(contracts.contract_months, 0) AS contract_months,
    COALESCE(contracts.contract_months_with_amount, 0) AS contract_months_with_amount,
    CAST(COALESCE(lines.chargeable_revenue, 0) AS DECIMAL(18, 2)) AS chargeable_revenue,
    CAST(COALESCE(contracts.contract_revenue, 0) AS DECIMAL(18, 2)) AS contract_revenue,
    CAST(COALESCE(visits.visit_charges, 0) AS DECIMAL(18, 2)) AS visit_charges,
    CAST(COALESCE(traced.traced_expenses, 0) AS DECIMAL(18, 2)) AS traced_expenses,
    CAST(COALESCE(lines.parts_cost, 0) AS DECIMAL(18, 2)) AS parts_cost,
    CAST(present.month AS DATE) AS month
FROM
    present
    LEFT JOIN lines ON lines.customer_id = present.customer_id AND lines.month = present.month
    LEFT JOIN contracts ON contracts.customer_id = present.customer_id AND contracts.month = present.month
    LEFT JOIN traced ON traced.customer_id = present.customer_id AND traced.month = present.month
    LEFT JOIN visits ON visits.customer_id = present.customer_id AND visits.month = present.month

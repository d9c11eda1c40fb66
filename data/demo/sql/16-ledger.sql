-- The cost ledger: pay, rent and the like by month and department; travel, lodging and freight by the task or request they were for.
CREATE TABLE expense_drafts AS
WITH months AS (SELECT CAST(month AS DATE) AS month_on, CAST(month + INTERVAL 1 MONTH - INTERVAL 1 DAY AS DATE) AS last_day, date_diff('month', TIMESTAMP '2023-07-01', month) AS n FROM range(TIMESTAMP '2023-07-01', TIMESTAMP '2026-07-01', INTERVAL 1 MONTH) AS months(month)),
pay AS (
    SELECT
        employee_no * 64 + n AS expense_key, last_day AS incurred_on, employee_id, department, 'salary' AS category,
        round(base_rate * pow(1.045, year(month_on) - 2023) * 166 * CASE WHEN month(month_on) = 1 THEN 1.4 ELSE 1 END * 0.9, -1) AS amount,
        'CNY' AS currency,
        NULL AS task_id, NULL AS request_id, NULL AS contract_id, NULL AS campaign_id, NULL AS customer_id
    FROM employees, months
    WHERE hired_on <= month_on AND (left_on IS NULL OR left_on >= last_day)
),
departments AS (SELECT department, count(*) AS people, row_number() OVER (ORDER BY department) AS department_no FROM posts GROUP BY department),
monthly AS (
    SELECT
        -(department_no * 4096 + n * 16 + kind_no),
        last_day - CAST(draw_whole(0, 6, 'monthly-on', department_no * 4096 + n * 16 + kind_no) AS INTEGER), NULL, department, category,
        round(people * per_head * pow(1.03, n / 12.0) * draw_between(1 - swing, 1 + swing, 'monthly', department_no * 4096 + n * 16 + kind_no), 0),
        'CNY', NULL, NULL, NULL, NULL, NULL
    FROM departments, months,
    (VALUES (1, 'rent', 900, 0.0), (2, 'communication', 130, 0.15), (3, 'office', 210, 0.3), (4, 'training', 260, 0.8), (5, 'vehicles', 420, 0.2), (6, 'software', 240, 0.05)) AS kinds(kind_no, category, per_head, swing)
    WHERE (category <> 'vehicles' OR department IN ('service', 'sales')) AND (category <> 'software' OR n % 3 = 0)
),
trips AS (
    SELECT
        10000000000 + task_key * 4, CAST(ends AS DATE), employee_id, 'service', 'travel',
        round(CASE WHEN region_no = 7 THEN draw_between(5200, 11800, 'fare', task_key)
            ELSE 18 + travel_minutes * draw_between(1.3, 2.5, 'fare', task_key) END * 2, 0) / 2,
        'CNY', task_id, NULL, NULL, NULL, NULL
    FROM (SELECT tasks.*, requests_base.region_no FROM tasks JOIN requests_base USING (request_no))
    WHERE kind = 'visit' AND is_done AND draw('claims', task_key) < 0.93
),
nights AS (
    SELECT
        10000000000 + task_key * 4 + 1, CAST(ends AS DATE), employee_id, 'service', 'lodging',
        round(CASE WHEN region_no = 7 THEN draw_between(88, 145, 'room', task_key) ELSE draw_between(230, 480, 'room', task_key) END * CASE
            WHEN region_no = 7 THEN 2 ELSE 1 END, 0),
        CASE WHEN region_no = 7 THEN 'EUR' ELSE 'CNY' END, task_id, NULL, NULL, NULL, NULL
    FROM (SELECT tasks.*, requests_base.region_no FROM tasks JOIN requests_base USING (request_no))
    WHERE kind = 'visit' AND is_done AND ((overnight AND travel_minutes > 110 AND date_diff('day', starts, ends) <= 2) OR region_no = 7)
),
freight AS (
    SELECT 20000000000 + request_no, CAST(ends AS DATE), NULL, 'service', 'freight',
        round(draw_around(135, 0.6, 'freight-cost', request_no), 2), 'CNY', NULL, request_id, NULL, NULL, NULL
    FROM tasks WHERE kind = 'repair' AND is_done
),
-- What a contract costs beside its visits: training of the customer's operators, the stand-by stock of parts.
contract_costs AS (
    SELECT
        50000000000 + contract_no * 4 + cost_no, starts_on + CAST(draw_whole(15, 200, 'contract-cost', contract_no * 4 + cost_no) AS INTEGER),
        NULL, 'service', category, round(draw_around(middle, 0.35, 'contract-spent', contract_no * 4 + cost_no), 0), 'CNY', NULL, NULL,
        contract_id, NULL, NULL
    FROM contracts, (VALUES (1, 'training', 620, 2), (2, 'freight', 380, 1)) AS costs(cost_no, category, middle, widest_tier)
    WHERE tier <= widest_tier AND starts_on >= DATE '2023-07-01'
),
promotion AS (
    SELECT 30000000000 + campaign_no, ends_on, NULL, 'marketing', 'promotion',
        round(budget * draw_between(0.82, 1.12, 'spent', campaign_no), -1), 'CNY', NULL, NULL, NULL, campaign_id, NULL
    FROM campaigns
),
selling AS (
    SELECT 40000000000 + opportunity_no, CAST(opened_at AS DATE) + 12, owner_id, 'sales',
        CASE WHEN draw('dinner', opportunity_no) < 0.5 THEN 'travel' ELSE 'entertainment' END,
        round(draw_around(900, 0.6, 'selling', opportunity_no), 0), 'CNY', NULL, NULL, NULL, NULL, customer_id
    FROM opportunities WHERE draw('selling-cost', opportunity_no) < 0.6
)
FROM pay UNION ALL
FROM monthly UNION ALL
FROM trips UNION ALL
FROM nights UNION ALL
FROM freight UNION ALL
FROM contract_costs UNION ALL
FROM promotion UNION ALL
FROM selling;

CREATE TABLE expenses AS
SELECT
    'EX' || strftime(incurred_on, '%y%m') || padded(row_number() OVER (ORDER BY incurred_on, expense_key), 8) AS expense_id,
    * REPLACE (CAST(amount AS DECIMAL(18, 2)) AS amount),
    -- Keyed within days, one in twenty-five more than a month later.
    least(incurred_on + CAST(CASE WHEN category IN ('travel', 'lodging', 'entertainment') THEN CASE
        WHEN draw('keyed-late', expense_key) < 0.04 THEN draw_whole(31, 75, 'expense-keyed', expense_key)
        ELSE draw_whole(1, 21, 'expense-keyed', expense_key) END
        ELSE draw_whole(0, 6, 'expense-keyed', expense_key) END AS INTEGER), DATE '2026-06-30') AS keyed_on
FROM expense_drafts
WHERE incurred_on <= DATE '2026-06-30';

-- The plan of the next quarter is there before it begins.
CREATE TABLE targets AS
WITH quarters AS (SELECT CAST(quarter AS DATE) AS period, date_diff('quarter', TIMESTAMP '2023-07-01', quarter) AS n FROM range(TIMESTAMP '2023-07-01', TIMESTAMP '2026-10-01', INTERVAL 3 MONTH) AS quarters(quarter))
SELECT metric, period, 'company' AS scope,
    round(base * CASE WHEN is_volume THEN getvariable('scale') * pow(1.015, n) ELSE 1 END, 4) AS value
FROM quarters,
(VALUES ('revenue', 21000000.0, true), ('service_revenue', 3000000.0, true), ('direct_service_cost', 2600000.0, true), ('requests', 1050.0, true), ('satisfaction', 4.3, false)) AS metrics(metric, base, is_volume);

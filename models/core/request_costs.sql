-- description: What serving each request cost directly. Reporting currency.
-- grain: [request_id]
-- columns:
--   labour_cost: Hours of its tasks at the hourly cost of the day.
--   parts_cost: Its parts at cost.
--   traced_expenses: Expenses that name it or one of its tasks.
--   service_cost: The three together.
-- audits:
--   - unique: [request_id]
--   - balance: service_cost = labour_cost + parts_cost + traced_expenses
WITH
    parts AS (
        SELECT request_id, labour_cost AS labour, 0 AS parts, 0 AS expenses FROM core.tasks
        UNION ALL
        SELECT request_id, 0 AS labour, parts_cost AS parts, 0 AS expenses FROM core.service_lines
        UNION ALL
        SELECT request_id, 0 AS labour, 0 AS parts, traced_amount AS expenses FROM core.expenses
    )
SELECT
    request_id,
    CAST(COALESCE(SUM(labour), 0) AS DECIMAL(18, 2)) AS labour_cost,
    CAST(COALESCE(SUM(parts), 0) AS DECIMAL(18, 2)) AS parts_cost,
    CAST(COALESCE(SUM(expenses), 0) AS DECIMAL(18, 2)) AS traced_expenses,
    CAST(
        COALESCE(SUM(labour), 0) + COALESCE(SUM(parts), 0) + COALESCE(SUM(expenses), 0) AS DECIMAL(18, 2)
    ) AS service_cost
FROM parts
WHERE request_id IS NOT NULL
GROUP BY request_id

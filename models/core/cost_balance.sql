-- description: Where the ledger of each month, department and category went. Nothing vanishes. Reporting currency.
-- grain: [month, department, category]
-- columns:
--   lines: Lines of the ledger.
--   lines_with_amount: Lines whose amount in the reporting currency is known.
--   ledger: Sum of the ledger.
--   traced: Led to a customer by what the line names.
--   covered_by_labour: Pay that the hourly rates of employees cover; see core.capacity_months for what of it was worked.
--   allocated: Spread over customers by a driver.
--   unallocated: In pools without a driver, or whose driver nobody took that month.
--   month: First day of the month.
-- audits:
--   - unique: [month, department, category]
--   - balance: ledger = traced + covered_by_labour + allocated + unallocated
WITH
    lines AS (
        SELECT
            CAST(DATE_TRUNC('month', incurred_on) AS DATE) AS month,
            department,
            category,
            COUNT(*) AS lines,
            COUNT(amount) AS lines_with_amount,
            COALESCE(SUM(amount), 0) AS ledger,
            COALESCE(SUM(traced_amount), 0) AS traced,
            COALESCE(SUM(amount) FILTER (WHERE is_covered_by_rates), 0) AS covered_by_labour
        FROM core.expenses
        GROUP BY DATE_TRUNC('month', incurred_on), department, category
    ),
    allocated AS (
        SELECT month, origin_department, category, SUM(amount) AS amount
        FROM core.allocations
        GROUP BY month, origin_department, category
    ),
    idle_pools AS (
        SELECT pools.month, pools.origin_department, pools.category, SUM(pools.amount) AS amount
        FROM
            core.cost_pools AS pools
            LEFT JOIN (
                SELECT DISTINCT month, origin_department, category, campaign_id, department
                FROM core.allocations
            ) AS spread
                ON spread.month = pools.month
                AND spread.origin_department = pools.origin_department
                AND spread.category = pools.category
                AND spread.campaign_id = pools.campaign_id
                AND spread.department = pools.department
        WHERE spread.month IS NULL
        GROUP BY pools.month, pools.origin_department, pools.category
    )
SELECT
    lines.department,
    lines.category,
    lines.lines,
    lines.lines_with_amount,
    CAST(lines.ledger AS DECIMAL(18, 2)) AS ledger,
    CAST(lines.traced AS DECIMAL(18, 2)) AS traced,
    CAST(lines.covered_by_labour AS DECIMAL(18, 2)) AS covered_by_labour,
    CAST(COALESCE(allocated.amount, 0) AS DECIMAL(18, 2)) AS allocated,
    CAST(COALESCE(idle_pools.amount, 0) AS DECIMAL(18, 2)) AS unallocated,
    lines.month
FROM
    lines
    LEFT JOIN allocated
        ON allocated.month = lines.month
        AND allocated.origin_department = lines.department
        AND allocated.category = lines.category
    LEFT JOIN idle_pools
        ON idle_pools.month = lines.month
        AND idle_pools.origin_department = lines.department
        AND idle_pools.category = lines.category

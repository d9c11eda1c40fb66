-- description: What each customer would bear of each pool of cost, had the policy spread it by a driver that it uses for such costs in other months. Reporting currency.
-- grain: [month, origin_department, category, campaign_id, department, driver, customer_id]
-- columns:
--   driver: What the pool is not spread by in this month, and costs of the department and category are in another.
--   amount: Pool times units over the units of all customers, rounded to the cent each by itself.
-- audits:
--   - unique: [month, origin_department, category, campaign_id, department, driver, customer_id]
WITH
    -- A campaign always goes to those who responded, and what is spread by nothing reaches nobody.
    used AS (
        SELECT DISTINCT department, category, driver
        FROM core.cost_pools
        WHERE campaign_id = 'none' AND driver != 'none'
    ),
    others AS (
        SELECT
            pools.month,
            pools.origin_department,
            pools.category,
            pools.campaign_id,
            pools.department,
            pools.amount,
            used.driver
        FROM
            core.cost_pools AS pools
            INNER JOIN used
                ON used.department = pools.department
                AND used.category = pools.category
                AND used.driver != pools.driver
        WHERE pools.campaign_id = 'none'
    ),
    totals AS (
        SELECT driver, month, SUM(units) AS units
        FROM core.driver_units
        WHERE campaign_id = 'none'
        GROUP BY driver, month
    )
SELECT
    others.origin_department,
    others.category,
    others.campaign_id,
    others.department,
    others.driver,
    taken.customer_id,
    taken.units,
    CAST(
        CAST(others.amount AS DOUBLE) * CAST(taken.units AS DOUBLE) / CAST(totals.units AS DOUBLE) AS DECIMAL(
            18,
            2
        )
    ) AS amount,
    others.month
FROM
    others
    INNER JOIN totals ON totals.driver = others.driver AND totals.month = others.month
    INNER JOIN core.driver_units AS taken
        ON taken.driver = others.driver AND taken.campaign_id = 'none' AND taken.month = others.month

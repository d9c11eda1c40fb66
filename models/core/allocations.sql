-- description: What each customer bears of each pool of cost, to the cent by largest remainder. Reporting currency.
-- grain: [month, origin_department, category, campaign_id, department, customer_id]
-- columns:
--   units: What the customer took of the driver.
--   total_units: What all customers took of it.
--   pool_amount: The pool that is spread.
--   amount: The customer's part. The parts of a pool sum to it, to the cent.
-- audits:
--   - unique: [month, origin_department, category, campaign_id, department, customer_id]
WITH
    spread AS (
        SELECT
            pools.*,
            taken.customer_id,
            taken.units,
            SUM(taken.units) OVER (
                PARTITION BY
                    pools.month,
                    pools.origin_department,
                    pools.category,
                    pools.campaign_id,
                    pools.department
            ) AS total_units
        FROM
            core.cost_pools AS pools
            INNER JOIN core.driver_units AS taken
                ON taken.driver = pools.driver
                AND taken.campaign_id = pools.campaign_id
                AND COALESCE(taken.month, pools.month) = pools.month
    ),
    exact AS (
        SELECT
            *,
            CAST(ABS(amount) AS DOUBLE) * 100 * CAST(units AS DOUBLE) / CAST(total_units AS DOUBLE) AS cents
        FROM spread
    ),
    -- Rounded down, a pool lacks fewer cents than it has customers: those with the largest remainder get one each.
    ranked AS (
        SELECT
            *,
            CAST(ABS(amount) * 100 AS DOUBLE) - SUM(FLOOR(cents)) OVER (
                PARTITION BY month, origin_department, category, campaign_id, department
            ) AS missing_cents,
            ROW_NUMBER() OVER (
                PARTITION BY month, origin_department, category, campaign_id, department
                ORDER BY cents - FLOOR(cents) DESC, customer_id
            ) AS place
        FROM exact
    )
SELECT
    origin_department,
    category,
    campaign_id,
    department,
    customer_id,
    driver,
    units,
    CAST(total_units AS DECIMAL(38, 4)) AS total_units,
    amount AS pool_amount,
    CAST(
        CAST(
            SIGN(amount) * (
                FLOOR(cents) + CASE
                    WHEN place <= missing_cents THEN 1
                    ELSE 0
                END
            ) AS DECIMAL(18, 0)
        ) / 100 AS DECIMAL(18, 2)
    ) AS amount,
    month
FROM ranked

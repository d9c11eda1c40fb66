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
    -- One number for a pool: ten million parts are sorted by it, and by nothing longer.
    pools AS (
        SELECT
            *,
            ROW_NUMBER() OVER (
                ORDER BY month, origin_department, category, campaign_id, department
            ) AS pool_no
        FROM core.cost_pools
    ),
    totals AS (
        SELECT driver, campaign_id, month, SUM(units) AS units
        FROM core.driver_units
        GROUP BY driver, campaign_id, month
    ),
    exact AS (
        SELECT
            pools.pool_no,
            taken.customer_id,
            taken.units,
            totals.units AS total_units,
            CAST(ABS(pools.amount) AS DOUBLE) * 100 * CAST(taken.units AS DOUBLE) / CAST(
                totals.units AS DOUBLE
            ) AS cents
        FROM
            pools
            INNER JOIN totals
                ON totals.driver = pools.driver
                AND totals.campaign_id = pools.campaign_id
                AND COALESCE(totals.month, pools.month) = pools.month
            INNER JOIN core.driver_units AS taken
                ON taken.driver = totals.driver
                AND taken.campaign_id = totals.campaign_id
                AND COALESCE(taken.month, DATE '1970-01-01') = COALESCE(totals.month, DATE '1970-01-01')
    ),
    -- Rounded down, a pool lacks fewer cents than it has customers: those with the largest remainder get one each.
    ranked AS (
        SELECT
            *,
            SUM(FLOOR(cents)) OVER (
                by_rest
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) AS whole_cents,
            ROW_NUMBER() OVER by_rest AS place
        FROM exact
        WINDOW
            by_rest AS (
                PARTITION BY pool_no
                ORDER BY cents - FLOOR(cents) DESC, customer_id
            )
    )
SELECT
    pools.origin_department,
    pools.category,
    pools.campaign_id,
    pools.department,
    ranked.customer_id,
    pools.driver,
    ranked.units,
    CAST(ranked.total_units AS DECIMAL(38, 4)) AS total_units,
    pools.amount AS pool_amount,
    CAST(
        CAST(
            SIGN(pools.amount) * (
                FLOOR(ranked.cents) + CASE
                    WHEN ranked.place <= CAST(ABS(pools.amount) * 100 AS DOUBLE) - ranked.whole_cents THEN 1
                    ELSE 0
                END
            ) AS DECIMAL(18, 0)
        ) / 100 AS DECIMAL(18, 2)
    ) AS amount,
    pools.month
FROM
    ranked
    INNER JOIN pools ON pools.pool_no = ranked.pool_no

-- description: What each customer took of each driver in each month, the measure by which pools of cost are spread.
-- grain: [month, driver, campaign_id, customer_id]
-- columns:
--   driver: requests, hours, visits, calls, orders, revenue, active_assets, equal, or responses to a campaign.
--   campaign_id: Campaign responded to, whatever the month; none for all other drivers.
--   units: Above zero.
--   month: First day of the month; empty for responses, which count for the costs of their campaign in every month.
-- audits:
--   - unique: [month, driver, campaign_id, customer_id]
--   - not_null: [driver, campaign_id, customer_id, units]
WITH
    calls AS (
        SELECT
            customer_id,
            CAST(DATE_TRUNC('month', started_on) AS DATE) AS month,
            COUNT(*) AS calls
        FROM
            staging.interactions
            CROSS JOIN policy.clock
        WHERE started_on <= as_of AND customer_id IS NOT NULL
        GROUP BY customer_id, DATE_TRUNC('month', started_on)
    ),
    machines AS (
        SELECT
            assets.customer_id,
            months.month,
            COUNT(*) AS machines
        FROM
            staging.assets
            INNER JOIN staging.months
                ON months.month >= DATE_TRUNC(
                    'month',
                    COALESCE(assets.installed_on, assets.commissioned_on, assets.recorded_on)
                )
        WHERE assets.parent_asset_id IS NULL AND COALESCE(assets.status, 'in_use') != 'retired'
        GROUP BY assets.customer_id, months.month
    ),
    counted AS (
        SELECT month, customer_id, 'requests' AS driver, requests AS units FROM core.work_months
        UNION ALL
        SELECT month, customer_id, 'hours' AS driver, service_hours AS units FROM core.work_months
        UNION ALL
        SELECT month, customer_id, 'visits' AS driver, visits AS units FROM core.work_months
        UNION ALL
        SELECT month, customer_id, 'calls' AS driver, calls AS units FROM calls
        UNION ALL
        SELECT month, customer_id, 'orders' AS driver, orders AS units FROM core.sales_months
        UNION ALL
        SELECT month, customer_id, 'revenue' AS driver, revenue AS units FROM core.sales_months
        UNION ALL
        SELECT month, customer_id, 'active_assets' AS driver, machines AS units FROM machines
        UNION ALL
        SELECT month, customer_id, 'equal' AS driver, 1 AS units
        FROM
            (
                SELECT month, customer_id FROM core.work_months
                UNION
                SELECT month, customer_id FROM core.sales_months
                UNION
                SELECT month, customer_id FROM core.service_money_months
            ) AS active
    ),
    responses AS (
        SELECT responses.campaign_id, responses.customer_id, COUNT(*) AS units
        FROM
            staging.campaign_responses AS responses
            CROSS JOIN policy.clock
        WHERE responses.happened_on <= clock.as_of
        GROUP BY responses.campaign_id, responses.customer_id
    ),
    every_driver AS (
        SELECT month, driver, 'none' AS campaign_id, customer_id, CAST(units AS DECIMAL(18, 4)) AS units
        FROM counted
        UNION ALL
        SELECT
            CAST(NULL AS DATE) AS month,
            'responses' AS driver,
            campaign_id,
            customer_id,
            CAST(units AS DECIMAL(18, 4)) AS units
        FROM responses
    )
SELECT
    every_driver.driver,
    every_driver.campaign_id,
    every_driver.customer_id,
    every_driver.units,
    every_driver.month
FROM
    every_driver
    INNER JOIN core.customers ON customers.customer_id = every_driver.customer_id
WHERE every_driver.units > 0

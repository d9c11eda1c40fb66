-- description: What each customer bears of each pool of cost and what it would bear under drivers of other months, with the units that pools are measured by. Reporting currency.
-- grain: [month, customer_id, component, item, driver]
-- materialised: view
-- columns:
--   component: indirect_cost, or activity for units of drivers, which have no amount.
--   item: The pool, or the driver.
--   measure: Units of one driver, or responses to campaigns.
--   pool_kind: Category and department of a pool, for which the policy names what it is spread by; none for campaigns and units.
--   is_actual: The amount counts. Otherwise it is what the customer would bear under a driver of other months.
--   quantity: Units of the driver, responses to the campaign; zero for pools, whose units stand once for all of them.
-- audits:
--   - unique: [month, customer_id, component, item, driver]
WITH
    borne AS (
        SELECT
            month,
            origin_department,
            category,
            campaign_id,
            department,
            driver,
            customer_id,
            units,
            amount,
            TRUE AS is_actual
        FROM core.allocations
        UNION ALL
        SELECT
            month,
            origin_department,
            category,
            campaign_id,
            department,
            driver,
            customer_id,
            units,
            amount,
            FALSE AS is_actual
        FROM core.allocation_alternatives
    ),
    used AS (SELECT DISTINCT driver FROM borne)
SELECT
    customer_id,
    'indirect_cost' AS component,
    CONCAT(origin_department, ' ', category, ' ', campaign_id, ' ', department) AS item,
    CASE
        WHEN driver = 'responses' THEN 'responses'
        ELSE CONCAT('driver ', driver)
    END AS measure,
    CASE
        WHEN driver = 'responses' THEN 'none'
        ELSE CONCAT(category, ' ', department)
    END AS pool_kind,
    driver,
    CAST(
        CASE
            WHEN driver = 'responses' THEN units
            ELSE 0
        END AS DECIMAL(18, 4)
    ) AS quantity,
    amount,
    is_actual,
    month
FROM borne
UNION ALL
SELECT
    taken.customer_id,
    'activity' AS component,
    taken.driver AS item,
    CONCAT('driver ', taken.driver) AS measure,
    'none' AS pool_kind,
    taken.driver,
    taken.units AS quantity,
    CAST(0 AS DECIMAL(18, 2)) AS amount,
    TRUE AS is_actual,
    taken.month
FROM
    core.driver_units AS taken
    INNER JOIN used ON used.driver = taken.driver
WHERE taken.month IS NOT NULL

-- description: What each customer's score is made of, at the end of each of the last 24 months, under the policy of that day.
-- grain: [month, customer_id, measure]
-- columns:
--   policy_version: Version of policy.scores that held at the end of the month.
--   measure: What is measured, over the twelve months up to and with this one.
--   value: The figure; in the reporting currency, hours or a count.
--   weight: Weight of the measure in the policy.
--   percentile: 0 to 100 among the customers of the same kind, 100 the best.
--   points: Percentile times the weight of the measure.
--   trailing_profit: Profit of the same twelve months.
--   is_latest: Of the month of the business date.
--   months_known: Months since its first order, request or contract, this one included.
--   month: First day of the month.
-- audits:
--   - unique: [month, customer_id, measure]
WITH
    ends AS (
        SELECT months.month, months.last_on
        FROM
            staging.months
            CROSS JOIN policy.clock
        WHERE months.month > DATE_TRUNC('month', clock.as_of) - INTERVAL '24' MONTH
    ),
    versions AS (
        SELECT
            ends.month,
            scores.version,
            ROW_NUMBER() OVER (
                PARTITION BY ends.month
                ORDER BY scores.valid_from DESC
            ) AS place
        FROM
            ends
            INNER JOIN policy.scores ON scores.valid_from <= ends.last_on
    ),
    firsts AS (SELECT customer_id, MIN(month) AS first_month FROM marts.customer_months GROUP BY customer_id),
    twelve AS (
        SELECT
            ends.month,
            months.customer_id,
            ANY_VALUE(months.customer_kind) AS customer_kind,
            CAST(SUM(months.profit) AS DOUBLE) AS profit,
            CAST(SUM(months.revenue) AS DOUBLE) AS revenue,
            CAST(SUM(months.sales_margin) AS DOUBLE) AS sales_margin,
            CAST(SUM(months.service_revenue) AS DOUBLE) AS service_revenue,
            CAST(SUM(months.orders) AS DOUBLE) AS orders,
            CAST(SUM(months.service_hours) AS DOUBLE) AS service_hours,
            CAST(SUM(months.requests) AS DOUBLE) AS requests,
            CAST(SUM(months.direct_service_cost + months.indirect_cost) AS DOUBLE) AS cost,
            CAST(SUM(months.revenue + months.service_revenue) AS DOUBLE) AS income
        FROM
            ends
            INNER JOIN marts.customer_months AS months
                ON months.month > ends.month - INTERVAL '12' MONTH AND months.month <= ends.month
        GROUP BY ends.month, months.customer_id
    ),
    machines AS (
        SELECT month, customer_id, CAST(units AS DOUBLE) AS machines
        FROM core.driver_units
        WHERE driver = 'active_assets'
    ),
    leads AS (
        SELECT ends.month, opportunities.customer_id, CAST(COUNT(*) AS DOUBLE) AS opportunities
        FROM
            ends
            INNER JOIN core.opportunities
                ON opportunities.opened_on > ends.last_on - INTERVAL '12' MONTH
                AND opportunities.opened_on <= ends.last_on
        GROUP BY ends.month, opportunities.customer_id
    ),
    measured AS (
        SELECT month, customer_id, customer_kind, profit, 'profit' AS measure, profit AS value FROM twelve
        UNION ALL
        SELECT month, customer_id, customer_kind, profit, 'revenue' AS measure, revenue AS value FROM twelve
        UNION ALL
        SELECT month, customer_id, customer_kind, profit, 'sales_margin' AS measure, sales_margin AS value
        FROM twelve
        UNION ALL
        SELECT
            month,
            customer_id,
            customer_kind,
            profit,
            'service_revenue' AS measure,
            service_revenue AS value
        FROM twelve
        UNION ALL
        SELECT month, customer_id, customer_kind, profit, 'orders' AS measure, orders AS value FROM twelve
        UNION ALL
        SELECT month, customer_id, customer_kind, profit, 'service_hours' AS measure, service_hours AS value
        FROM twelve
        UNION ALL
        SELECT month, customer_id, customer_kind, profit, 'requests' AS measure, requests AS value FROM twelve
        UNION ALL
        -- Who costs and brings nothing stands last.
        SELECT
            month,
            customer_id,
            customer_kind,
            profit,
            'cost_to_serve' AS measure,
            CASE
                WHEN cost <= 0 THEN 0
                WHEN income > 0 THEN cost / income
                ELSE 1000000
            END AS value
        FROM twelve
        UNION ALL
        SELECT
            twelve.month,
            twelve.customer_id,
            twelve.customer_kind,
            twelve.profit,
            'machines' AS measure,
            COALESCE(machines.machines, 0) AS value
        FROM
            twelve
            LEFT JOIN machines ON machines.month = twelve.month AND machines.customer_id = twelve.customer_id
        UNION ALL
        SELECT
            twelve.month,
            twelve.customer_id,
            twelve.customer_kind,
            twelve.profit,
            'opportunities' AS measure,
            COALESCE(leads.opportunities, 0) AS value
        FROM
            twelve
            LEFT JOIN leads ON leads.month = twelve.month AND leads.customer_id = twelve.customer_id
    ),
    ranked AS (
        SELECT
            measured.*,
            versions.version,
            components.weight,
            100 * PERCENT_RANK() OVER (
                PARTITION BY measured.month, measured.customer_kind, measured.measure
                ORDER BY measured.value * components.sign
            ) AS percentile
        FROM
            measured
            INNER JOIN versions ON versions.month = measured.month AND versions.place = 1
            INNER JOIN policy.score_components AS components
                ON components.version = versions.version
                AND components.is_indirect = (measured.customer_kind = 'indirect')
                AND components.measure = measured.measure
    )
SELECT
    ranked.customer_id,
    customers.customer_name,
    ranked.customer_kind,
    ranked.version AS policy_version,
    ranked.measure,
    ranked.value,
    ranked.percentile,
    ranked.weight,
    ranked.percentile * ranked.weight AS points,
    CAST(ranked.profit AS DECIMAL(18, 2)) AS trailing_profit,
    12 * (YEAR(ranked.month) - YEAR(firsts.first_month)) + MONTH(ranked.month) - MONTH(
        firsts.first_month
    ) + 1 AS months_known,
    ranked.month = DATE_TRUNC('month', clock.as_of) AS is_latest,
    ranked.month
FROM
    ranked
    CROSS JOIN policy.clock
    INNER JOIN firsts ON firsts.customer_id = ranked.customer_id
    INNER JOIN core.customers ON customers.customer_id = ranked.customer_id

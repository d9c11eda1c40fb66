-- description: Planned revenue and won amount of each period that is not over long since, beside what has come, what remains and the open pipeline expected within it. Reporting currency.
-- grain: [target_metric, target_from, scope]
-- columns:
--   target_metric: revenue (orders) or won_amount (opportunities by the day they were won).
--   scope: Whom it is for; company, a region, or the id of a sales owner.
--   scope_name: Name of the owner, or the scope itself.
--   region: The region, where it is for one; so that who may see one region sees its targets only.
--   target: Planned.
--   actual: What has come within the period by the business date.
--   remaining: Target less actual; zero where it is reached.
--   pipeline: Open opportunities expected to close within the period; those without a day, or overdue, belong to the running one.
--   pipeline_without_amount: Opportunities of the pipeline whose value nobody entered.
--   is_running: The business date lies within the period.
--   is_over: The period ended before the business date.
--   target_from: First day of the period.
--   target_until: Last day of the period, as core.target_periods tells it.
-- audits:
--   - unique: [target_metric, target_from, scope]
WITH
    spans AS (
        SELECT target_metric AS metric, scope, target AS value, target_from, next_from
        FROM core.target_periods
        WHERE target_metric IN ('revenue', 'won_amount')
    ),
    comings AS (
        SELECT
            'revenue' AS metric,
            orders.ordered_on AS come_on,
            customers.region,
            orders.sales_owner_id AS owner_id,
            orders.revenue AS amount
        FROM
            core.orders
            INNER JOIN core.customers ON customers.customer_id = orders.customer_id
        UNION ALL
        SELECT
            'won_amount' AS metric,
            opportunities.decided_on AS come_on,
            customers.region,
            opportunities.owner_id,
            opportunities.amount
        FROM
            core.opportunities
            INNER JOIN core.customers ON customers.customer_id = opportunities.customer_id
        WHERE opportunities.is_won
    ),
    reached AS (
        SELECT spans.metric, spans.scope, spans.target_from, SUM(comings.amount) AS actual
        FROM
            spans
            INNER JOIN comings
                ON comings.metric = spans.metric
                AND comings.come_on >= spans.target_from
                AND comings.come_on < spans.next_from
                AND spans.scope IN ('company', comings.region, comings.owner_id)
        GROUP BY spans.metric, spans.scope, spans.target_from
    ),
    hoped AS (
        SELECT
            customers.region,
            opportunities.owner_id,
            opportunities.amount,
            GREATEST(COALESCE(opportunities.expected_close_on, clock.as_of), clock.as_of) AS expected_on
        FROM
            core.opportunities
            CROSS JOIN policy.clock
            INNER JOIN core.customers ON customers.customer_id = opportunities.customer_id
        WHERE NOT opportunities.is_won AND NOT opportunities.is_lost
    ),
    coming AS (
        SELECT
            spans.metric,
            spans.scope,
            spans.target_from,
            SUM(hoped.amount) AS pipeline,
            COUNT(*) - COUNT(hoped.amount) AS pipeline_without_amount
        FROM
            spans
            INNER JOIN hoped
                ON hoped.expected_on >= spans.target_from
                AND hoped.expected_on < spans.next_from
                AND spans.scope IN ('company', hoped.region, hoped.owner_id)
        GROUP BY spans.metric, spans.scope, spans.target_from
    ),
    regions AS (SELECT DISTINCT region FROM core.customers)
SELECT
    spans.metric AS target_metric,
    spans.scope,
    COALESCE(employees.employee_name, spans.scope) AS scope_name,
    regions.region,
    CAST(spans.value AS DECIMAL(18, 2)) AS target,
    CAST(COALESCE(reached.actual, 0) AS DECIMAL(18, 2)) AS actual,
    CAST(
        GREATEST(CAST(spans.value AS DECIMAL(18, 2)) - COALESCE(reached.actual, 0), 0) AS DECIMAL(18, 2)
    ) AS remaining,
    CAST(COALESCE(coming.pipeline, 0) AS DECIMAL(18, 2)) AS pipeline,
    COALESCE(coming.pipeline_without_amount, 0) AS pipeline_without_amount,
    clock.as_of >= spans.target_from AND clock.as_of < spans.next_from AS is_running,
    spans.next_from <= clock.as_of AS is_over,
    spans.target_from,
    CAST(spans.next_from - INTERVAL '1' DAY AS DATE) AS target_until
FROM
    spans
    CROSS JOIN policy.clock
    LEFT JOIN reached
        ON reached.metric = spans.metric
        AND reached.scope = spans.scope
        AND reached.target_from = spans.target_from
    LEFT JOIN coming
        ON coming.metric = spans.metric
        AND coming.scope = spans.scope
        AND coming.target_from = spans.target_from
    LEFT JOIN regions ON regions.region = spans.scope
    LEFT JOIN core.employees ON employees.employee_id = spans.scope

-- description: Each time an opportunity left a step of the funnel, moving on or lost, beside what was usual in all months before. Only steps an opportunity is told to have been in, for of those that only an end is told of, the lost ones would be missing.
-- grain: [opportunity_id, step]
-- columns:
--   step: The step that was left, one of lead, qualified, quoted.
--   days_in_step: Days it had been there.
--   usual_share: Share of all that left this step in the months before and moved on; empty with fewer cases than policy.stageConversion.minimumCases.
--   usual_cases: How many those were.
--   has_moved_on: It reached the next step; else it was lost.
--   month: First day of the month in which it left.
-- audits:
--   - unique: [opportunity_id, step]
--   - not_null: [month, has_moved_on]
WITH
    exits AS (
        SELECT
            opportunity_id,
            step,
            days_in_step,
            has_moved_on,
            CAST(DATE_TRUNC('month', left_on) AS DATE) AS month,
            left_on
        FROM core.opportunity_steps
        WHERE has_left AND is_seen AND place < 4
    ),
    months AS (
        SELECT step, month, COUNT(*) AS cases, COUNT(*) FILTER (WHERE has_moved_on) AS moved_on
        FROM exits
        GROUP BY step, month
    ),
    history AS (
        SELECT
            step,
            month,
            CAST(COALESCE(SUM(cases) OVER before_it, 0) AS BIGINT) AS cases,
            SUM(moved_on) OVER before_it AS moved_on
        FROM months
        WINDOW
            before_it AS (
                PARTITION BY step
                ORDER BY month
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            )
    )
SELECT
    exits.opportunity_id,
    opportunities.customer_id,
    opportunities.product_id,
    opportunities.campaign_id,
    opportunities.customer_name,
    opportunities.customer_kind,
    opportunities.region,
    opportunities.industry,
    opportunities.crm_class,
    opportunities.sales_owner,
    opportunities.service_owner,
    opportunities.opportunity_kind,
    exits.step,
    opportunities.lead_source,
    opportunities.origin,
    opportunities.opportunity_owner,
    opportunities.owner_department,
    opportunities.engineer,
    opportunities.product_name,
    opportunities.product_family,
    opportunities.campaign,
    exits.days_in_step,
    CASE
        WHEN history.cases >= settings.conversion_minimum_cases THEN CAST(
            CAST(history.moved_on AS DOUBLE) / CAST(history.cases AS DOUBLE) AS DECIMAL(9, 6)
        )
    END AS usual_share,
    history.cases AS usual_cases,
    exits.has_moved_on,
    exits.month,
    exits.left_on
FROM
    exits
    CROSS JOIN policy.settings
    INNER JOIN history ON history.step = exits.step AND history.month = exits.month
    INNER JOIN marts.opportunities ON opportunities.opportunity_id = exits.opportunity_id

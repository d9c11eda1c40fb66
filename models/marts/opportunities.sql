-- description: Every opportunity with where it came from, the steps it reached, what came of it and how long it has not moved; to be counted and listed. Reporting currency.
-- grain: [opportunity_id]
-- columns:
--   opportunity_name: Name, else the id.
--   stage: Stage in the source; unknown where there is none.
--   step: The step that policy.stages reads in the stage, won or lost by outcome; unknown where the policy does not know the stage.
--   furthest_step: The last step it reached, lost ones too.
--   outcome: open, won or lost on the business date.
--   origin: sourced, influenced or other; see core.sale_origins.
--   engineer: Who brought the lead; unknown where nobody is named.
--   product_name: Product asked for; unknown where nobody entered one.
--   product_family: Its family; unknown where there is none.
--   campaign_id: Campaign; none where there is none.
--   product_id: Product asked for; unknown where nobody entered one.
--   campaign: Name of the campaign, else its id; none where there is none.
--   amount: Value; empty where nobody entered one.
--   margin: Sales margin of the orders it became; empty where it names none.
--   expected_amount: Value times probability as the source has it; empty where either is unknown.
--   unchanged_days: Days since its stage or owner last changed, else since it was opened; empty where it is decided.
--   usual_days_to_win: Median days to win of won opportunities of its kind; empty where none was won.
--   is_service_sourced: Service brought it, as policy.sourced says.
--   is_open: Neither won nor lost by the business date.
--   is_qualified: It reached the step qualified.
--   is_quoted: It reached the step quoted.
--   is_told: A stage before the end is told, so that its steps are known and not only its outcome.
--   is_stale: Open and unchanged for longer than policy.settings.stale_opportunity_days.
--   is_slow: Open for longer than usual_days_to_win.
--   month: First day of the month it was opened.
-- audits:
--   - unique: [opportunity_id]
--   - not_null: [origin, step, furthest_step, is_open, is_qualified, is_quoted]
--   - accepted: { step: [lead, qualified, quoted, won, lost] }
--     severity: warn
--     name: { en: policy.stages knows the stage of every opportunity, zh: policy.stages 认识每个机会的阶段 }
--   - rows: (is_quoted AND NOT is_qualified) OR (is_won AND NOT is_quoted)
--     name: { en: who reached a step reached those before it, zh: 到达某一步的机会也到达了之前各步 }
--   - name: { en: 'no opportunity is lost or counted twice', zh: 没有机会被遗漏或重复计算 }
--     rows: >
--       SELECT here.opportunities, opened.opportunities
--       FROM (SELECT COUNT(*) AS opportunities FROM marts.opportunities) AS here
--       CROSS JOIN (SELECT COUNT(*) AS opportunities FROM core.opportunities) AS opened
--       WHERE here.opportunities <> opened.opportunities
WITH
    steps AS (
        SELECT
            opportunity_id,
            MAX(place) AS place,
            MAX(
                CASE
                    WHEN is_told THEN 1
                    ELSE 0
                END
            ) = 1 AS is_told
        FROM core.opportunity_steps
        GROUP BY opportunity_id
    ),
    changes AS (
        SELECT record_id AS opportunity_id, MAX(local_date(began_at)) AS changed_on
        FROM core.history_spans
        WHERE entity = 'opportunities'
        GROUP BY record_id
    ),
    sold AS (
        SELECT
            orders.opportunity_id,
            CAST(SUM(orders.revenue - orders.cost_of_goods) AS DECIMAL(18, 2)) AS margin
        FROM core.orders
        WHERE orders.opportunity_id IS NOT NULL
        GROUP BY orders.opportunity_id
    ),
    usual AS (
        SELECT opportunity_kind, approx_percentile(CAST(days_to_close AS DOUBLE), 0.5) AS days
        FROM core.opportunities
        WHERE is_won AND days_to_close IS NOT NULL
        GROUP BY opportunity_kind
    ),
    measured AS (
        SELECT
            opportunities.*,
            COALESCE(named.name, opportunities.opportunity_id) AS opportunity_name,
            CASE
                WHEN opportunities.is_won THEN 'won'
                WHEN opportunities.is_lost THEN 'lost'
                ELSE COALESCE(stages.step, 'unknown')
            END AS step,
            steps.place,
            steps.is_told,
            sold.margin,
            CAST(
                CAST(opportunities.amount AS DOUBLE) * CAST(named.probability AS DOUBLE) AS DECIMAL(18, 2)
            ) AS expected_amount,
            NOT opportunities.is_won AND NOT opportunities.is_lost AS is_open,
            CASE
                WHEN NOT opportunities.is_won
                AND NOT opportunities.is_lost THEN GREATEST(
                    DATE_DIFF(
                        'day',
                        GREATEST(
                            COALESCE(changes.changed_on, opportunities.opened_on),
                            opportunities.opened_on
                        ),
                        clock.as_of
                    ),
                    0
                )
            END AS unchanged_days,
            usual.days AS usual_days,
            DATE_DIFF('day', opportunities.opened_on, clock.as_of) AS age_days
        FROM
            core.opportunities
            CROSS JOIN policy.clock
            INNER JOIN steps ON steps.opportunity_id = opportunities.opportunity_id
            LEFT JOIN staging.opportunities AS named ON named.opportunity_id = opportunities.opportunity_id
            LEFT JOIN policy.stages ON stages.stage = LOWER(TRIM(opportunities.stage))
            LEFT JOIN changes ON changes.opportunity_id = opportunities.opportunity_id
            LEFT JOIN sold ON sold.opportunity_id = opportunities.opportunity_id
            LEFT JOIN usual ON usual.opportunity_kind = opportunities.opportunity_kind
    )
SELECT
    measured.opportunity_id,
    measured.customer_id,
    COALESCE(measured.campaign_id, 'none') AS campaign_id,
    COALESCE(measured.product_id, 'unknown') AS product_id,
    customers.customer_name,
    customers.customer_kind,
    customers.region,
    customers.industry,
    customers.crm_class,
    customers.sales_owner,
    customers.service_owner,
    measured.opportunity_name,
    measured.opportunity_kind,
    COALESCE(measured.stage, 'unknown') AS stage,
    measured.step,
    CASE measured.place
        WHEN 4 THEN 'won'
        WHEN 3 THEN 'quoted'
        WHEN 2 THEN 'qualified'
        ELSE 'lead'
    END AS furthest_step,
    CASE
        WHEN measured.is_won THEN 'won'
        WHEN measured.is_lost THEN 'lost'
        ELSE 'open'
    END AS outcome,
    measured.lead_source,
    origins.origin,
    measured.sourced_by,
    measured.opportunity_owner,
    measured.owner_department,
    measured.engineer,
    COALESCE(products.product_name, measured.product_id, 'unknown') AS product_name,
    COALESCE(products.family, 'unknown') AS product_family,
    COALESCE(campaigns.name, measured.campaign_id, 'none') AS campaign,
    measured.amount,
    measured.margin,
    measured.expected_amount,
    measured.days_to_close,
    measured.unchanged_days,
    measured.usual_days AS usual_days_to_win,
    measured.is_service_sourced,
    measured.has_source,
    measured.is_won,
    measured.is_lost,
    measured.is_open,
    measured.place >= 2 AS is_qualified,
    measured.place >= 3 AS is_quoted,
    measured.is_told,
    measured.is_open AND measured.unchanged_days > settings.stale_opportunity_days AS is_stale,
    measured.is_open AND COALESCE(measured.age_days > measured.usual_days, FALSE) AS is_slow,
    CAST(DATE_TRUNC('month', measured.opened_on) AS DATE) AS month,
    measured.opened_on,
    measured.expected_close_on,
    origins.contact_on
FROM
    measured
    CROSS JOIN policy.settings
    INNER JOIN core.customers ON customers.customer_id = measured.customer_id
    INNER JOIN core.sale_origins AS origins
        ON origins.record_id = measured.opportunity_id AND origins.entity = 'opportunities'
    LEFT JOIN core.products ON products.product_id = measured.product_id
    LEFT JOIN staging.campaigns ON campaigns.campaign_id = measured.campaign_id

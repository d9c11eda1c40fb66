-- description: Each customer's class beside the one recorded, and what to do about it, with the money at stake. The last twelve months. Reporting currency.
-- grain: [customer_id]
-- columns:
--   score: 0 to 100 at the end of the month of the business date.
--   computed_class: VIP, key, regular, watch or new.
--   class_since: First month of that class.
--   override_class: Class that a person set and that holds on the business date; none where nobody did.
--   effective_class: The class that counts; the one set by a person, else the computed one.
--   class_fit: The recorded class beside the one that counts; agrees, too_high, too_low or not_recorded.
--   recorded_class_days: Days since the recorded class was set; empty where that is unknown.
--   advice: reprice, mend, streamline, partner, keep or grow.
--   stake: Money at stake; what it loses, what serving it costs above what is usual, or what it leaves.
--   trailing_profit: Profit of the last twelve months.
--   trailing_cost: Direct service cost and indirect cost of the last twelve months.
--   value_percentile: 0 to 100 by profit among customers of the same kind.
--   load_percentile: 0 to 100 by service hours among customers of the same kind.
-- audits:
--   - unique: [customer_id]
--   - not_null: [computed_class, effective_class, override_class, advice, class_fit]
WITH
    latest AS (SELECT MAX(month) AS month FROM marts.customer_classes),
    placed AS (
        SELECT
            classes.customer_id,
            classes.score,
            classes.computed_class,
            classes.class_since,
            classes.policy_version,
            COALESCE(classes.override_class, 'none') AS override_class,
            classes.effective_class,
            COALESCE(classes.override_reason, 'none') AS override_reason,
            COALESCE(classes.override_by, 'none') AS override_by,
            classes.override_until,
            customers.customer_name,
            customers.customer_kind,
            customers.crm_class,
            customers.region,
            customers.industry,
            customers.sales_owner,
            customers.service_owner,
            customers.trailing_profit,
            customers.trailing_direct_service_cost + customers.trailing_indirect_cost AS trailing_cost,
            customers.trailing_revenue + customers.trailing_service_revenue AS trailing_income,
            100 * PERCENT_RANK() OVER (
                PARTITION BY customers.customer_kind
                ORDER BY customers.trailing_profit
            ) AS value_percentile,
            100 * PERCENT_RANK() OVER (
                PARTITION BY customers.customer_kind
                ORDER BY customers.trailing_service_hours
            ) AS load_percentile
        FROM
            marts.customer_classes AS classes
            INNER JOIN latest ON latest.month = classes.month
            INNER JOIN marts.customers ON customers.customer_id = classes.customer_id
        WHERE customers.customer_kind != 'prospect'
    ),
    usual AS (
        SELECT customer_kind, SUM(trailing_cost) AS cost, SUM(trailing_income) AS income
        FROM placed
        GROUP BY customer_kind
    ),
    advised AS (
        SELECT
            placed.*,
            CASE
                WHEN placed.trailing_profit < 0
                AND placed.load_percentile >= 80 THEN 'reprice'
                WHEN placed.trailing_profit < 0 THEN 'mend'
                WHEN placed.load_percentile >= 80
                AND placed.value_percentile < 80 THEN 'streamline'
                WHEN placed.load_percentile >= 80 THEN 'partner'
                WHEN placed.value_percentile >= 80 THEN 'keep'
                ELSE 'grow'
            END AS advice,
            CASE
                WHEN usual.income > 0 THEN CAST(placed.trailing_cost AS DOUBLE) - CAST(
                    placed.trailing_income AS DOUBLE
                ) * CAST(usual.cost AS DOUBLE) / CAST(usual.income AS DOUBLE)
                ELSE 0
            END AS cost_above_usual
        FROM
            placed
            INNER JOIN usual ON usual.customer_kind = placed.customer_kind
    )
SELECT
    advised.customer_id,
    advised.customer_name,
    advised.customer_kind,
    advised.crm_class,
    advised.region,
    advised.industry,
    advised.sales_owner,
    advised.service_owner,
    advised.score,
    advised.computed_class,
    advised.override_class,
    advised.effective_class,
    advised.override_reason,
    advised.override_by,
    advised.policy_version,
    CASE
        WHEN advised.crm_class = 'unknown' THEN 'not_recorded'
        WHEN advised.effective_class = 'new'
        OR advised.crm_class = advised.effective_class THEN 'agrees'
        WHEN advised.effective_class = 'watch'
        OR advised.crm_class = 'VIP'
        OR (advised.crm_class = 'key' AND advised.effective_class = 'regular') THEN 'too_high'
        ELSE 'too_low'
    END AS class_fit,
    DATE_DIFF('day', registered.crm_class_set_on, clock.as_of) AS recorded_class_days,
    advised.advice,
    CAST(
        CASE
            WHEN advised.advice IN ('reprice', 'mend') THEN -CAST(advised.trailing_profit AS DOUBLE)
            WHEN advised.advice = 'streamline' THEN GREATEST(advised.cost_above_usual, 0)
            WHEN advised.advice IN ('partner', 'keep') THEN CAST(advised.trailing_profit AS DOUBLE)
            ELSE 0
        END AS DECIMAL(18, 2)
    ) AS stake,
    advised.trailing_profit,
    CAST(advised.trailing_cost AS DECIMAL(18, 2)) AS trailing_cost,
    advised.value_percentile,
    advised.load_percentile,
    advised.class_since,
    advised.override_until
FROM
    advised
    CROSS JOIN policy.clock
    INNER JOIN core.customers AS registered ON registered.customer_id = advised.customer_id

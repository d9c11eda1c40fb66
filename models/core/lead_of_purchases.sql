-- description: What purchases until a look say. Products that owners of others buy as well, consumables due by their own cycle, good buyers gone quiet.
-- grain: [seen, signal, customer_id, object_id]
-- materialised: view
-- columns:
--   signal: owners_also_buy, consumable_due or gone_quiet.
--   object_id: Product; of a quiet buyer, the customer.
--   offer: product or contact.
--   offer_id: Product; empty of a quiet buyer.
--   wants: The sale that would make it right, as core.lead_sales names it.
--   score: The larger, the stronger.
--   is_told: Strong enough (policy) to be a lead, of rules the three surest for each customer. The others are what it is held against.
--   told_days: Days overdue, or since the last purchase.
--   told_count: Customers who have both, or purchases so far.
--   told_share: Confidence of the rule.
--   told_text: The product that it owns already.
--   told_on: Day of the last purchase.
WITH
    has AS (
        SELECT seen, customer_id, product_id
        FROM core.lead_purchases
        UNION
        SELECT seen, customer_id, product_id
        FROM core.lead_machines
        WHERE product_id IS NOT NULL
    ),
    -- The surest rule of each product; its lift is the highest too.
    matching AS (
        SELECT
            has.seen,
            has.customer_id,
            rules.bought_id,
            MAX(rules.confidence) AS confidence,
            MAX(rules.lift) AS lift
        FROM
            has
            INNER JOIN core.lead_rules AS rules ON rules.seen = has.seen AND rules.owned_id = has.product_id
        GROUP BY has.seen, has.customer_id, rules.bought_id
    ),
    missing AS (
        SELECT
            matching.seen,
            matching.customer_id,
            matching.bought_id,
            matching.confidence,
            matching.lift >= leads.rule_lift
            AND ROW_NUMBER() OVER (
                PARTITION BY matching.seen, matching.customer_id
                ORDER BY
                    CASE
                        WHEN matching.lift >= leads.rule_lift THEN 0
                        ELSE 1
                    END,
                    matching.confidence DESC,
                    matching.bought_id
            ) <= 3 AS is_told
        FROM
            matching
            CROSS JOIN policy.leads
            LEFT JOIN has
                ON has.seen = matching.seen
                AND has.customer_id = matching.customer_id
                AND has.product_id = matching.bought_id
        WHERE has.product_id IS NULL
    ),
    reasons AS (
        SELECT
            missing.seen,
            missing.customer_id,
            missing.bought_id,
            MIN(rules.owned_id) AS owned_id,
            MAX(rules.both) AS both
        FROM
            missing
            INNER JOIN core.lead_rules AS rules
                ON rules.seen = missing.seen
                AND rules.bought_id = missing.bought_id
                AND rules.confidence = missing.confidence
            INNER JOIN has
                ON has.seen = missing.seen
                AND has.customer_id = missing.customer_id
                AND has.product_id = rules.owned_id
        WHERE missing.is_told
        GROUP BY missing.seen, missing.customer_id, missing.bought_id
    ),
    cycles AS (
        SELECT
            purchases.*,
            CAST(DATE_DIFF('day', purchases.first_bought_on, purchases.last_bought_on) AS DOUBLE) / CAST(
                purchases.purchases - 1 AS DOUBLE
            ) AS cycle_days,
            DATE_DIFF('day', purchases.last_bought_on, looks.seen_on) AS quiet_days
        FROM
            core.lead_purchases AS purchases
            INNER JOIN core.lead_looks AS looks ON looks.seen = purchases.seen
        WHERE purchases.product_kind = 'consumable' AND purchases.purchases > 2
    ),
    buyers AS (
        SELECT
            customers.*,
            PERCENT_RANK() OVER (
                PARTITION BY customers.seen
                ORDER BY customers.value
            ) AS value_place
        FROM core.lead_customers AS customers
        WHERE customers.cycle_days > 0
    )
SELECT
    missing.seen,
    'owners_also_buy' AS signal,
    missing.customer_id,
    missing.bought_id AS object_id,
    'product' AS offer,
    missing.bought_id AS offer_id,
    CONCAT('product/', missing.bought_id) AS wants,
    missing.confidence AS score,
    missing.is_told,
    CAST(NULL AS BIGINT) AS told_days,
    reasons.both AS told_count,
    missing.confidence AS told_share,
    reasons.owned_id AS told_text,
    CAST(NULL AS DATE) AS told_on
FROM
    missing
    LEFT JOIN reasons
        ON reasons.seen = missing.seen
        AND reasons.customer_id = missing.customer_id
        AND reasons.bought_id = missing.bought_id
UNION ALL
SELECT
    seen,
    'consumable_due' AS signal,
    customer_id,
    product_id AS object_id,
    'product' AS offer,
    product_id AS offer_id,
    CONCAT('product/', product_id) AS wants,
    -- Shortly overdue is likeliest; long overdue is bought elsewhere.
    -ABS(quiet_days / cycle_days - 1) AS score,
    quiet_days BETWEEN 0.8 * cycle_days AND 2 * cycle_days AS is_told,
    CAST(ROUND(quiet_days - cycle_days) AS BIGINT) AS told_days,
    purchases AS told_count,
    CAST(NULL AS DOUBLE) AS told_share,
    CAST(NULL AS VARCHAR) AS told_text,
    last_bought_on AS told_on
FROM cycles
WHERE cycle_days > 0
UNION ALL
SELECT
    seen,
    'gone_quiet' AS signal,
    customer_id,
    customer_id AS object_id,
    'contact' AS offer,
    CAST(NULL AS VARCHAR) AS offer_id,
    'any' AS wants,
    value_place AS score,
    quiet_days > 2 * cycle_days AND value_place >= 0.5 AS is_told,
    quiet_days AS told_days,
    purchases AS told_count,
    CAST(NULL AS DOUBLE) AS told_share,
    CAST(NULL AS VARCHAR) AS told_text,
    last_bought_on AS told_on
FROM buyers

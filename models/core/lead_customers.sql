-- description: Every customer as it was known at a look, with how it had bought until then.
-- grain: [seen, customer_id]
-- columns:
--   customer_kind: direct, indirect or prospect, as it was known then.
--   purchases: Days with an order.
--   value: Amounts of all its orders. Reporting currency.
--   cycle_days: Days between purchases, from first to last; empty below three purchases.
--   quiet_days: Days since the last purchase; empty without.
--   last_bought_on: Day of the last purchase.
-- audits:
--   - unique: [seen, customer_id]
WITH
    bought AS (
        SELECT
            looks.seen,
            orders.customer_id,
            COUNT(DISTINCT orders.ordered_on) AS purchases,
            MIN(orders.ordered_on) AS first_bought_on,
            MAX(orders.ordered_on) AS last_bought_on
        FROM
            core.lead_looks AS looks
            INNER JOIN staging.order_versions AS orders
                ON orders.known_from <= looks.known_at
                AND COALESCE(orders.known_to > looks.known_at, TRUE)
                AND orders.ordered_on <= looks.seen_on
        WHERE NOT orders.is_cancelled
        GROUP BY looks.seen, orders.customer_id
    ),
    spent AS (
        SELECT seen, customer_id, SUM(value) AS value
        FROM core.lead_purchases
        GROUP BY seen, customer_id
    )
SELECT
    looks.seen,
    customers.customer_id,
    customers.kind AS customer_kind,
    COALESCE(bought.purchases, 0) AS purchases,
    CAST(COALESCE(spent.value, 0) AS DECIMAL(18, 2)) AS value,
    CASE
        WHEN bought.purchases > 2 THEN CAST(
            DATE_DIFF('day', bought.first_bought_on, bought.last_bought_on) AS DOUBLE
        ) / CAST(bought.purchases - 1 AS DOUBLE)
    END AS cycle_days,
    DATE_DIFF('day', bought.last_bought_on, looks.seen_on) AS quiet_days,
    bought.last_bought_on
FROM
    core.lead_looks AS looks
    INNER JOIN staging.customer_versions AS customers
        ON customers.known_from <= looks.known_at AND COALESCE(customers.known_to > looks.known_at, TRUE)
    LEFT JOIN bought ON bought.seen = looks.seen AND bought.customer_id = customers.customer_id
    LEFT JOIN spent ON spent.seen = looks.seen AND spent.customer_id = customers.customer_id

-- description: How regularly each customer buys, as of the business date. The orders of one day are one purchase.
-- grain: [customer_id]
-- columns:
--   purchases: Days with at least one order.
--   purchase_cycle_days: Days between purchases, from first to last; empty below two purchases.
--   recency_days: Days since the last purchase.
--   next_order_in_days: Purchase cycle less recency; negative is overdue.
--   first_ordered_on: Day of the first purchase.
--   last_ordered_on: Day of the last purchase.
-- audits:
--   - unique: [customer_id]
WITH
    bought AS (
        SELECT
            customer_id,
            COUNT(DISTINCT ordered_on) AS purchases,
            MIN(ordered_on) AS first_ordered_on,
            MAX(ordered_on) AS last_ordered_on
        FROM core.orders
        WHERE NOT is_return
        GROUP BY customer_id
    ),
    timed AS (
        SELECT
            bought.customer_id,
            bought.purchases,
            CASE
                WHEN bought.purchases > 1 THEN CAST(
                    DATE_DIFF('day', bought.first_ordered_on, bought.last_ordered_on) AS DOUBLE
                ) / CAST(bought.purchases - 1 AS DOUBLE)
            END AS purchase_cycle_days,
            DATE_DIFF('day', bought.last_ordered_on, clock.as_of) AS recency_days,
            bought.first_ordered_on,
            bought.last_ordered_on
        FROM
            bought
            CROSS JOIN policy.clock
    )
SELECT
    customer_id,
    purchases,
    purchase_cycle_days,
    recency_days,
    purchase_cycle_days - recency_days AS next_order_in_days,
    first_ordered_on,
    last_ordered_on
FROM timed

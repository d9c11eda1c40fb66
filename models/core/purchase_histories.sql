-- description: What a forecast needs of each customer's purchases, as seen on the business date and half a year before it, when what came after can be held against it.
-- grain: [seen, customer_id]
-- columns:
--   seen: now, or before, with what had been ordered until 182 days before the business date.
--   repeat_purchases: Days with an order after the first one; the orders of one day are one purchase.
--   last_after_weeks: Weeks from the first purchase to the last.
--   seen_weeks: Weeks from the first purchase to the day it was looked at.
--   ln_gaps: Sum of ln of the weeks between purchases.
--   mean_value: Revenue of a purchase, on average; empty where it is not above zero.
--   margin_share: Sales margin of the orders as a share of their revenue; empty without revenue.
--   purchases_after: Purchases in the 182 days after it was looked at; of now none have come.
--   purchases_just_before: Purchases in the 182 days up to it, the first one included.
-- audits:
--   - unique: [seen, customer_id]
WITH
    looks AS (
        SELECT 'now' AS seen, as_of AS seen_on FROM policy.clock
        UNION ALL
        SELECT 'before' AS seen, CAST(as_of - INTERVAL '182' DAY AS DATE) AS seen_on FROM policy.clock
    ),
    bought AS (
        SELECT
            orders.customer_id,
            orders.ordered_on,
            SUM(orders.revenue) AS revenue,
            SUM(orders.revenue - orders.cost_of_goods) AS margin
        FROM
            core.orders
            INNER JOIN core.customers ON customers.customer_id = orders.customer_id
        WHERE NOT orders.is_return AND customers.customer_kind = 'direct'
        GROUP BY orders.customer_id, orders.ordered_on
    ),
    spaced AS (
        SELECT
            looks.seen,
            looks.seen_on,
            bought.customer_id,
            bought.ordered_on,
            bought.revenue,
            bought.margin,
            bought.ordered_on <= looks.seen_on AS is_seen,
            DATE_DIFF(
                'day',
                LAG(bought.ordered_on) OVER (
                    PARTITION BY looks.seen, bought.customer_id
                    ORDER BY bought.ordered_on
                ),
                bought.ordered_on
            ) AS gap_days
        FROM
            looks
            CROSS JOIN bought
    )
SELECT
    seen,
    customer_id,
    COUNT(*) FILTER (WHERE is_seen) - 1 AS repeat_purchases,
    CAST(
        DATE_DIFF(
            'day',
            MIN(ordered_on),
            MAX(
                CASE
                    WHEN is_seen THEN ordered_on
                END
            )
        ) AS DOUBLE
    ) / 7 AS last_after_weeks,
    CAST(DATE_DIFF('day', MIN(ordered_on), MAX(seen_on)) AS DOUBLE) / 7 AS seen_weeks,
    -- Decimals sum to the same in any order.
    CAST(
        COALESCE(
            SUM(CAST(LN(CAST(gap_days AS DOUBLE) / 7) AS DECIMAL(18, 9))) FILTER (
                WHERE is_seen AND gap_days > 0
            ),
            0
        ) AS DOUBLE
    ) AS ln_gaps,
    CASE
        WHEN SUM(revenue) FILTER (WHERE is_seen) > 0 THEN CAST(
            SUM(revenue) FILTER (WHERE is_seen) AS DOUBLE
        ) / CAST(COUNT(*) FILTER (WHERE is_seen) AS DOUBLE)
    END AS mean_value,
    CASE
        WHEN SUM(revenue) FILTER (WHERE is_seen) > 0 THEN CAST(
            SUM(margin) FILTER (WHERE is_seen) AS DOUBLE
        ) / CAST(SUM(revenue) FILTER (WHERE is_seen) AS DOUBLE)
    END AS margin_share,
    COUNT(*) FILTER (WHERE NOT is_seen AND ordered_on <= seen_on + INTERVAL '182' DAY) AS purchases_after,
    COUNT(*) FILTER (WHERE is_seen AND ordered_on > seen_on - INTERVAL '182' DAY) AS purchases_just_before
FROM spaced
GROUP BY seen, customer_id
HAVING COUNT(*) FILTER (WHERE is_seen) > 0

-- description: What each customer had bought of each product at a look, as it was known then.
-- grain: [seen, customer_id, product_id]
-- columns:
--   product_kind: machine, part, consumable or service; unknown where the product was not known.
--   family: Product family; unknown where the product was not known.
--   purchases: Days with an order of it.
--   purchases_since: Of them, since the look before.
--   value: Amounts of the lines. Reporting currency.
--   first_bought_on: Day of the first purchase.
--   last_bought_on: Day of the last purchase.
-- audits:
--   - unique: [seen, customer_id, product_id]
WITH
    orders AS (
        SELECT
            looks.seen,
            looks.since_on,
            versions.order_id,
            versions.customer_id,
            versions.exchange_rate,
            versions.ordered_on
        FROM
            staging.order_versions AS versions
            INNER JOIN core.lead_looks AS looks
                ON versions.known_from <= looks.known_at
                AND COALESCE(versions.known_to > looks.known_at, TRUE)
                AND versions.ordered_on <= looks.seen_on
        WHERE NOT versions.is_cancelled
    ),
    lines AS (
        SELECT looks.seen, versions.order_id, versions.product_id, versions.original_amount
        FROM
            staging.order_line_versions AS versions
            INNER JOIN core.lead_looks AS looks
                ON versions.known_from <= looks.known_at
                AND COALESCE(versions.known_to > looks.known_at, TRUE)
        WHERE versions.quantity > 0 AND versions.product_id IS NOT NULL
    ),
    products AS (
        SELECT looks.seen, versions.product_id, versions.kind, versions.family
        FROM
            staging.product_versions AS versions
            INNER JOIN core.lead_looks AS looks
                ON versions.known_from <= looks.known_at
                AND COALESCE(versions.known_to > looks.known_at, TRUE)
    )
SELECT
    orders.seen,
    orders.customer_id,
    lines.product_id,
    COALESCE(MAX(products.kind), 'unknown') AS product_kind,
    COALESCE(MAX(products.family), 'unknown') AS family,
    COUNT(DISTINCT orders.ordered_on) AS purchases,
    COUNT(DISTINCT orders.ordered_on) FILTER (WHERE orders.ordered_on > orders.since_on) AS purchases_since,
    CAST(
        SUM(CAST(lines.original_amount * orders.exchange_rate AS DECIMAL(18, 2))) AS DECIMAL(18, 2)
    ) AS value,
    MIN(orders.ordered_on) AS first_bought_on,
    MAX(orders.ordered_on) AS last_bought_on
FROM
    orders
    INNER JOIN lines ON lines.seen = orders.seen AND lines.order_id = orders.order_id
    LEFT JOIN products ON products.seen = orders.seen AND products.product_id = lines.product_id
GROUP BY orders.seen, orders.customer_id, lines.product_id

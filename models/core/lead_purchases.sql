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
SELECT
    looks.seen,
    orders.customer_id,
    lines.product_id,
    COALESCE(MAX(products.kind), 'unknown') AS product_kind,
    COALESCE(MAX(products.family), 'unknown') AS family,
    COUNT(DISTINCT orders.ordered_on) AS purchases,
    COUNT(DISTINCT orders.ordered_on) FILTER (WHERE orders.ordered_on > looks.since_on) AS purchases_since,
    CAST(
        SUM(CAST(lines.original_amount * orders.exchange_rate AS DECIMAL(18, 2))) AS DECIMAL(18, 2)
    ) AS value,
    MIN(orders.ordered_on) AS first_bought_on,
    MAX(orders.ordered_on) AS last_bought_on
FROM
    core.lead_looks AS looks
    INNER JOIN staging.order_versions AS orders
        ON orders.known_from <= looks.known_at
        AND COALESCE(orders.known_to > looks.known_at, TRUE)
        AND orders.ordered_on <= looks.seen_on
    INNER JOIN staging.order_line_versions AS lines
        ON lines.order_id = orders.order_id
        AND lines.known_from <= looks.known_at
        AND COALESCE(lines.known_to > looks.known_at, TRUE)
    LEFT JOIN staging.product_versions AS products
        ON products.product_id = lines.product_id
        AND products.known_from <= looks.known_at
        AND COALESCE(products.known_to > looks.known_at, TRUE)
WHERE NOT orders.is_cancelled AND lines.quantity > 0 AND lines.product_id IS NOT NULL
GROUP BY looks.seen, orders.customer_id, lines.product_id

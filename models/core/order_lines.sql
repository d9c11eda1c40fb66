-- description: Lines of the orders that count, with what they brought and what the goods cost. Reporting currency.
-- grain: [order_id, line_id]
-- columns:
--   revenue: Amount of the line, else quantity at list price; negative for a return; empty where neither or no exchange rate is known, or the product is beyond what money holds.
--   cost_of_goods: Quantity times the unit cost of the line, else of the product; empty where neither is known.
--   margin: Revenue less cost of goods; an unknown part counts as nothing, and coverage says so.
--   has_amount: Revenue stands on an amount that was entered, not on the list price.
--   has_cost: Cost of goods is known.
-- audits:
--   - unique: [order_id, line_id]
--   - not_null: [customer_id, ordered_on, margin]
--   - name: { en: 'every order line belongs to an order', zh: 每条订单明细都属于某个订单 }
--     severity: warn
--     rows: >
--       SELECT lines.order_id, lines.line_id FROM staging.order_lines AS lines
--       LEFT JOIN staging.orders ON orders.order_id = lines.order_id WHERE orders.order_id IS NULL
WITH
    counted AS (
        SELECT order_id, customer_id, exchange_rate, ordered_on
        FROM
            staging.orders
            CROSS JOIN policy.clock
        WHERE NOT is_cancelled AND ordered_on <= clock.as_of
    ),
    valued AS (
        SELECT
            lines.order_id,
            lines.line_id,
            counted.customer_id,
            lines.product_id,
            lines.quantity,
            CASE
                WHEN lines.original_amount IS NOT NULL THEN TRY(
                    CAST(
                        CAST(lines.original_amount AS DECIMAL(20, 2)) * counted.exchange_rate AS DECIMAL(
                            18,
                            2
                        )
                    )
                )
                ELSE TRY(
                    CAST(TRY(CAST(lines.quantity AS DECIMAL(20, 4))) * products.list_price AS DECIMAL(18, 2))
                )
            END AS revenue,
            lines.original_amount IS NOT NULL AND counted.exchange_rate IS NOT NULL AS has_amount,
            TRY(
                CAST(
                    CAST(lines.quantity AS DOUBLE) * CAST(
                        COALESCE(lines.unit_cost, products.unit_cost) AS DOUBLE
                    ) AS DECIMAL(18, 2)
                )
            ) AS cost_of_goods,
            counted.ordered_on
        FROM
            staging.order_lines AS lines
            INNER JOIN counted ON counted.order_id = lines.order_id
            LEFT JOIN core.products ON products.product_id = lines.product_id
    )
SELECT
    order_id,
    line_id,
    customer_id,
    product_id,
    quantity,
    revenue,
    cost_of_goods,
    CAST(COALESCE(revenue, 0) - COALESCE(cost_of_goods, 0) AS DECIMAL(18, 2)) AS margin,
    has_amount,
    cost_of_goods IS NOT NULL AS has_cost,
    ordered_on
FROM valued

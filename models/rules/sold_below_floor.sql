-- description: Sold below the floor price; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: order_lines
--   role: sales
--   weight: 3
--   lasting: true
--   words: { en: Sold below the floor price, zh: 低于最低价销售 }
--   remedy: { en: 'Have the price approved, or correct it.', zh: 请审批该价格，或予以更正。 }
SELECT
    CONCAT(lines.order_id, ' / ', lines.line_id) AS record_id,
    orders.customer_id,
    orders.sales_owner_id AS employee_id,
    orders.dealer_id,
    orders.ordered_on AS happened_on,
    CAST(lines.original_unit_price AS DOUBLE) * CAST(orders.exchange_rate AS DOUBLE) < CAST(
        products.floor_price AS DOUBLE
    ) - 0.005 AS is_fault
FROM
    staging.order_lines AS lines
    INNER JOIN staging.orders ON orders.order_id = lines.order_id
    INNER JOIN staging.products ON products.product_id = lines.product_id
    CROSS JOIN policy.clock
WHERE
    NOT orders.is_cancelled
    AND orders.ordered_on <= clock.as_of
    AND lines.quantity > 0
    AND lines.original_unit_price IS NOT NULL
    AND orders.exchange_rate IS NOT NULL
    AND products.floor_price IS NOT NULL

-- description: Every version of every order line, with the interval in which it was the truth. Amounts are in the currency of the order.
-- grain: [order_id, line_id, known_from]
-- columns:
--   original_amount: Amount as entered, else quantity at the unit price.
--   known_from: When this version became known.
--   known_to: When it ended; empty while it is still the truth.
SELECT
    order_id,
    line_id,
    product_id,
    quantity,
    COALESCE(amount, TRY(CAST(quantity * unit_price AS DECIMAL(18, 2)))) AS original_amount,
    known_from,
    CAST(NULL AS TIMESTAMP) AS known_to
FROM raw.order_lines
UNION ALL
SELECT
    order_id,
    line_id,
    product_id,
    quantity,
    COALESCE(amount, TRY(CAST(quantity * unit_price AS DECIMAL(18, 2)))) AS original_amount,
    known_from,
    known_to
FROM history.order_lines

-- description: The lines of an order. A return is a negative line.
-- grain: [order_id, line_id]
-- columns:
--   original_amount: In the currency of the document; quantity times unit price where the source gave no amount.
--   original_unit_price: In the currency of the document.
--   unit_cost: In the reporting currency.
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    order_lines.order_id,
    order_lines.line_id,
    order_lines.product_id,
    order_lines.recorded_by,
    order_lines.source,
    order_lines.quantity,
    order_lines.unit_price AS original_unit_price,
    COALESCE(
        order_lines.amount,
        TRY(CAST(order_lines.quantity * order_lines.unit_price AS DECIMAL(18, 2)))
    ) AS original_amount,
    order_lines.unit_cost,
    local_date(order_lines.recorded_at) AS recorded_on,
    order_lines.recorded_at
FROM raw.order_lines

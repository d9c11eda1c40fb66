-- description: One part or one piece of labour of a service order.
-- grain: [service_order_id, line_id]
-- columns:
--   original_amount: In the currency of the document; quantity times unit price where the source gave no amount.
--   original_unit_price: In the currency of the document.
--   original_list_price: In the currency of the document.
--   unit_cost: In the reporting currency.
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    service_order_lines.service_order_id,
    service_order_lines.line_id,
    service_order_lines.product_id,
    service_order_lines.recorded_by,
    service_order_lines.kind,
    service_order_lines.unit,
    service_order_lines.source,
    service_order_lines.quantity,
    service_order_lines.list_price AS original_list_price,
    service_order_lines.unit_price AS original_unit_price,
    COALESCE(
        service_order_lines.amount,
        TRY(CAST(service_order_lines.quantity * service_order_lines.unit_price AS DECIMAL(18, 2)))
    ) AS original_amount,
    service_order_lines.unit_cost,
    service_order_lines.chargeable,
    local_date(service_order_lines.recorded_at) AS recorded_on,
    service_order_lines.recorded_at
FROM raw.service_order_lines

-- description: Parts and labour of service orders that count, with what was charged and what the parts cost. Reporting currency.
-- grain: [service_order_id, line_id]
-- columns:
--   line_kind: part or labour.
--   revenue: Amount of a chargeable line; zero for warranty and goodwill; empty where the amount of a chargeable line is unknown.
--   list_value: What the line costs by its list price, else that of its product, else its own price; empty where unknown.
--   parts_cost: Quantity times the unit cost of the line, else of the product; zero for labour; empty where unknown.
--   is_part: The line is a part.
--   is_chargeable: What the line says, else its request; a line of which nobody says otherwise is charged.
--   has_amount: A chargeable line whose amount is known.
--   has_cost: A part whose cost is known.
-- audits:
--   - unique: [service_order_id, line_id]
--   - not_null: [customer_id, ordered_on, is_part, is_chargeable]
--   - name: { en: 'every service order line belongs to a service order', zh: 每条服务定单明细都属于某个服务定单 }
--     severity: warn
--     rows: >
--       SELECT lines.service_order_id, lines.line_id FROM staging.service_order_lines AS lines
--       LEFT JOIN staging.service_orders AS headers ON headers.service_order_id = lines.service_order_id
--       WHERE headers.service_order_id IS NULL
WITH
    valued AS (
        SELECT
            lines.service_order_id,
            lines.line_id,
            headers.request_id,
            headers.customer_id,
            lines.product_id,
            lines.kind AS line_kind,
            lines.quantity,
            TRY(
                CAST(CAST(lines.original_amount AS DECIMAL(20, 2)) * headers.exchange_rate AS DECIMAL(18, 2))
            ) AS amount,
            TRY(
                CAST(
                    CAST(lines.quantity AS DOUBLE) * CAST(
                        COALESCE(
                            lines.original_list_price * headers.exchange_rate,
                            products.list_price,
                            lines.original_unit_price * headers.exchange_rate
                        ) AS DOUBLE
                    ) AS DECIMAL(18, 2)
                )
            ) AS list_value,
            TRY(
                CAST(
                    CAST(lines.quantity AS DOUBLE) * CAST(
                        COALESCE(lines.unit_cost, products.unit_cost) AS DOUBLE
                    ) AS DECIMAL(18, 2)
                )
            ) AS cost,
            lines.kind = 'part' AS is_part,
            COALESCE(lines.chargeable, requests.chargeable, TRUE) AS is_chargeable,
            headers.ordered_on
        FROM
            staging.service_order_lines AS lines
            INNER JOIN staging.service_orders AS headers ON headers.service_order_id = lines.service_order_id
            CROSS JOIN policy.clock
            LEFT JOIN staging.requests ON requests.request_id = headers.request_id
            LEFT JOIN core.products ON products.product_id = lines.product_id
        WHERE NOT headers.is_cancelled AND headers.ordered_on <= clock.as_of
    )
SELECT
    service_order_id,
    line_id,
    request_id,
    customer_id,
    product_id,
    line_kind,
    quantity,
    CASE
        WHEN is_chargeable THEN amount
        ELSE 0
    END AS revenue,
    list_value,
    CASE
        WHEN is_part THEN cost
        ELSE 0
    END AS parts_cost,
    is_part,
    is_chargeable,
    is_chargeable AND amount IS NOT NULL AS has_amount,
    is_part AND cost IS NOT NULL AS has_cost,
    ordered_on
FROM valued

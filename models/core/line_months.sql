-- description: What products brought and cost, by customer and month; lines of orders and of service orders. Reporting currency.
-- grain: [month, customer_id, component, item, measure, family]
-- columns:
--   component: revenue, cost_of_goods, chargeable_revenue or parts_cost.
--   item: Product of the line; none where it names none.
--   measure: Pieces of one kind and family; of parts at cost, the requests they were used for.
--   family: Family of the product sold, or of the machine served; none where no record says.
--   quantity: Pieces, or hours of labour that is charged.
--   amount: In the reporting currency.
--   month: First day of the month.
-- audits:
--   - unique: [month, customer_id, component, item, measure, family]
WITH
    sold AS (
        SELECT
            lines.ordered_on,
            lines.customer_id,
            COALESCE(lines.product_id, 'none') AS item,
            CONCAT(
                COALESCE(products.product_kind, 'unknown'),
                ' ',
                COALESCE(products.family, 'none')
            ) AS measure,
            COALESCE(products.family, 'none') AS family,
            lines.quantity,
            lines.revenue,
            lines.cost_of_goods
        FROM
            core.order_lines AS lines
            LEFT JOIN core.products ON products.product_id = lines.product_id
    ),
    served AS (
        SELECT
            lines.ordered_on,
            lines.customer_id,
            COALESCE(lines.product_id, 'none') AS item,
            CONCAT(
                COALESCE(products.product_kind, lines.line_kind),
                ' ',
                COALESCE(products.family, 'none')
            ) AS measure,
            COALESCE(NULLIF(families.family, 'none'), products.family, 'none') AS family,
            lines.is_part,
            lines.is_chargeable,
            lines.quantity,
            lines.revenue,
            lines.parts_cost
        FROM
            core.service_lines AS lines
            LEFT JOIN core.request_families AS families ON families.request_id = lines.request_id
            LEFT JOIN core.products ON products.product_id = lines.product_id
    ),
    parts AS (
        SELECT
            ordered_on,
            customer_id,
            'revenue' AS component,
            item,
            measure,
            family,
            quantity,
            revenue AS amount
        FROM sold
        UNION ALL
        SELECT
            ordered_on,
            customer_id,
            'cost_of_goods' AS component,
            item,
            measure,
            family,
            quantity,
            cost_of_goods AS amount
        FROM sold
        UNION ALL
        SELECT
            ordered_on,
            customer_id,
            'chargeable_revenue' AS component,
            item,
            measure,
            family,
            quantity,
            revenue AS amount
        FROM served
        WHERE is_chargeable
        UNION ALL
        SELECT
            ordered_on,
            customer_id,
            'parts_cost' AS component,
            item,
            'requests' AS measure,
            family,
            quantity,
            parts_cost AS amount
        FROM served
        WHERE is_part
    )
SELECT
    customer_id,
    component,
    item,
    measure,
    family,
    CAST(SUM(CAST(COALESCE(quantity, 0) AS DECIMAL(24, 4))) AS DECIMAL(18, 4)) AS quantity,
    CAST(COALESCE(SUM(amount), 0) AS DECIMAL(18, 2)) AS amount,
    CAST(DATE_TRUNC('month', ordered_on) AS DATE) AS month
FROM parts
GROUP BY customer_id, component, item, measure, family, DATE_TRUNC('month', ordered_on)

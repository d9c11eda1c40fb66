-- description: Service order for a dealer's end user with parts that the dealer never reported; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: service_orders
--   role: dealer
--   weight: 2
--   words: { en: Replaced part never reported, zh: 更换的配件从未上报 }
--   remedy: { en: Have the dealer report which part went into which machine., zh: 请代理商上报配件装入的设备。 }
WITH
    -- Not every seal is registered: a part is owed where its product stands in the register at all.
    registered AS (
        SELECT DISTINCT assets.product_id
        FROM
            staging.assets
            INNER JOIN staging.products ON products.product_id = assets.product_id
        WHERE products.kind = 'part'
    ),
    owed AS (
        SELECT
            lines.service_order_id,
            orders.customer_id,
            COALESCE(customers.dealer_id, machines.dealer_id) AS dealer_id,
            lines.product_id,
            orders.ordered_on,
            COUNT(*) AS parts
        FROM
            staging.service_order_lines AS lines
            INNER JOIN registered ON registered.product_id = lines.product_id
            INNER JOIN staging.service_orders AS orders ON orders.service_order_id = lines.service_order_id
            CROSS JOIN policy.clock
            CROSS JOIN policy.settings
            LEFT JOIN staging.customers ON customers.customer_id = orders.customer_id
            LEFT JOIN staging.requests ON requests.request_id = orders.request_id
            LEFT JOIN staging.assets AS machines ON machines.asset_id = requests.asset_id
        WHERE
            lines.kind = 'part'
            AND lines.quantity > 0
            AND orders.ordered_on BETWEEN COALESCE(settings.records_from, orders.ordered_on) AND clock.as_of
            AND COALESCE(customers.dealer_id, machines.dealer_id) IS NOT NULL
            AND COALESCE(customers.kind, 'indirect') = 'indirect'
        GROUP BY
            lines.service_order_id,
            orders.customer_id,
            customers.dealer_id,
            machines.dealer_id,
            lines.product_id,
            orders.ordered_on
    ),
    -- A part that was reported belongs to the last order of its product for its customer before it went in.
    spans AS (
        SELECT
            owed.*,
            LEAD(ordered_on) OVER (
                PARTITION BY customer_id, product_id
                ORDER BY ordered_on, service_order_id
            ) AS next_on
        FROM owed
    ),
    matched AS (
        SELECT spans.service_order_id, spans.product_id, COUNT(assets.asset_id) AS parts
        FROM
            spans
            CROSS JOIN policy.clock
            LEFT JOIN staging.assets
                ON assets.customer_id = spans.customer_id
                AND assets.product_id = spans.product_id
                AND assets.installed_on >= spans.ordered_on
                AND assets.installed_on < COALESCE(
                    GREATEST(spans.next_on, spans.ordered_on + INTERVAL '1' DAY),
                    DATE '9999-01-01'
                )
                AND COALESCE(assets.recorded_on <= clock.as_of, TRUE)
        GROUP BY spans.service_order_id, spans.product_id
    )
SELECT
    owed.service_order_id AS record_id,
    MAX(owed.customer_id) AS customer_id,
    CAST(NULL AS VARCHAR) AS employee_id,
    MAX(owed.dealer_id) AS dealer_id,
    MAX(owed.ordered_on) AS happened_on,
    COUNT(*) FILTER (WHERE matched.parts < owed.parts) > 0
    AND MAX(clock.as_of) > MAX(owed.ordered_on) + INTERVAL '1' DAY * MAX(
        settings.dealer_report_days
    ) AS is_fault
FROM
    owed
    INNER JOIN matched
        ON matched.service_order_id = owed.service_order_id AND matched.product_id = owed.product_id
    CROSS JOIN policy.clock
    CROSS JOIN policy.settings
GROUP BY owed.service_order_id

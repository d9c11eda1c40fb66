-- description: Order of a dealer whose machines were not all reported in the days they have for installing and reporting; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: orders
--   role: dealer
--   weight: 2
--   words: { en: Machine sold to a dealer and never reported, zh: 代理商所购设备从未上报 }
--   remedy: { en: Have the dealer report where the machine stands., zh: 请代理商上报设备安装地点。 }
WITH
    -- Orders can be followed only where machines name the order they came with.
    followed AS (SELECT COUNT(order_id) > 0 AS is_followed FROM staging.assets WHERE dealer_id IS NOT NULL),
    sold AS (
        SELECT lines.order_id, SUM(lines.quantity) AS machines
        FROM
            staging.order_lines AS lines
            INNER JOIN staging.products ON products.product_id = lines.product_id
        WHERE products.kind = 'machine'
        GROUP BY lines.order_id
        HAVING SUM(lines.quantity) > 0
    ),
    reported AS (
        SELECT assets.order_id, COUNT(*) AS machines
        FROM
            staging.assets
            CROSS JOIN policy.clock
        WHERE assets.parent_asset_id IS NULL AND COALESCE(assets.recorded_on <= clock.as_of, TRUE)
        GROUP BY assets.order_id
    )
SELECT
    orders.order_id AS record_id,
    orders.customer_id,
    CAST(NULL AS VARCHAR) AS employee_id,
    orders.dealer_id,
    orders.ordered_on AS happened_on,
    COALESCE(reported.machines, 0) < sold.machines
    AND clock.as_of > orders.ordered_on + INTERVAL '1' DAY * (
        settings.dealer_install_days + settings.dealer_report_days
    ) AS is_fault
FROM
    sold
    INNER JOIN staging.orders ON orders.order_id = sold.order_id
    CROSS JOIN policy.clock
    CROSS JOIN policy.settings
    CROSS JOIN followed
    LEFT JOIN reported ON reported.order_id = sold.order_id
WHERE
    followed.is_followed
    AND orders.dealer_id IS NOT NULL
    AND NOT orders.is_cancelled
    AND orders.ordered_on BETWEEN COALESCE(settings.records_from, orders.ordered_on) AND clock.as_of

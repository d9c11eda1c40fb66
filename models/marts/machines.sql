-- description: Every machine at a customer, what it was sold for and what it has cost to serve since. Reporting currency.
-- grain: [asset_id]
-- columns:
--   machine: Name of its product, else its id, and its serial number where one is known.
--   serial_no: Serial number; unknown where nobody entered one.
--   machine_status: Status in the source; unknown where there is none.
--   warranty_until: Last day of the warranty; empty where none is known.
--   is_in_warranty: Under warranty on the business date.
--   warranty_days_left: Days until its warranty ends, of a machine in use whose warranty runs; empty for all others.
--   requests: Requests about it.
--   service_cost: Direct cost of those requests.
--   warranty_cost: Direct cost of those opened under its warranty.
--   sale_margin: Gross margin of its original sale; empty where no order is known.
-- audits:
--   - unique: [asset_id]
WITH
    sold AS (
        SELECT
            order_id,
            product_id,
            SUM(revenue - COALESCE(cost_of_goods, 0)) AS margin,
            SUM(quantity) AS quantity
        FROM core.order_lines
        WHERE quantity > 0 AND has_cost
        GROUP BY order_id, product_id
    ),
    served AS (
        SELECT
            requests.asset_id,
            COUNT(*) AS requests,
            SUM(costs.service_cost) AS service_cost,
            SUM(
                CASE
                    WHEN requests.is_in_warranty THEN costs.service_cost
                END
            ) AS warranty_cost
        FROM
            core.requests
            LEFT JOIN core.request_costs AS costs ON costs.request_id = requests.request_id
        WHERE requests.asset_id IS NOT NULL
        GROUP BY requests.asset_id
    )
SELECT
    assets.asset_id,
    assets.customer_id,
    customers.customer_name,
    customers.customer_kind,
    customers.region,
    customers.sales_owner,
    COALESCE(products.name, assets.product_id, assets.asset_id) || COALESCE(
        ' · ' || assets.serial_no,
        ''
    ) AS machine,
    COALESCE(assets.serial_no, 'unknown') AS serial_no,
    COALESCE(assets.status, 'unknown') AS machine_status,
    COALESCE(served.requests, 0) AS requests,
    CAST(COALESCE(served.service_cost, 0) AS DECIMAL(18, 2)) AS service_cost,
    CAST(COALESCE(served.warranty_cost, 0) AS DECIMAL(18, 2)) AS warranty_cost,
    CAST(CAST(sold.margin AS DOUBLE) / CAST(sold.quantity AS DOUBLE) AS DECIMAL(18, 2)) AS sale_margin,
    CASE
        WHEN clock.as_of BETWEEN assets.warranty_starts_on AND assets.warranty_ends_on
        AND COALESCE(assets.status, 'in_use') != 'retired' THEN DATE_DIFF(
            'day',
            clock.as_of,
            assets.warranty_ends_on
        )
    END AS warranty_days_left,
    COALESCE(
        clock.as_of BETWEEN assets.warranty_starts_on AND assets.warranty_ends_on,
        FALSE
    ) AS is_in_warranty,
    assets.installed_on,
    assets.warranty_ends_on AS warranty_until
FROM
    staging.assets
    CROSS JOIN policy.clock
    INNER JOIN core.customers ON customers.customer_id = assets.customer_id
    LEFT JOIN staging.products ON products.product_id = assets.product_id
    LEFT JOIN served ON served.asset_id = assets.asset_id
    LEFT JOIN sold ON sold.order_id = assets.order_id AND sold.product_id = assets.product_id
WHERE
    assets.parent_asset_id IS NULL
    AND COALESCE(products.kind, 'machine') = 'machine'
    AND COALESCE(assets.installed_on, assets.recorded_on, clock.as_of) <= clock.as_of

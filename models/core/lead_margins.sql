-- description: What a sale of each kind leaves on average, before it is known whether it comes. Reporting currency.
-- grain: [offer, offer_id]
-- columns:
--   offer: product, machine (by family), contract (of one machine), order (any).
--   offer_id: Product or family; empty text for those that have none.
--   margin: Average margin of such a sale.
--   sales: Sales it is the average of; of a product that was never sold, none, and its margin is list price less unit cost.
-- audits:
--   - unique: [offer, offer_id]
WITH
    lines AS (
        SELECT
            order_lines.order_id,
            order_lines.product_id,
            products.family,
            products.product_kind,
            order_lines.margin,
            order_lines.quantity
        FROM
            core.order_lines
            INNER JOIN core.products ON products.product_id = order_lines.product_id
        WHERE order_lines.quantity > 0 AND order_lines.has_cost
    ),
    sold AS (
        SELECT product_id, SUM(margin) AS margin, COUNT(*) AS sales
        FROM lines
        GROUP BY product_id
    ),
    families AS (
        SELECT family, SUM(margin) AS margin, SUM(quantity) AS sales
        FROM lines
        WHERE product_kind = 'machine'
        GROUP BY family
    ),
    ordered AS (
        SELECT order_id, SUM(margin) AS margin
        FROM lines
        GROUP BY order_id
    ),
    machines AS (
        SELECT contract_id, COUNT(*) AS machines
        FROM staging.contract_assets
        GROUP BY contract_id
    ),
    results AS (
        SELECT CAST(SUM(contract_result) AS DOUBLE) / NULLIF(CAST(SUM(earned) AS DOUBLE), 0) AS share
        FROM marts.contracts
    ),
    contracts AS (
        SELECT
            CAST(SUM(contracts.amount) AS DOUBLE) / CAST(SUM(machines.machines) AS DOUBLE) AS amount,
            COUNT(*) AS sales
        FROM
            staging.contracts
            INNER JOIN machines ON machines.contract_id = contracts.contract_id
        WHERE contracts.amount > 0 AND NOT contracts.is_cancelled
    )
SELECT
    'product' AS offer,
    products.product_id AS offer_id,
    CAST(
        COALESCE(
            CAST(sold.margin AS DOUBLE) / CAST(sold.sales AS DOUBLE),
            CAST(products.list_price - products.unit_cost AS DOUBLE)
        ) AS DECIMAL(18, 2)
    ) AS margin,
    COALESCE(sold.sales, 0) AS sales
FROM
    core.products
    LEFT JOIN sold ON sold.product_id = products.product_id
UNION ALL
SELECT
    'machine' AS offer,
    family AS offer_id,
    CAST(CAST(margin AS DOUBLE) / CAST(sales AS DOUBLE) AS DECIMAL(18, 2)) AS margin,
    CAST(sales AS BIGINT) AS sales
FROM families
UNION ALL
SELECT
    'contract' AS offer,
    '' AS offer_id,
    CAST(contracts.amount * results.share AS DECIMAL(18, 2)) AS margin,
    contracts.sales
FROM
    contracts
    CROSS JOIN results
UNION ALL
SELECT
    'order' AS offer,
    '' AS offer_id,
    CAST(CAST(SUM(margin) AS DOUBLE) / NULLIF(CAST(COUNT(*) AS DOUBLE), 0) AS DECIMAL(18, 2)) AS margin,
    COUNT(*) AS sales
FROM ordered

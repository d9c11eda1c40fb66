-- description: Product family of the machine that each request was about.
-- grain: [request_id]
-- columns:
--   family: none where the request names no machine, or the machine no product.
-- audits:
--   - unique: [request_id]
--   - not_null: [request_id, customer_id, family]
SELECT
    requests.request_id,
    requests.customer_id,
    COALESCE(products.family, 'none') AS family,
    requests.opened_on
FROM
    core.requests
    LEFT JOIN staging.assets ON assets.asset_id = requests.asset_id
    LEFT JOIN core.products ON products.product_id = assets.product_id

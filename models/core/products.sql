-- description: What is sold, with what it costs and should fetch. Reporting currency.
-- grain: [product_id]
-- columns:
--   product_name: Name.
--   product_kind: machine, part, consumable or service.
-- audits:
--   - unique: [product_id]
SELECT
    product_id,
    name AS product_name,
    COALESCE(family, 'unknown') AS family,
    kind AS product_kind,
    unit_cost,
    list_price,
    floor_price,
    priced_on
FROM staging.products

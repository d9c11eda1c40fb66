-- description: What is sold, machines, parts, consumables and services.
-- grain: [product_id]
-- columns:
--   priced_on: The day of priced_at in the company's time zone.
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    products.product_id,
    products.recorded_by,
    products.name,
    products.family,
    products.kind,
    products.source,
    products.unit_cost,
    products.list_price,
    products.floor_price,
    local_date(products.priced_at) AS priced_on,
    local_date(products.recorded_at) AS recorded_on,
    products.priced_at,
    products.recorded_at
FROM raw.products

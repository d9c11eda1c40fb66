-- description: Machines and parts that stand at a customer.
-- grain: [asset_id]
-- columns:
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    assets.asset_id,
    assets.customer_id,
    assets.product_id,
    assets.parent_asset_id,
    assets.dealer_id,
    assets.order_id,
    assets.recorded_by,
    assets.serial_no,
    assets.status,
    assets.warranty_kind,
    assets.warranty_scope,
    assets.source,
    assets.installed_on,
    assets.commissioned_on,
    assets.warranty_starts_on,
    assets.warranty_ends_on,
    assets.retired_on,
    local_date(assets.recorded_at) AS recorded_on,
    assets.recorded_at
FROM raw.assets

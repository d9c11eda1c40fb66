-- description: Machine without a product; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: assets
--   role: service_manager
--   weight: 2
--   words: { en: Machine without a product, zh: 设备没有产品型号 }
--   remedy: { en: Enter the model of the machine., zh: 补填产品型号。 }
SELECT
    assets.asset_id AS record_id,
    assets.customer_id,
    assets.recorded_by AS employee_id,
    assets.dealer_id,
    LEAST(COALESCE(assets.installed_on, assets.recorded_on, clock.as_of), clock.as_of) AS happened_on,
    assets.product_id IS NULL AS is_fault
FROM
    staging.assets
    CROSS JOIN policy.clock
WHERE
    COALESCE(assets.installed_on, assets.recorded_on, clock.as_of) <= clock.as_of
    AND assets.parent_asset_id IS NULL

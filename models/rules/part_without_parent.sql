-- description: Part without its machine; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: assets
--   role: engineer
--   weight: 2
--   words: { en: Part without its machine, zh: 配件没有所属设备 }
--   remedy: { en: Enter the machine the part belongs to., zh: 填写配件所属的设备。 }
SELECT
    assets.asset_id AS record_id,
    assets.customer_id,
    assets.recorded_by AS employee_id,
    assets.dealer_id,
    LEAST(COALESCE(assets.installed_on, assets.recorded_on, clock.as_of), clock.as_of) AS happened_on,
    assets.parent_asset_id IS NULL AS is_fault
FROM
    staging.assets
    CROSS JOIN policy.clock
    INNER JOIN staging.products ON products.product_id = assets.product_id
WHERE
    COALESCE(assets.installed_on, assets.recorded_on, clock.as_of) <= clock.as_of
    AND products.kind != 'machine'

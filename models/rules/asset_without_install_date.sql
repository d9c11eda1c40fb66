-- description: Machine without a day of installation; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: assets
--   role: service_manager
--   weight: 1
--   words: { en: Machine without a day of installation, zh: 设备没有安装日期 }
--   remedy: { en: Enter when the machine was installed., zh: 补填安装日期。 }
SELECT
    assets.asset_id AS record_id,
    assets.customer_id,
    assets.recorded_by AS employee_id,
    assets.dealer_id,
    LEAST(COALESCE(assets.installed_on, assets.recorded_on, clock.as_of), clock.as_of) AS happened_on,
    assets.installed_on IS NULL AS is_fault
FROM
    staging.assets
    CROSS JOIN policy.clock
WHERE
    COALESCE(assets.installed_on, assets.recorded_on, clock.as_of) <= clock.as_of
    AND assets.parent_asset_id IS NULL

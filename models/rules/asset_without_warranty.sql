-- description: Machine without warranty dates; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: assets
--   role: service_manager
--   weight: 3
--   words: { en: Machine without warranty dates, zh: 设备没有保修起止日期 }
--   remedy: { en: Enter when warranty begins and ends., zh: 补填保修起止日期。 }
SELECT
    assets.asset_id AS record_id,
    assets.customer_id,
    assets.recorded_by AS employee_id,
    assets.dealer_id,
    LEAST(COALESCE(assets.installed_on, assets.recorded_on, clock.as_of), clock.as_of) AS happened_on,
    assets.warranty_starts_on IS NULL OR assets.warranty_ends_on IS NULL AS is_fault
FROM
    staging.assets
    CROSS JOIN policy.clock
WHERE
    COALESCE(assets.installed_on, assets.recorded_on, clock.as_of) <= clock.as_of
    AND assets.parent_asset_id IS NULL

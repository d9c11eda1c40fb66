-- description: Warranty that ends before it starts; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: assets
--   role: service_manager
--   weight: 3
--   words: { en: Warranty that ends before it starts, zh: 保修结束早于开始 }
--   remedy: { en: Correct the dates. Until then the machine has no warranty., zh: 更正保修日期；更正前视为无保修。 }
SELECT
    assets.asset_id AS record_id,
    assets.customer_id,
    assets.recorded_by AS employee_id,
    assets.dealer_id,
    LEAST(COALESCE(assets.installed_on, assets.recorded_on, clock.as_of), clock.as_of) AS happened_on,
    assets.warranty_ends_on < assets.warranty_starts_on AS is_fault
FROM
    staging.assets
    CROSS JOIN policy.clock
WHERE
    COALESCE(assets.installed_on, assets.recorded_on, clock.as_of) <= clock.as_of
    AND assets.warranty_starts_on IS NOT NULL
    AND assets.warranty_ends_on IS NOT NULL

-- description: Replaced part reported late; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: assets
--   role: dealer
--   weight: 1
--   lasting: true
--   words: { en: Replaced part reported late, zh: 更换的配件上报逾期 }
--   remedy: { en: Have the dealer report within the days agreed., zh: 请代理商在约定天数内上报。 }
SELECT
    assets.asset_id AS record_id,
    assets.customer_id,
    CAST(NULL AS VARCHAR) AS employee_id,
    assets.dealer_id,
    assets.installed_on AS happened_on,
    assets.recorded_on > assets.installed_on + INTERVAL '1' DAY * settings.dealer_report_days AS is_fault
FROM
    staging.assets
    CROSS JOIN policy.clock
    CROSS JOIN policy.settings
WHERE
    assets.dealer_id IS NOT NULL
    AND assets.installed_on BETWEEN COALESCE(settings.records_from, assets.installed_on) AND clock.as_of
    AND assets.recorded_on <= clock.as_of
    AND assets.parent_asset_id IS NOT NULL

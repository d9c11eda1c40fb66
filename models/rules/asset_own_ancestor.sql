-- description: Asset that stands below itself; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: assets
--   role: service_manager
--   weight: 1
--   words: { en: Asset that stands below itself, zh: 资产的上级最终是它自己 }
--   remedy: { en: Correct the parent. Until then each of them counts as a machine of its own., zh: 更正上级资产；更正前各自按独立设备计。 }
WITH
    -- Four steps up are more than any machine has parts of parts.
    steps AS (
        SELECT
            own.asset_id,
            own.asset_id IN (
                own.parent_asset_id,
                second.parent_asset_id,
                third.parent_asset_id,
                fourth.parent_asset_id
            ) AS is_own_ancestor
        FROM
            staging.assets AS own
            LEFT JOIN staging.assets AS second ON second.asset_id = own.parent_asset_id
            LEFT JOIN staging.assets AS third ON third.asset_id = second.parent_asset_id
            LEFT JOIN staging.assets AS fourth ON fourth.asset_id = third.parent_asset_id
        WHERE own.parent_asset_id IS NOT NULL
    )
SELECT
    assets.asset_id AS record_id,
    assets.customer_id,
    assets.recorded_by AS employee_id,
    assets.dealer_id,
    LEAST(COALESCE(assets.installed_on, assets.recorded_on, clock.as_of), clock.as_of) AS happened_on,
    COALESCE(steps.is_own_ancestor, FALSE) AS is_fault
FROM
    steps
    CROSS JOIN policy.clock
    INNER JOIN staging.assets ON assets.asset_id = steps.asset_id

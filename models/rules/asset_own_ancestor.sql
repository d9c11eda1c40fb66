-- description: Asset that stands below itself; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: assets
--   role: service_manager
--   weight: 2
--   words: { en: Asset that stands below itself, zh: 资产的上级最终是它自己 }
--   remedy: { en: Correct the parent. Until then each of them counts as a machine of its own., zh: 更正上级资产；更正前各自按独立设备计。 }
WITH
    -- Whoever climbs higher than any machine has parts of parts only goes round in a circle, and round a circle each of its
    -- assets is reached from another. So circles of every length are found; each step doubles how far was climbed.
    up_one AS (
        SELECT asset_id, parent_asset_id AS ancestor_id
        FROM staging.assets
        WHERE parent_asset_id IS NOT NULL
    ),
    up_two AS (
        SELECT own.asset_id, above.ancestor_id
        FROM
            up_one AS own
            INNER JOIN up_one AS above ON above.asset_id = own.ancestor_id
    ),
    up_four AS (
        SELECT own.asset_id, above.ancestor_id
        FROM
            up_two AS own
            INNER JOIN up_two AS above ON above.asset_id = own.ancestor_id
    ),
    up_eight AS (
        SELECT own.asset_id, above.ancestor_id
        FROM
            up_four AS own
            INNER JOIN up_four AS above ON above.asset_id = own.ancestor_id
    ),
    up_sixteen AS (
        SELECT own.asset_id, above.ancestor_id
        FROM
            up_eight AS own
            INNER JOIN up_eight AS above ON above.asset_id = own.ancestor_id
    ),
    up_thirty_two AS (
        SELECT own.asset_id, above.ancestor_id
        FROM
            up_sixteen AS own
            INNER JOIN up_sixteen AS above ON above.asset_id = own.ancestor_id
    ),
    up_sixty_four AS (
        SELECT own.asset_id, above.ancestor_id
        FROM
            up_thirty_two AS own
            INNER JOIN up_thirty_two AS above ON above.asset_id = own.ancestor_id
    ),
    circles AS (SELECT DISTINCT ancestor_id AS asset_id FROM up_sixty_four)
SELECT
    assets.asset_id AS record_id,
    assets.customer_id,
    assets.recorded_by AS employee_id,
    assets.dealer_id,
    LEAST(COALESCE(assets.installed_on, assets.recorded_on, clock.as_of), clock.as_of) AS happened_on,
    circles.asset_id IS NOT NULL AS is_fault
FROM
    staging.assets
    CROSS JOIN policy.clock
    LEFT JOIN circles ON circles.asset_id = assets.asset_id
WHERE
    COALESCE(assets.installed_on, assets.recorded_on, clock.as_of) <= clock.as_of
    AND assets.parent_asset_id IS NOT NULL

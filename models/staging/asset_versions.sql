-- description: Every version of every asset, with the interval in which it was the truth.
-- grain: [asset_id, known_from]
-- columns:
--   is_part: It belongs to a machine.
--   is_retired: The status is one of policy.retired_statuses.
--   loaded_at: When the version was read.
--   known_from: When this version became known.
--   known_to: When it ended; empty while it is still the truth.
WITH
    versions AS (
        SELECT
            asset_id,
            customer_id,
            product_id,
            parent_asset_id,
            status,
            warranty_scope,
            installed_on,
            commissioned_on,
            warranty_starts_on,
            warranty_ends_on,
            retired_on,
            loaded_at,
            known_from,
            CAST(NULL AS TIMESTAMP) AS known_to
        FROM raw.assets
        UNION ALL
        SELECT
            asset_id,
            customer_id,
            product_id,
            parent_asset_id,
            status,
            warranty_scope,
            installed_on,
            commissioned_on,
            warranty_starts_on,
            warranty_ends_on,
            retired_on,
            loaded_at,
            known_from,
            known_to
        FROM history.assets
    )
SELECT
    asset_id,
    customer_id,
    product_id,
    warranty_scope,
    parent_asset_id IS NOT NULL AS is_part,
    LOWER(COALESCE(status, '')) IN (SELECT LOWER(status) FROM policy.retired_statuses) AS is_retired,
    installed_on,
    commissioned_on,
    warranty_starts_on,
    warranty_ends_on,
    retired_on,
    loaded_at,
    known_from,
    known_to
FROM versions

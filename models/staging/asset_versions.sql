-- description: Every version of every asset's warranty, with the interval in which it was the truth.
-- grain: [asset_id, known_from]
-- columns:
--   known_from: When this version became known.
--   known_to: When it ended; empty while it is still the truth.
SELECT
    asset_id,
    warranty_scope,
    warranty_starts_on,
    warranty_ends_on,
    known_from,
    CAST(NULL AS TIMESTAMP) AS known_to
FROM raw.assets
UNION ALL
SELECT
    asset_id,
    warranty_scope,
    warranty_starts_on,
    warranty_ends_on,
    known_from,
    known_to
FROM history.assets

-- description: Every line of every contract's list of machines, with the interval in which it stood there.
-- grain: [contract_id, asset_id, known_from]
-- columns:
--   known_from: When the line became known.
--   known_to: When it ended; empty while it still stands there.
SELECT
    contract_id,
    asset_id,
    known_from,
    CAST(NULL AS TIMESTAMP) AS known_to
FROM raw.contract_assets
UNION ALL
SELECT
    contract_id,
    asset_id,
    known_from,
    known_to
FROM history.contract_assets

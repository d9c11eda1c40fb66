-- description: Which assets a contract covers.
-- grain: [contract_id, asset_id]
-- columns:
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    contract_assets.contract_id,
    contract_assets.asset_id,
    contract_assets.recorded_by,
    contract_assets.source,
    local_date(contract_assets.recorded_at) AS recorded_on,
    contract_assets.recorded_at
FROM raw.contract_assets

-- description: What was done to an asset.
-- grain: [record_id]
-- columns:
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    maintenance_records.record_id,
    maintenance_records.asset_id,
    maintenance_records.request_id,
    maintenance_records.employee_id,
    maintenance_records.recorded_by,
    maintenance_records.kind,
    maintenance_records.summary,
    maintenance_records.unit,
    maintenance_records.source,
    maintenance_records.quantity,
    maintenance_records.performed_on,
    local_date(maintenance_records.recorded_at) AS recorded_on,
    maintenance_records.recorded_at
FROM raw.maintenance_records

-- description: Maintenance record entered by somebody else; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: maintenance_records
--   role: engineer
--   weight: 1
--   lasting: true
--   words: { en: Maintenance record entered by somebody else, zh: 维护记录由他人代录 }
--   remedy: { en: Whoever does the work enters it., zh: 由执行人本人录入。 }
SELECT
    records.record_id,
    assets.customer_id,
    records.employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    records.performed_on AS happened_on,
    records.recorded_by != records.employee_id AS is_fault
FROM
    staging.maintenance_records AS records
    CROSS JOIN policy.clock
    LEFT JOIN staging.assets ON assets.asset_id = records.asset_id
WHERE
    records.performed_on <= clock.as_of
    AND records.recorded_by IS NOT NULL
    AND records.employee_id IS NOT NULL

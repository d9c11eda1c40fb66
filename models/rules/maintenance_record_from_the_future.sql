-- description: Maintenance record of a day in the future; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: maintenance_records
--   role: engineer
--   weight: 2
--   words: { en: Maintenance record of a day in the future, zh: 维护记录日期在未来 }
--   remedy: { en: Correct the time. Until then it counts in no figure., zh: 更正时间；更正前不计入任何数字。 }
SELECT
    records.record_id,
    assets.customer_id,
    records.employee_id,
    assets.dealer_id,
    LEAST(records.performed_on, clock.as_of) AS happened_on,
    records.performed_on > CAST(clock.known_at + INTERVAL '1' DAY AS DATE) AS is_fault
FROM
    staging.maintenance_records AS records
    CROSS JOIN policy.clock
    LEFT JOIN staging.assets ON assets.asset_id = records.asset_id
WHERE
    records.performed_on <= clock.as_of
    OR records.performed_on > CAST(clock.known_at + INTERVAL '1' DAY AS DATE)

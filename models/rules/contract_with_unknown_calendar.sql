-- description: Contract that names no known calendar; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: contracts
--   role: service_manager
--   weight: 3
--   words: { en: Contract with a working calendar nobody knows, zh: 合约使用了未定义的工作日历 }
--   remedy: { en: Name a calendar of the policy. Until then nobody can tell when its answers are due., zh: 改用政策中的工作日历；更正前无法判断响应期限。 }
SELECT
    contracts.contract_id AS record_id,
    contracts.customer_id,
    contracts.recorded_by AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    LEAST(contracts.starts_on, clock.as_of) AS happened_on,
    calendars.calendar_id IS NULL AS is_fault
FROM
    staging.contracts
    CROSS JOIN policy.clock
    LEFT JOIN policy.calendars ON calendars.calendar_id = contracts.calendar
WHERE
    COALESCE(contracts.recorded_on, contracts.starts_on) <= clock.as_of
    AND contracts.calendar IS NOT NULL
    AND NOT contracts.is_cancelled

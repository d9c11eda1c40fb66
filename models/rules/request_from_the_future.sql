-- description: Request dated in the future; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: requests
--   role: service_desk
--   weight: 2
--   words: { en: Request dated in the future, zh: 请求受理时间在未来 }
--   remedy: { en: Correct the time it was opened. Until then it counts in no figure., zh: 更正受理时间；更正前不计入任何数字。 }
SELECT
    request_id AS record_id,
    customer_id,
    opened_by_id AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    LEAST(opened_on, as_of) AS happened_on,
    opened_at > known_at + INTERVAL '1' DAY AS is_fault
FROM
    staging.requests
    CROSS JOIN policy.clock
WHERE opened_on <= as_of OR opened_at > known_at + INTERVAL '1' DAY

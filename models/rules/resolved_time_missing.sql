-- description: Closed without a time of solution; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: requests
--   role: engineer
--   weight: 2
--   words: { en: Closed without a time of solution, zh: 请求已关闭但没有解决时间 }
--   remedy: { en: Enter when the request was solved., zh: 补填请求的解决时间。 }
SELECT
    request_id AS record_id,
    customer_id,
    owner_id AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    opened_on AS happened_on,
    resolved_at IS NULL AS is_fault
FROM
    staging.requests
    CROSS JOIN policy.clock
WHERE opened_on <= as_of AND closed_on <= as_of

-- description: Request keyed more than a day after it came; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: requests
--   role: service_desk
--   weight: 1
--   lasting: true
--   words: { en: Request keyed more than a day after it came, zh: 请求受理一天后才录入 }
--   remedy: { en: Key requests as they come in., zh: 请求受理时即时录入。 }
SELECT
    request_id AS record_id,
    customer_id,
    opened_by_id AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    opened_on AS happened_on,
    recorded_at > opened_at + INTERVAL '24' HOUR AS is_fault
FROM
    staging.requests
    CROSS JOIN policy.clock
WHERE opened_on <= as_of AND recorded_at IS NOT NULL

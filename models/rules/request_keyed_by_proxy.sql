-- description: Request entered by somebody else; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: requests
--   role: service_desk
--   weight: 1
--   lasting: true
--   words: { en: Request entered by somebody else, zh: 请求由他人代录 }
--   remedy: { en: Whoever takes the request enters it., zh: 由受理人本人录入。 }
SELECT
    requests.request_id AS record_id,
    requests.customer_id,
    requests.opened_by_id AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    requests.opened_on AS happened_on,
    requests.recorded_by != requests.opened_by_id AS is_fault
FROM
    staging.requests
    CROSS JOIN policy.clock
WHERE
    requests.opened_on <= clock.as_of
    AND requests.recorded_by IS NOT NULL
    AND requests.opened_by_id IS NOT NULL

-- description: Event of a request in the future; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: request_events
--   role: service_desk
--   weight: 2
--   words: { en: Event of a request in the future, zh: 请求事件的时间在未来 }
--   remedy: { en: Correct the time. Until then it counts in no figure., zh: 更正时间；更正前不计入任何数字。 }
SELECT
    CONCAT(events.request_id, ' / ', CAST(events.at AS VARCHAR), ' / ', events.kind) AS record_id,
    requests.customer_id AS customer_id,
    requests.owner_id AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    LEAST(events.happened_on, clock.as_of) AS happened_on,
    events.at > clock.known_at + INTERVAL '1' DAY AS is_fault
FROM
    staging.request_events AS events
    INNER JOIN staging.requests ON requests.request_id = events.request_id
    CROSS JOIN policy.clock
WHERE events.happened_on <= clock.as_of OR events.at > clock.known_at + INTERVAL '1' DAY

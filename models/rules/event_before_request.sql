-- description: Event before its request was opened; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: request_events
--   role: service_desk
--   weight: 1
--   words: { en: Event before its request was opened, zh: 事件早于请求受理时间 }
--   remedy: { en: Correct the time of the event or of the request. Until then the event counts from the opening on., zh: 更正事件或请求的时间；更正前事件从受理时起算。 }
SELECT
    CONCAT(events.request_id, ' / ', CAST(events.at AS VARCHAR), ' / ', events.kind) AS record_id,
    requests.customer_id,
    requests.owner_id AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    events.happened_on,
    events.at < requests.opened_at AS is_fault
FROM
    staging.request_events AS events
    CROSS JOIN policy.clock
    INNER JOIN staging.requests ON requests.request_id = events.request_id
WHERE events.happened_on <= clock.as_of

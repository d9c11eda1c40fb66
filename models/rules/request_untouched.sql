-- description: 'Open, and nothing was done for days; one row for each record that was looked at.'
-- grain: [record_id]
-- rule:
--   entity: requests
--   role: engineer
--   weight: 3
--   words: { en: 'Open, and nothing was done for days', zh: 请求未解决且多日无人处理 }
--   remedy: { en: 'Take the request up, or close it with the reason.', zh: 跟进该请求，或注明原因后关闭。 }
WITH
    last_events AS (
        SELECT request_id, MAX(happened_on) AS last_on
        FROM
            staging.request_events
            CROSS JOIN policy.clock
        WHERE happened_on <= as_of
        GROUP BY request_id
    ),
    last_work AS (
        SELECT request_id, MAX(COALESCE(actual_end_on, actual_start_on, assigned_on)) AS last_on
        FROM
            staging.tasks
            CROSS JOIN policy.clock
        WHERE COALESCE(actual_end_on, actual_start_on, assigned_on) <= as_of
        GROUP BY request_id
    )
SELECT
    requests.request_id AS record_id,
    requests.customer_id,
    staging_requests.owner_id AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    requests.opened_on AS happened_on,
    DATE_DIFF(
        'day',
        GREATEST(
            requests.opened_on,
            COALESCE(last_events.last_on, requests.opened_on),
            COALESCE(last_work.last_on, requests.opened_on)
        ),
        clock.as_of
    ) > settings.untouched_days AS is_fault
FROM
    core.requests
    INNER JOIN staging.requests AS staging_requests ON staging_requests.request_id = requests.request_id
    CROSS JOIN policy.clock
    CROSS JOIN policy.settings
    LEFT JOIN last_events ON last_events.request_id = requests.request_id
    LEFT JOIN last_work ON last_work.request_id = requests.request_id
WHERE NOT requests.is_resolved

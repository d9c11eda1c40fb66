-- description: What happened to a request, step by step.
-- grain: [request_id, at, kind]
-- columns:
--   happened_on: The day of at in the company's time zone.
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    request_events.request_id,
    request_events.from_employee_id,
    request_events.to_employee_id,
    request_events.recorded_by,
    request_events.kind,
    request_events.from_department,
    request_events.to_department,
    request_events.status,
    request_events.source,
    local_date(request_events.at) AS happened_on,
    local_date(request_events.recorded_at) AS recorded_on,
    request_events.at,
    request_events.recorded_at
FROM raw.request_events

-- description: What a customer asked of the service department.
-- grain: [request_id]
-- columns:
--   opened_on: The day of opened_at in the company's time zone.
--   first_response_on: The day of first_response_at in the company's time zone.
--   resolved_on: The day of resolved_at in the company's time zone.
--   closed_on: The day of closed_at in the company's time zone.
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    requests.request_id,
    requests.customer_id,
    requests.asset_id,
    requests.contract_id,
    requests.owner_id,
    requests.opened_by_id,
    requests.solved_by_article_id,
    requests.recorded_by,
    requests.channel,
    requests.kind,
    requests.topic,
    requests.priority,
    requests.first_fault,
    requests.final_fault,
    requests.status,
    requests.department,
    requests.summary,
    requests.source,
    requests.chargeable,
    local_date(requests.opened_at) AS opened_on,
    local_date(requests.first_response_at) AS first_response_on,
    local_date(requests.resolved_at) AS resolved_on,
    local_date(requests.closed_at) AS closed_on,
    local_date(requests.recorded_at) AS recorded_on,
    requests.opened_at,
    requests.first_response_at,
    requests.resolved_at,
    requests.closed_at,
    requests.recorded_at
FROM raw.requests

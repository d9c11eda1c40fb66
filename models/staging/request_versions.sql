-- description: Every version of every row of requests as far as its history by event needs it, with the interval in which it was the truth.
-- grain: [request_id, known_from]
-- columns:
--   opened_on: Day it was opened, in the company's time zone.
--   known_from: When this version became known.
--   known_to: When it ended; empty while it is still the truth.
SELECT
    request_id,
    customer_id,
    asset_id,
    owner_id,
    kind,
    topic,
    summary,
    department,
    status,
    local_date(opened_at) AS opened_on,
    opened_at,
    resolved_at,
    closed_at,
    known_from,
    CAST(NULL AS TIMESTAMP) AS known_to
FROM raw.requests
UNION ALL
SELECT
    request_id,
    customer_id,
    asset_id,
    owner_id,
    kind,
    topic,
    summary,
    department,
    status,
    local_date(opened_at) AS opened_on,
    opened_at,
    resolved_at,
    closed_at,
    known_from,
    known_to
FROM history.requests

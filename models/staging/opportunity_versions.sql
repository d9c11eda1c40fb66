-- description: Every version of every row of opportunities as far as its history by event needs it, with the interval in which it was the truth.
-- grain: [opportunity_id, known_from]
-- columns:
--   opened_on: Day it was opened, in the company's time zone.
--   closed_on: Day it was closed, in the company's time zone.
--   known_from: When this version became known.
--   known_to: When it ended; empty while it is still the truth.
SELECT
    opportunity_id,
    customer_id,
    product_id,
    owner_id,
    stage,
    outcome,
    opened_at,
    local_date(opened_at) AS opened_on,
    local_date(closed_at) AS closed_on,
    known_from,
    CAST(NULL AS TIMESTAMP) AS known_to
FROM raw.opportunities
UNION ALL
SELECT
    opportunity_id,
    customer_id,
    product_id,
    owner_id,
    stage,
    outcome,
    opened_at,
    local_date(opened_at) AS opened_on,
    local_date(closed_at) AS closed_on,
    known_from,
    known_to
FROM history.opportunities

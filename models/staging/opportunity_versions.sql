-- description: Every version of every row of opportunities as far as its history by event needs it, with the interval in which it was the truth.
-- grain: [opportunity_id, known_from]
-- columns:
--   known_from: When this version became known.
--   known_to: When it ended; empty while it is still the truth.
SELECT
    opportunity_id,
    owner_id,
    stage,
    outcome,
    opened_at,
    known_from,
    CAST(NULL AS TIMESTAMP) AS known_to
FROM raw.opportunities
UNION ALL
SELECT
    opportunity_id,
    owner_id,
    stage,
    outcome,
    opened_at,
    known_from,
    known_to
FROM history.opportunities

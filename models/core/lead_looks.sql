-- description: The days from which leads are looked for. Now, and once and twice the horizon (policy) before, as it was known then; what is told of a look is judged at the next one.
-- grain: [seen]
-- materialised: view
-- columns:
--   seen: now, before or earlier.
--   judged: The look that knows what came of this one; empty of now.
--   since_on: The day of the look before.
--   seen_on: The day of the look.
--   known_at: What became known later is not there.
WITH
    looks AS (
        SELECT 'now' AS seen, CAST(NULL AS VARCHAR) AS judged, 0 AS back
        UNION ALL
        SELECT 'before' AS seen, 'now' AS judged, 1 AS back
        UNION ALL
        SELECT 'earlier' AS seen, 'before' AS judged, 2 AS back
    )
SELECT
    looks.seen,
    looks.judged,
    CAST(clock.as_of - INTERVAL '1' DAY * (leads.horizon_days * (looks.back + 1)) AS DATE) AS since_on,
    CAST(clock.as_of - INTERVAL '1' DAY * (leads.horizon_days * looks.back) AS DATE) AS seen_on,
    CASE
        WHEN looks.back = 0 THEN clock.known_at
        ELSE clock.looked_at - INTERVAL '1' DAY * (leads.horizon_days * looks.back)
    END AS known_at
FROM
    looks
    CROSS JOIN policy.clock
    CROSS JOIN policy.leads

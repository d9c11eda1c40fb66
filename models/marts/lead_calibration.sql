-- description: Chances that were told one horizon (policy) ago, held against what came, by how high they were.
-- grain: [signal, chance_band]
-- columns:
--   chance_band: Chances up to 10, 25, 50, 75 and 100 %.
--   cases: Leads told with such a chance.
--   expected_wins: Sum of their chances.
--   wins: Those that came.
-- audits:
--   - unique: [signal, chance_band]
WITH
    told AS (
        SELECT
            candidates.signal,
            candidates.came,
            rates.chance
        FROM
            core.lead_candidates AS candidates
            INNER JOIN core.lead_rates AS rates
                ON rates.seen = candidates.seen
                AND rates.signal = candidates.signal
                AND rates.is_strong = (candidates.score >= rates.edge)
        WHERE candidates.seen = 'before' AND candidates.is_told
    ),
    banded AS (
        SELECT
            signal,
            came,
            chance,
            CASE
                WHEN chance <= 0.1 THEN '0-10'
                WHEN chance <= 0.25 THEN '10-25'
                WHEN chance <= 0.5 THEN '25-50'
                WHEN chance <= 0.75 THEN '50-75'
                ELSE '75-100'
            END AS chance_band
        FROM told
    )
SELECT
    signal,
    chance_band,
    COUNT(*) AS cases,
    COUNT(*) FILTER (WHERE came) AS wins,
    CAST(SUM(CAST(chance AS DECIMAL(18, 9))) AS DOUBLE) AS expected_wins
FROM banded
GROUP BY signal, chance_band

-- description: How often a signal came true between the look before and this one, apart for stronger and weaker ones. From what was known at the look alone.
-- grain: [seen, signal, is_strong]
-- columns:
--   is_strong: Of leads with a score at the edge or above.
--   edge: From this score on a lead counts as stronger, the mean of those told at the look before.
--   cases: Leads told at the look before.
--   wins: Of them, those that came until this one.
--   chance: Wins of cases, leaning on those of the whole signal where there are few.
-- audits:
--   - unique: [seen, signal, is_strong]
WITH
    told AS (
        SELECT
            looks.judged AS seen,
            candidates.signal,
            candidates.score,
            candidates.came,
            AVG(CAST(candidates.score AS DECIMAL(18, 9))) OVER (
                PARTITION BY candidates.seen, candidates.signal
            ) AS edge
        FROM
            core.lead_candidates AS candidates
            INNER JOIN core.lead_looks AS looks ON looks.seen = candidates.seen
        WHERE candidates.is_told AND looks.judged IS NOT NULL
    ),
    whole AS (
        SELECT
            seen,
            signal,
            MAX(edge) AS edge,
            COUNT(*) AS cases,
            COUNT(*) FILTER (WHERE came) AS wins
        FROM told
        GROUP BY seen, signal
    ),
    parts AS (
        SELECT seen, signal, TRUE AS is_strong FROM whole
        UNION ALL
        SELECT seen, signal, FALSE AS is_strong FROM whole
    ),
    counted AS (
        SELECT
            seen,
            signal,
            score >= edge AS is_strong,
            COUNT(*) AS cases,
            COUNT(*) FILTER (WHERE came) AS wins
        FROM told
        GROUP BY seen, signal, score >= edge
    )
SELECT
    parts.seen,
    parts.signal,
    parts.is_strong,
    CAST(whole.edge AS DOUBLE) AS edge,
    COALESCE(counted.cases, 0) AS cases,
    COALESCE(counted.wins, 0) AS wins,
    (
        CAST(COALESCE(counted.wins, 0) AS DOUBLE) + 10 * CAST(whole.wins + 0.5 AS DOUBLE) / CAST(
            whole.cases + 1 AS DOUBLE
        )
    ) / CAST(COALESCE(counted.cases, 0) + 10 AS DOUBLE) AS chance
FROM
    parts
    INNER JOIN whole ON whole.seen = parts.seen AND whole.signal = parts.signal
    LEFT JOIN counted
        ON counted.seen = parts.seen
        AND counted.signal = parts.signal
        AND counted.is_strong = parts.is_strong

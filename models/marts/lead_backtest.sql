-- description: Each signal held against what came. Fitted and told on the day one horizon (policy) ago from what was known then alone, judged by what came since.
-- grain: [signal]
-- columns:
--   told: Leads it told that day.
--   wins: Of them, those that came.
--   first_leads: The surest of them that are looked at, at most 50.
--   first_wins: Of those, those that came.
--   precision_share: First wins as a share of first leads.
--   precision_low: Lower end of its 95 % interval (Wilson).
--   random_share: Share that came of all that the signal could have told of.
--   largest_share: Share that came of as many, customers who had bought most first.
--   lift_random: Precision divided by the random share.
--   lift_largest: Precision divided by the largest-first share.
--   expected_wins: Sum of the chances that were told.
--   verdict: lift, where even the lower end lies above random and the precision above largest-first; no_lift; too_few, below 20 leads.
--   decided: Leads that sales has decided on.
--   dismissed: Of them, those that were dismissed.
--   fitted_on: The day.
-- audits:
--   - unique: [signal]
WITH
    looked AS (
        SELECT
            candidates.signal,
            candidates.customer_id,
            candidates.object_id,
            candidates.is_told,
            candidates.came,
            rates.chance,
            ROW_NUMBER() OVER (
                PARTITION BY candidates.signal
                ORDER BY
                    CASE
                        WHEN candidates.is_told THEN 0
                        ELSE 1
                    END,
                    COALESCE(rates.chance, 0) DESC,
                    candidates.score DESC,
                    candidates.customer_id,
                    candidates.object_id
            ) AS place,
            ROW_NUMBER() OVER (
                PARTITION BY candidates.signal
                ORDER BY candidates.spent DESC, candidates.customer_id, candidates.object_id
            ) AS largest_place
        FROM
            core.lead_candidates AS candidates
            LEFT JOIN core.lead_rates AS rates
                ON rates.seen = candidates.seen
                AND rates.signal = candidates.signal
                AND rates.is_strong = (candidates.score >= rates.edge)
        WHERE candidates.seen = 'before'
    ),
    sizes AS (
        SELECT
            signal,
            COUNT(*) FILTER (WHERE is_told) AS told,
            COUNT(*) FILTER (WHERE is_told AND came) AS wins,
            LEAST(COUNT(*) FILTER (WHERE is_told), 50) AS first_leads,
            CAST(COUNT(*) FILTER (WHERE came) AS DOUBLE) / CAST(COUNT(*) AS DOUBLE) AS random_share,
            CAST(SUM(CAST(chance AS DECIMAL(18, 9))) FILTER (WHERE is_told) AS DOUBLE) AS expected_wins
        FROM looked
        GROUP BY signal
    ),
    firsts AS (
        SELECT
            looked.signal,
            COUNT(*) FILTER (
                WHERE looked.came AND looked.is_told AND looked.place <= sizes.first_leads
            ) AS first_wins,
            COUNT(*) FILTER (WHERE looked.came AND looked.largest_place <= sizes.first_leads) AS largest_wins
        FROM
            looked
            INNER JOIN sizes ON sizes.signal = looked.signal
        GROUP BY looked.signal
    ),
    shares AS (
        SELECT
            sizes.*,
            firsts.first_wins,
            CAST(firsts.first_wins AS DOUBLE) / NULLIF(
                CAST(sizes.first_leads AS DOUBLE),
                0
            ) AS precision_share,
            CAST(firsts.largest_wins AS DOUBLE) / NULLIF(
                CAST(sizes.first_leads AS DOUBLE),
                0
            ) AS largest_share,
            NULLIF(CAST(sizes.first_leads AS DOUBLE), 0) AS n
        FROM
            sizes
            INNER JOIN firsts ON firsts.signal = sizes.signal
    ),
    bounded AS (
        SELECT
            shares.*,
            (
                precision_share + 3.8415 / (2 * n) - 1.96 * SQRT(
                    precision_share * (1 - precision_share) / n + 3.8415 / (4 * n * n)
                )
            ) / (1 + 3.8415 / n) AS precision_low
        FROM shares
    ),
    decisions AS (
        SELECT
            signals.signal,
            COUNT(*) AS decided,
            COUNT(*) FILTER (WHERE decided.kind = 'dismissed') AS dismissed
        FROM
            sizes AS signals
            INNER JOIN staging.lead_decisions AS decided
                ON decided.is_newest AND STRPOS(decided.lead_id, CONCAT(signals.signal, '/')) = 1
        GROUP BY signals.signal
    )
SELECT
    bounded.signal,
    CASE
        WHEN bounded.told < 20 THEN 'too_few'
        WHEN bounded.precision_low > bounded.random_share
        AND bounded.precision_share > bounded.largest_share THEN 'lift'
        ELSE 'no_lift'
    END AS verdict,
    bounded.told,
    bounded.wins,
    bounded.first_leads,
    bounded.first_wins,
    bounded.precision_share,
    GREATEST(bounded.precision_low, 0) AS precision_low,
    bounded.random_share,
    bounded.largest_share,
    bounded.precision_share / NULLIF(bounded.random_share, 0) AS lift_random,
    bounded.precision_share / NULLIF(bounded.largest_share, 0) AS lift_largest,
    bounded.expected_wins,
    COALESCE(decisions.decided, 0) AS decided,
    COALESCE(decisions.dismissed, 0) AS dismissed,
    looks.seen_on AS fitted_on
FROM
    bounded
    INNER JOIN core.lead_looks AS looks ON looks.seen = 'before'
    LEFT JOIN decisions ON decisions.signal = bounded.signal

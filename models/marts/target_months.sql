-- description: What is planned for each month; a target of several months counts evenly for each of them, to the cent, and those of one month together.
-- grain: [target_metric, scope, month]
-- columns:
--   target_metric: The figure that is planned, by its name.
--   scope: Whom it is for; company, a region, or the id of a person.
--   scope_level: company, region, or other.
--   region: The region, where it is for one; so that who may see one region sees its targets only.
--   month: First day of the month.
--   target: Planned for the month. The months of a target sum to it.
-- audits:
--   - unique: [target_metric, scope, month]
WITH
    places AS (
        SELECT place
        FROM
            (
                VALUES
                    (0),
                    (1),
                    (2),
                    (3),
                    (4),
                    (5),
                    (6),
                    (7),
                    (8),
                    (9),
                    (10),
                    (11)
            ) AS twelve (place)
    ),
    regions AS (SELECT DISTINCT region FROM core.customers)
SELECT
    periods.target_metric,
    periods.scope,
    CASE
        WHEN periods.scope = 'company' THEN 'company'
        WHEN regions.region IS NOT NULL THEN 'region'
        ELSE 'other'
    END AS scope_level,
    regions.region,
    -- Rounded up to each month's end, so that the months sum to the target.
    CAST(
        SUM(
            CAST(ROUND(periods.target * (places.place + 1) / periods.months, 2) AS DECIMAL(18, 2)) - CAST(
                ROUND(periods.target * places.place / periods.months, 2) AS DECIMAL(18, 2)
            )
        ) AS DECIMAL(18, 2)
    ) AS target,
    CAST(date_trunc('month', periods.target_from) + INTERVAL '1' MONTH * places.place AS DATE) AS month
FROM
    core.target_periods AS periods
    INNER JOIN places ON places.place < periods.months
    LEFT JOIN regions ON regions.region = periods.scope
GROUP BY
    periods.target_metric,
    periods.scope,
    regions.region,
    CAST(date_trunc('month', periods.target_from) + INTERVAL '1' MONTH * places.place AS DATE)

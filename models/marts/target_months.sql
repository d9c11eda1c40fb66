-- description: What is planned for each month; a target of several months counts evenly for each of them, to the cent.
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
    neighbours AS (
        SELECT
            metric,
            scope,
            value,
            period,
            LEAD(period) OVER in_order AS next_from,
            LAG(period) OVER in_order AS previous_from
        FROM staging.targets
        WINDOW
            in_order AS (
                PARTITION BY metric, scope
                ORDER BY period
            )
    ),
    spans AS (
        SELECT
            metric,
            scope,
            value,
            CAST(date_trunc('month', period) AS DATE) AS first_month,
            -- A month, a quarter or a year. The last target is for as many months as the one before it, a year where it is the only one.
            LEAST(
                COALESCE(
                    CAST(
                        ROUND(
                            CAST(
                                date_diff(
                                    'day',
                                    date_trunc('month', period),
                                    date_trunc('month', next_from)
                                ) AS DOUBLE
                            ) / 30.4375
                        ) AS BIGINT
                    ),
                    CAST(
                        ROUND(
                            CAST(
                                date_diff(
                                    'day',
                                    date_trunc('month', previous_from),
                                    date_trunc('month', period)
                                ) AS DOUBLE
                            ) / 30.4375
                        ) AS BIGINT
                    ),
                    12
                ),
                12
            ) AS months
        FROM neighbours
    ),
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
    spans.metric AS target_metric,
    spans.scope,
    CASE
        WHEN spans.scope = 'company' THEN 'company'
        WHEN regions.region IS NOT NULL THEN 'region'
        ELSE 'other'
    END AS scope_level,
    regions.region,
    -- Rounded up to each month's end, so that the months sum to the target.
    CAST(ROUND(CAST(spans.value AS DOUBLE) * (places.place + 1) / spans.months, 2) AS DECIMAL(18, 2)) - CAST(
        ROUND(CAST(spans.value AS DOUBLE) * places.place / spans.months, 2) AS DECIMAL(18, 2)
    ) AS target,
    CAST(spans.first_month + INTERVAL '1' MONTH * places.place AS DATE) AS month
FROM
    spans
    INNER JOIN places ON places.place < spans.months
    LEFT JOIN regions ON regions.region = spans.scope

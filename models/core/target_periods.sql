-- description: From when to when each target holds, until the next one of its metric and scope and a year at most. The last one holds as long as the one before it, a year where it is the only one.
-- grain: [target_metric, scope, target_from]
-- columns:
--   target_metric: The figure that is planned, by its name.
--   scope: Whom it is for; company, a region, or the id of a person.
--   target: Planned for the whole period.
--   months: Calendar months that it counts for, from the one it begins in.
--   target_from: First day of the period.
--   next_from: The day after its last.
-- audits:
--   - unique: [target_metric, scope, target_from]
WITH
    neighbours AS (
        SELECT
            metric,
            scope,
            value,
            period,
            LEAD(period) OVER in_order AS next_period,
            LAG(period) OVER in_order AS previous_period
        FROM staging.targets
        WINDOW
            in_order AS (
                PARTITION BY metric, scope
                ORDER BY period
            )
    ),
    gaps AS (
        SELECT
            metric,
            scope,
            value,
            period,
            next_period,
            -- Of the last one: as long as the one before it.
            COALESCE(
                date_diff('day', period, next_period),
                date_diff('day', previous_period, period),
                366
            ) AS days,
            COALESCE(
                12 * (EXTRACT(YEAR FROM next_period) - EXTRACT(YEAR FROM period)) + EXTRACT(
                    MONTH FROM next_period
                ) - EXTRACT(MONTH FROM period),
                12 * (EXTRACT(YEAR FROM period) - EXTRACT(YEAR FROM previous_period)) + EXTRACT(
                    MONTH FROM period
                ) - EXTRACT(MONTH FROM previous_period),
                12
            ) AS months
        FROM neighbours
    )
SELECT
    metric AS target_metric,
    scope,
    value AS target,
    GREATEST(LEAST(months, 12), 1) AS months,
    period AS target_from,
    CASE
        WHEN next_period IS NOT NULL
        AND months <= 12 THEN next_period
        -- Targets of some days or weeks.
        WHEN days < 28
        OR months = 0 THEN CAST(period + INTERVAL '1' DAY * days AS DATE)
        ELSE CAST(period + INTERVAL '1' MONTH * LEAST(months, 12) AS DATE)
    END AS next_from
FROM gaps

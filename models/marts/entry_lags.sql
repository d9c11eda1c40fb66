-- description: How long after it happened each record was keyed, by entity, month and span.
-- grain: [entity, month, lag]
-- columns:
--   entity: Entity of the records.
--   lag: Span between what happened and its keying; same_day, 1_day, 3_days, 7_days, 30_days or later, each up to and with its days.
--   month: First day of the month it happened.
--   records: Records of which both days are known.
--   lag_days: Sum of the days between.
-- audits:
--   - unique: [entity, month, lag]
WITH
    keyed AS (
        SELECT 'requests' AS entity, opened_on AS happened_on, recorded_on FROM staging.requests
        UNION ALL
        SELECT 'tasks' AS entity, actual_start_on AS happened_on, feedback_on AS recorded_on
        FROM staging.tasks
        UNION ALL
        SELECT 'expenses' AS entity, incurred_on AS happened_on, recorded_on FROM staging.expenses
        UNION ALL
        SELECT 'maintenance_records' AS entity, performed_on AS happened_on, recorded_on
        FROM staging.maintenance_records
        UNION ALL
        SELECT 'assets' AS entity, installed_on AS happened_on, recorded_on FROM staging.assets
        UNION ALL
        SELECT 'customers' AS entity, registered_on AS happened_on, recorded_on FROM staging.customers
        UNION ALL
        SELECT 'contracts' AS entity, starts_on AS happened_on, recorded_on FROM staging.contracts
        UNION ALL
        SELECT 'opportunities' AS entity, opened_on AS happened_on, recorded_on FROM staging.opportunities
    ),
    measured AS (
        SELECT
            keyed.entity,
            keyed.happened_on,
            GREATEST(DATE_DIFF('day', keyed.happened_on, keyed.recorded_on), 0) AS days
        FROM
            keyed
            CROSS JOIN policy.clock
        WHERE keyed.happened_on <= clock.as_of AND keyed.recorded_on IS NOT NULL
    ),
    spanned AS (
        SELECT
            *,
            CASE
                WHEN days = 0 THEN 'same_day'
                WHEN days <= 1 THEN '1_day'
                WHEN days <= 3 THEN '3_days'
                WHEN days <= 7 THEN '7_days'
                WHEN days <= 30 THEN '30_days'
                ELSE 'later'
            END AS lag
        FROM measured
    )
SELECT
    entity,
    lag,
    COUNT(*) AS records,
    COALESCE(SUM(days), 0) AS lag_days,
    CAST(DATE_TRUNC('month', happened_on) AS DATE) AS month
FROM spanned
GROUP BY entity, lag, DATE_TRUNC('month', happened_on)

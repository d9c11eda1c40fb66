-- description: How long after it happened each record was keyed, by entity, month, span and who keys it. What happened before records are judged is left out.
-- grain: [entity, role, month, lag, employee_id, dealer_id]
-- columns:
--   entity: Entity of the records.
--   role: The role that keys such records.
--   person: Name of who had to key them; nobody where no person is named.
--   dealer_name: Name of the dealer who had to report them; none where no dealer had to.
--   lag: Span between what happened and its keying; same_day, 1_day, 3_days, 7_days, 30_days or later, each up to and with its days.
--   month: First day of the month it happened.
--   records: Records of which both days are known.
--   lag_days: Sum of the days between.
-- audits:
--   - unique: [entity, role, month, lag, employee_id, dealer_id]
WITH
    keyed AS (
        SELECT
            'requests' AS entity,
            'service_desk' AS role,
            opened_by_id AS employee_id,
            CAST(NULL AS VARCHAR) AS dealer_id,
            opened_on AS happened_on,
            recorded_on
        FROM staging.requests
        UNION ALL
        SELECT
            'tasks' AS entity,
            'engineer' AS role,
            employee_id AS employee_id,
            CAST(NULL AS VARCHAR) AS dealer_id,
            actual_start_on AS happened_on,
            feedback_on AS recorded_on
        FROM staging.tasks
        UNION ALL
        SELECT
            'expenses' AS entity,
            'finance' AS role,
            employee_id AS employee_id,
            CAST(NULL AS VARCHAR) AS dealer_id,
            incurred_on AS happened_on,
            recorded_on
        FROM staging.expenses
        UNION ALL
        SELECT
            'maintenance_records' AS entity,
            'engineer' AS role,
            employee_id AS employee_id,
            CAST(NULL AS VARCHAR) AS dealer_id,
            performed_on AS happened_on,
            recorded_on
        FROM staging.maintenance_records
        UNION ALL
        SELECT
            'assets' AS entity,
            CASE
                WHEN dealer_id IS NULL THEN 'service_manager'
                ELSE 'dealer'
            END AS role,
            recorded_by AS employee_id,
            dealer_id AS dealer_id,
            installed_on AS happened_on,
            recorded_on
        FROM staging.assets
        UNION ALL
        SELECT
            'customers' AS entity,
            CASE
                WHEN kind = 'indirect' THEN 'dealer'
                ELSE 'sales'
            END AS role,
            recorded_by AS employee_id,
            CASE
                WHEN kind = 'indirect' THEN dealer_id
            END AS dealer_id,
            registered_on AS happened_on,
            recorded_on
        FROM staging.customers
        UNION ALL
        SELECT
            'contracts' AS entity,
            'sales' AS role,
            recorded_by AS employee_id,
            CAST(NULL AS VARCHAR) AS dealer_id,
            starts_on AS happened_on,
            recorded_on
        FROM staging.contracts
        UNION ALL
        SELECT
            'opportunities' AS entity,
            'sales' AS role,
            owner_id AS employee_id,
            CAST(NULL AS VARCHAR) AS dealer_id,
            opened_on AS happened_on,
            recorded_on
        FROM staging.opportunities
    ),
    measured AS (
        SELECT
            keyed.*,
            GREATEST(DATE_DIFF('day', keyed.happened_on, keyed.recorded_on), 0) AS days
        FROM
            keyed
            CROSS JOIN policy.clock
            CROSS JOIN policy.settings
        WHERE
            keyed.happened_on BETWEEN COALESCE(settings.records_from, keyed.happened_on) AND clock.as_of
            AND keyed.recorded_on IS NOT NULL
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
    spanned.entity,
    COALESCE(spanned.employee_id, 'nobody') AS employee_id,
    COALESCE(spanned.dealer_id, 'none') AS dealer_id,
    spanned.role,
    COALESCE(MAX(employees.employee_name), spanned.employee_id, 'nobody') AS person,
    COALESCE(MAX(dealers.name), spanned.dealer_id, 'none') AS dealer_name,
    spanned.lag,
    COUNT(*) AS records,
    COALESCE(SUM(spanned.days), 0) AS lag_days,
    CAST(DATE_TRUNC('month', spanned.happened_on) AS DATE) AS month
FROM
    spanned
    LEFT JOIN core.employees ON employees.employee_id = spanned.employee_id
    LEFT JOIN staging.dealers ON dealers.dealer_id = spanned.dealer_id
GROUP BY
    spanned.entity,
    spanned.role,
    spanned.lag,
    spanned.employee_id,
    spanned.dealer_id,
    DATE_TRUNC('month', spanned.happened_on)

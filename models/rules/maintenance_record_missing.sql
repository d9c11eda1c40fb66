-- description: Visit or repair without a maintenance record; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: maintenance_records
--   role: engineer
--   weight: 2
--   words: { en: Visit or repair without a maintenance record, zh: 上门或维修后没有维护记录 }
--   remedy: { en: Write down what was done to the machine., zh: 补填设备维护记录。 }
WITH
    work AS (
        SELECT
            tasks.request_id,
            tasks.employee_id,
            tasks.actual_end_on,
            COALESCE(tasks.actual_end_on <= clock.as_of, FALSE) AS is_done,
            ROW_NUMBER() OVER (
                PARTITION BY tasks.request_id
                ORDER BY tasks.actual_end DESC, tasks.task_id DESC
            ) AS place
        FROM
            staging.tasks
            CROSS JOIN policy.clock
        WHERE
            tasks.request_id IS NOT NULL
            AND (tasks.kind = 'repair' OR tasks.kind IN (SELECT kind FROM policy.visit_kinds))
    ),
    finished AS (
        SELECT
            request_id,
            MAX(
                CASE
                    WHEN place = 1 THEN employee_id
                END
            ) AS employee_id,
            MAX(actual_end_on) AS ended_on
        FROM work
        GROUP BY request_id
        HAVING COUNT(*) = COUNT(*) FILTER (WHERE is_done)
    ),
    written AS (
        SELECT DISTINCT request_id
        FROM
            staging.maintenance_records
            CROSS JOIN policy.clock
        WHERE performed_on <= as_of
    )
SELECT
    finished.request_id AS record_id,
    requests.customer_id,
    finished.employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    finished.ended_on AS happened_on,
    -- Until the day is over the record may still come.
    written.request_id IS NULL
    AND finished.ended_on < clock.as_of AS is_fault
FROM
    finished
    INNER JOIN staging.requests ON requests.request_id = finished.request_id
    CROSS JOIN policy.clock
    LEFT JOIN written ON written.request_id = finished.request_id

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
            tasks.task_id,
            tasks.request_id,
            tasks.employee_id,
            requests.customer_id,
            requests.asset_id,
            COALESCE(tasks.actual_start_on, tasks.actual_end_on) AS began_on,
            tasks.actual_end_on AS ended_on
        FROM
            staging.tasks
            CROSS JOIN policy.clock
            INNER JOIN staging.requests ON requests.request_id = tasks.request_id
        WHERE
            tasks.actual_end_on <= clock.as_of
            AND (tasks.kind = 'repair' OR tasks.kind IN (SELECT kind FROM policy.visit_kinds))
    ),
    -- A record belongs to what was done that day for its request; one that names no request, to what its writer did on the machine.
    written AS (
        SELECT work.task_id
        FROM
            work
            CROSS JOIN policy.clock
            INNER JOIN staging.maintenance_records AS records
                ON records.request_id = work.request_id
                AND records.performed_on BETWEEN work.began_on AND work.ended_on
        WHERE records.performed_on <= clock.as_of
        UNION
        SELECT work.task_id
        FROM
            work
            CROSS JOIN policy.clock
            INNER JOIN staging.maintenance_records AS records
                ON records.asset_id = work.asset_id
                AND records.request_id IS NULL
                AND records.employee_id = work.employee_id
                AND records.performed_on BETWEEN work.began_on AND work.ended_on
        WHERE records.performed_on <= clock.as_of
    )
SELECT
    work.task_id AS record_id,
    work.customer_id,
    work.employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    work.ended_on AS happened_on,
    -- Until the day is over the record may still come.
    written.task_id IS NULL
    AND work.ended_on < clock.as_of AS is_fault
FROM
    work
    CROSS JOIN policy.clock
    LEFT JOIN written ON written.task_id = work.task_id

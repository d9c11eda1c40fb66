-- description: Two tasks of one person at the same time; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: tasks
--   role: engineer
--   weight: 2
--   lasting: true
--   words: { en: Two tasks of one person at the same time, zh: 同一人的任务时间重叠 }
--   remedy: { en: Plan them one after the other., zh: 错开任务时间。 }
WITH
    timed AS (
        SELECT
            tasks.task_id,
            tasks.customer_id,
            tasks.employee_id,
            tasks.actual_end_on,
            tasks.actual_start,
            MAX(tasks.actual_end) OVER (
                PARTITION BY tasks.employee_id
                ORDER BY tasks.actual_start, tasks.actual_end, tasks.task_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS busy_until
        FROM
            staging.tasks
            CROSS JOIN policy.clock
        WHERE tasks.actual_end_on <= clock.as_of AND tasks.actual_end > tasks.actual_start
    )
SELECT
    task_id AS record_id,
    customer_id,
    employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    actual_end_on AS happened_on,
    COALESCE(actual_start < busy_until, FALSE) AS is_fault
FROM timed

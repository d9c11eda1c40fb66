-- description: Work done without hours; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: tasks
--   role: engineer
--   weight: 3
--   words: { en: Work done without hours, zh: 任务完成但没有工时 }
--   remedy: { en: Enter the minutes worked., zh: 补填实际工时。 }
SELECT
    tasks.task_id AS record_id,
    tasks.customer_id,
    tasks.employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    tasks.actual_end_on AS happened_on,
    tasks.actual_minutes IS NULL AS is_fault
FROM
    staging.tasks
    CROSS JOIN policy.clock
WHERE tasks.actual_end_on <= clock.as_of

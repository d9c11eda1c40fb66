-- description: Work done that was not planned; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: tasks
--   role: engineer
--   weight: 1
--   lasting: true
--   words: { en: Work done that was not planned, zh: 任务未经计划 }
--   remedy: { en: Plan the task before it begins., zh: 任务开始前先做计划。 }
SELECT
    tasks.task_id AS record_id,
    tasks.customer_id,
    tasks.employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    tasks.actual_end_on AS happened_on,
    tasks.planned_start IS NULL AS is_fault
FROM
    staging.tasks
    CROSS JOIN policy.clock
WHERE tasks.actual_end_on <= clock.as_of

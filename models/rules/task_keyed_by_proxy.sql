-- description: Task entered by somebody else; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: tasks
--   role: engineer
--   weight: 1
--   lasting: true
--   words: { en: Task entered by somebody else, zh: 任务由他人代录 }
--   remedy: { en: Whoever does the work enters it., zh: 由执行人本人录入。 }
SELECT
    tasks.task_id AS record_id,
    tasks.customer_id,
    tasks.employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    tasks.actual_end_on AS happened_on,
    tasks.recorded_by != tasks.employee_id AS is_fault
FROM
    staging.tasks
    CROSS JOIN policy.clock
WHERE tasks.actual_end_on <= clock.as_of AND tasks.recorded_by IS NOT NULL

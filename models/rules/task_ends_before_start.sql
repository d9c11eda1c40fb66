-- description: Task that ends before it starts; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: tasks
--   role: engineer
--   weight: 2
--   words: { en: Task that ends before it starts, zh: 任务结束早于开始 }
--   remedy: { en: Correct start or end. Until then its hours are those entered., zh: 更正开始或结束时间；更正前按所填工时计算。 }
SELECT
    tasks.task_id AS record_id,
    tasks.customer_id,
    tasks.employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    tasks.actual_end_on AS happened_on,
    tasks.actual_end < tasks.actual_start AS is_fault
FROM
    staging.tasks
    CROSS JOIN policy.clock
WHERE tasks.actual_end_on <= clock.as_of AND tasks.actual_start IS NOT NULL

-- description: Work done without feedback; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: tasks
--   role: engineer
--   weight: 2
--   words: { en: Work done without feedback, zh: 任务完成后没有反馈 }
--   remedy: { en: Enter what was found and done., zh: 补填任务反馈。 }
SELECT
    tasks.task_id AS record_id,
    tasks.customer_id,
    tasks.employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    tasks.actual_end_on AS happened_on,
    tasks.feedback_at IS NULL OR tasks.feedback_on > clock.as_of AS is_fault
FROM
    staging.tasks
    CROSS JOIN policy.clock
WHERE tasks.actual_end_on <= clock.as_of

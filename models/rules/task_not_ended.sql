-- description: Task begun and not ended for days; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: tasks
--   role: engineer
--   weight: 2
--   words: { en: 'Task begun, and not ended for days', zh: 任务已开始但多日未结束 }
--   remedy: { en: 'Enter when the work ended, or that it was broken off. Until then it counts no hours.', zh: 补填任务结束时间或注明中止；补填前不计工时。 }
SELECT
    tasks.task_id AS record_id,
    tasks.customer_id,
    tasks.employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    tasks.actual_start_on AS happened_on,
    COALESCE(tasks.actual_end_on > clock.as_of, TRUE)
    AND DATE_DIFF('day', tasks.actual_start_on, clock.as_of) > settings.untouched_days AS is_fault
FROM
    staging.tasks
    CROSS JOIN policy.clock
    CROSS JOIN policy.settings
WHERE tasks.actual_start_on <= clock.as_of

-- description: Task begun or ended in the future; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: tasks
--   role: engineer
--   weight: 2
--   words: { en: Task begun or ended in the future, zh: 任务的实际时间在未来 }
--   remedy: { en: Correct the time. Until then it counts in no figure., zh: 更正时间；更正前不计入任何数字。 }
SELECT
    tasks.task_id AS record_id,
    tasks.customer_id,
    tasks.employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    LEAST(COALESCE(tasks.actual_start_on, tasks.actual_end_on), clock.as_of) AS happened_on,
    GREATEST(
        COALESCE(tasks.actual_start, tasks.actual_end),
        COALESCE(tasks.actual_end, tasks.actual_start)
    ) > clock.known_at + INTERVAL '1' DAY AS is_fault
FROM
    staging.tasks
    CROSS JOIN policy.clock
WHERE
    COALESCE(tasks.actual_start_on, tasks.actual_end_on) <= clock.as_of
    OR COALESCE(tasks.actual_start, tasks.actual_end) > clock.known_at + INTERVAL '1' DAY

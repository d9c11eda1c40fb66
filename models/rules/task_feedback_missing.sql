-- description: Work done more than one working day ago without feedback; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: tasks
--   role: engineer
--   weight: 2
--   words: { en: No feedback one working day after the work, zh: 任务完成一个工作日后仍无反馈 }
--   remedy: { en: Enter what was found and done., zh: 补填任务反馈。 }
WITH
    done AS (
        SELECT
            tasks.task_id,
            tasks.customer_id,
            tasks.employee_id,
            tasks.actual_end_on,
            COALESCE(tasks.feedback_on > clock.as_of, TRUE) AS is_missing,
            DATE_DIFF('second', TIMESTAMP '1970-01-01 00:00:00', tasks.actual_end) AS ended_second,
            DATE_DIFF('second', TIMESTAMP '1970-01-01 00:00:00', clock.looked_at) AS looked_second
        FROM
            staging.tasks
            CROSS JOIN policy.clock
        WHERE tasks.actual_end_on <= clock.as_of
    ),
    worked AS (
        SELECT
            done.*,
            ended.worked_before + GREATEST(
                0,
                LEAST(done.ended_second - 900 * ended.quarter, ended.works_until) - ended.works_from
            ) AS ended_worked,
            looked.worked_before + GREATEST(
                0,
                LEAST(done.looked_second - 900 * looked.quarter, looked.works_until) - looked.works_from
            ) AS looked_worked
        FROM
            done
            LEFT JOIN staging.working_quarters AS ended
                ON ended.calendar_id = 'default'
                AND ended.quarter = CAST(FLOOR(CAST(done.ended_second AS DOUBLE) / 900) AS BIGINT)
            LEFT JOIN staging.working_quarters AS looked
                ON looked.calendar_id = 'default'
                AND looked.quarter = CAST(FLOOR(CAST(done.looked_second AS DOUBLE) / 900) AS BIGINT)
    )
SELECT
    worked.task_id AS record_id,
    worked.customer_id,
    worked.employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    worked.actual_end_on AS happened_on,
    -- Work older than the years that calendars are kept for was done more than a day ago.
    worked.is_missing
    AND COALESCE(
        worked.looked_worked - worked.ended_worked > 60 * settings.working_day_minutes,
        TRUE
    ) AS is_fault
FROM
    worked
    CROSS JOIN policy.settings

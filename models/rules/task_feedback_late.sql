-- description: Feedback later than one working day; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: tasks
--   role: engineer
--   weight: 1
--   lasting: true
--   words: { en: Feedback later than one working day, zh: 任务反馈超过一个工作日 }
--   remedy: { en: Give feedback on the day of the work., zh: 任务当日反馈。 }
WITH
    given AS (
        SELECT
            tasks.task_id,
            tasks.customer_id,
            tasks.employee_id,
            tasks.actual_end_on,
            DATE_DIFF('second', TIMESTAMP '1970-01-01 00:00:00', tasks.actual_end) AS ended_second,
            DATE_DIFF('second', TIMESTAMP '1970-01-01 00:00:00', tasks.feedback_at) AS given_second
        FROM
            staging.tasks
            CROSS JOIN policy.clock
        WHERE tasks.actual_end_on <= clock.as_of AND tasks.feedback_on <= clock.as_of
    ),
    worked AS (
        SELECT
            given.*,
            ended.worked_before + GREATEST(
                0,
                LEAST(given.ended_second - 900 * ended.quarter, ended.works_until) - ended.works_from
            ) AS ended_worked,
            reported.worked_before + GREATEST(
                0,
                LEAST(given.given_second - 900 * reported.quarter, reported.works_until) - reported.works_from
            ) AS given_worked
        FROM
            given
            LEFT JOIN staging.working_quarters AS ended
                ON ended.calendar_id = 'default'
                AND ended.quarter = CAST(FLOOR(CAST(given.ended_second AS DOUBLE) / 900) AS BIGINT)
            LEFT JOIN staging.working_quarters AS reported
                ON reported.calendar_id = 'default'
                AND reported.quarter = CAST(FLOOR(CAST(given.given_second AS DOUBLE) / 900) AS BIGINT)
    )
SELECT
    worked.task_id AS record_id,
    worked.customer_id,
    worked.employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    worked.actual_end_on AS happened_on,
    COALESCE(worked.given_worked - worked.ended_worked > 60 * settings.working_day_minutes, FALSE) AS is_fault
FROM
    worked
    CROSS JOIN policy.settings

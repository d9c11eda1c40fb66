-- description: Every request that still waits for its first response, with the time that is left until its promise breaks.
-- grain: [request_id]
-- columns:
--   response_calendar: The working calendar by which the time runs; around_the_clock where every minute counts.
--   response_minutes_left: Working minutes from the moment the figures are of until the response is due; negative is too late.
-- audits:
--   - unique: [request_id]
WITH
    waiting AS (
        SELECT
            promises.request_id,
            promises.calendar_id,
            promises.promise_kind,
            DATE_DIFF('second', TIMESTAMP '1970-01-01 00:00:00', promises.response_due_at) AS due_second,
            DATE_DIFF('second', TIMESTAMP '1970-01-01 00:00:00', clock.looked_at) AS looked_second
        FROM
            core.promises
            CROSS JOIN policy.clock
            INNER JOIN core.requests ON requests.request_id = promises.request_id
        WHERE
            promises.response_due_at IS NOT NULL
            AND requests.first_response_elapsed_minutes IS NULL
            AND NOT requests.is_resolved
            AND COALESCE(promises.is_promise_kept, FALSE) = FALSE
    ),
    placed AS (
        SELECT
            *,
            CAST(FLOOR(CAST(due_second AS DOUBLE) / 900) AS BIGINT) AS due_quarter,
            CAST(FLOOR(CAST(looked_second AS DOUBLE) / 900) AS BIGINT) AS looked_quarter
        FROM waiting
    ),
    worked AS (
        SELECT
            placed.*,
            due.worked_before + GREATEST(
                0,
                LEAST(placed.due_second - 900 * placed.due_quarter, due.works_until) - due.works_from
            ) AS due_worked,
            looked.worked_before + GREATEST(
                0,
                LEAST(
                    placed.looked_second - 900 * placed.looked_quarter,
                    looked.works_until
                ) - looked.works_from
            ) AS looked_worked
        FROM
            placed
            LEFT JOIN staging.working_quarters AS due
                ON due.calendar_id = placed.calendar_id AND due.quarter = placed.due_quarter
            LEFT JOIN staging.working_quarters AS looked
                ON looked.calendar_id = placed.calendar_id AND looked.quarter = placed.looked_quarter
    )
SELECT
    request_id,
    CASE
        WHEN promise_kind = 'around_the_clock' THEN 'around_the_clock'
        ELSE calendar_id
    END AS response_calendar,
    CAST(
        CASE
            WHEN promise_kind = 'around_the_clock' THEN CAST(due_second - looked_second AS DOUBLE) / 60
            ELSE CAST(due_worked - looked_worked AS DOUBLE) / 60
        END AS DECIMAL(18, 2)
    ) AS response_minutes_left
FROM worked

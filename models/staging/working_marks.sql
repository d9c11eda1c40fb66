-- description: When each quarter of an hour of working time is reached, by calendar; the way back from working time to an instant.
-- grain: [calendar_id, worked_quarter]
-- materialised: table
-- columns:
--   calendar_id: Working calendar of policy.calendars.
--   worked_quarter: Quarters of an hour worked since the first quarter of staging.working_quarters.
--   reached_at: The first instant at which so much was worked, in UTC.
--   seconds_until_break: Seconds of work after it until the next break.
--   break_seconds: How long that break is, a night or a weekend included.
WITH
    pieces AS (
        SELECT
            calendar_id,
            quarter * 900 + works_from AS starts_second,
            quarter * 900 + works_until AS ends_second,
            worked_before,
            worked_before + works_until - works_from AS worked_after,
            LEAD(quarter * 900 + works_from) OVER (
                PARTITION BY calendar_id
                ORDER BY quarter
            ) AS next_second
        FROM staging.working_quarters
        WHERE works_until > works_from
    ),
    -- The last piece before each break says where work ends and where it goes on.
    broken AS (
        SELECT
            *,
            FIRST_VALUE(
                CASE
                    WHEN next_second != ends_second THEN ends_second
                END
                IGNORE NULLS
            ) OVER ahead AS break_second,
            FIRST_VALUE(
                CASE
                    WHEN next_second != ends_second THEN next_second
                END
                IGNORE NULLS
            ) OVER ahead AS resumes_second
        FROM pieces
        WINDOW
            ahead AS (
                PARTITION BY calendar_id
                ORDER BY starts_second
                ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
            )
    ),
    reached AS (
        SELECT
            *,
            CASE
                WHEN worked_before = 0 THEN 0
                ELSE worked_after // 900
            END AS worked_quarter,
            starts_second + CASE
                WHEN worked_before = 0 THEN 0
                ELSE 900 * (worked_after // 900) - worked_before
            END AS reached_second
        FROM broken
        WHERE worked_before = 0 OR worked_after // 900 > worked_before // 900
    )
SELECT
    calendar_id,
    worked_quarter,
    MAKE_TIMESTAMP(reached_second * 1000000) AS reached_at,
    break_second - reached_second AS seconds_until_break,
    resumes_second - break_second AS break_seconds
FROM reached

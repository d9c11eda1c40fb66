-- description: Every quarter of an hour of each working calendar, with the time worked before it. Working time between two instants is the difference of what was worked before each.
-- grain: [calendar_id, quarter]
-- materialised: table
-- columns:
--   calendar_id: Working calendar of policy.calendars.
--   quarter: Quarters of an hour since 1970 in UTC.
--   worked_before: Seconds worked from the first quarter on until this one begins.
--   works_from: Seconds after its beginning at which work begins; 0 where nobody works in it.
--   works_until: Seconds after its beginning at which work ends; 0 where nobody works in it.
--   opens_until: Seconds after its beginning until which a request still counts as opened on that day; 0 on days off.
--   next_business_day_due_at: The end of the first working day after this one, for a request that counts as opened on this day.
--   late_due_at: The end of the second one, for a request that counts as opened on the next working day.
-- audits:
--   - not_null: [calendar_id, quarter, worked_before]
WITH
    bounds AS (
        SELECT
            CAST(DATE_TRUNC('year', as_of) - INTERVAL '10' YEAR AS TIMESTAMP) AS first_at,
            CAST(DATE_TRUNC('year', as_of) + INTERVAL '3' YEAR AS TIMESTAMP) AS last_at
        FROM policy.clock
    ),
    quarters AS (
        SELECT
            calendars.calendar_id,
            calendars.time_zone,
            calendars.cut_off_minute,
            calendars.make_up_weekday,
            UNNEST(GENERATE_SERIES(bounds.first_at, bounds.last_at, INTERVAL '15' MINUTE)) AS starts_at
        FROM
            policy.calendars
            CROSS JOIN bounds
    ),
    local AS (
        SELECT
            *,
            TIMEZONE(time_zone, TIMEZONE('UTC', starts_at)) AS local_at,
            CAST(TIMEZONE(time_zone, TIMEZONE('UTC', starts_at)) AS DATE) AS local_day
        FROM quarters
    ),
    days AS (
        SELECT
            local.calendar_id,
            local.local_day,
            CASE
                WHEN BOOL_OR(holidays.working) THEN COALESCE(
                    ANY_VALUE(usual.weekday),
                    ANY_VALUE(local.make_up_weekday)
                )
                WHEN COUNT(holidays.day) > 0 THEN NULL
                WHEN BOOL_OR(public_holidays.working) THEN COALESCE(
                    ANY_VALUE(usual.weekday),
                    ANY_VALUE(local.make_up_weekday)
                )
                WHEN COUNT(public_holidays.day) = 0 THEN ISODOW(local.local_day)
            END AS weekday
        FROM
            (SELECT DISTINCT calendar_id, local_day, make_up_weekday FROM local) AS local
            LEFT JOIN (SELECT DISTINCT calendar_id, weekday FROM policy.working_spans) AS usual
                ON usual.calendar_id = local.calendar_id AND usual.weekday = ISODOW(local.local_day)
            LEFT JOIN staging.holidays
                ON holidays.day = local.local_day
                AND (
                    holidays.calendars IS NULL
                    OR LIST_CONTAINS(
                        STRING_SPLIT_REGEX(TRIM(holidays.calendars), '\s*,\s*'),
                        local.calendar_id
                    )
                )
            LEFT JOIN policy.public_holidays
                ON public_holidays.calendar_id = local.calendar_id AND public_holidays.day = local.local_day
        GROUP BY local.calendar_id, local.local_day
    ),
    pieces AS (
        SELECT
            local.calendar_id,
            local.starts_at,
            local.local_day,
            local.cut_off_minute,
            DATE_DIFF('minute', DATE_TRUNC('day', local.local_at), local.local_at) AS local_minute,
            spans.starts_minute,
            spans.ends_minute
        FROM
            local
            JOIN days ON days.calendar_id = local.calendar_id AND days.local_day = local.local_day
            LEFT JOIN policy.working_spans AS spans
                ON spans.calendar_id = days.calendar_id
                AND spans.weekday = days.weekday
                AND spans.starts_minute < DATE_DIFF(
                    'minute',
                    DATE_TRUNC('day', local.local_at),
                    local.local_at
                ) + 15
                AND spans.ends_minute > DATE_DIFF('minute', DATE_TRUNC('day', local.local_at), local.local_at)
    ),
    worked AS (
        SELECT
            *,
            60 * GREATEST(COALESCE(starts_minute - local_minute, 0), 0) AS works_from,
            60 * LEAST(COALESCE(ends_minute - local_minute, 0), 15) AS works_until
        FROM pieces
    ),
    day_ends AS (
        SELECT
            days.calendar_id,
            days.local_day,
            MAX(
                CASE
                    WHEN worked.ends_minute IS NOT NULL THEN worked.starts_at + TO_SECONDS(worked.works_until)
                END
            ) AS ends_at,
            MAX(worked.ends_minute) AS last_minute
        FROM
            days
            JOIN worked ON worked.calendar_id = days.calendar_id AND worked.local_day = days.local_day
        GROUP BY days.calendar_id, days.local_day
    ),
    -- Working days are numbered: a day off has the number of the working day before it.
    numbered AS (
        SELECT
            *,
            COUNT(ends_at) OVER (
                PARTITION BY calendar_id
                ORDER BY local_day
            ) AS working_day
        FROM day_ends
    )
SELECT
    worked.calendar_id,
    CAST(EPOCH(worked.starts_at) AS BIGINT) // 900 AS quarter,
    CAST(
        SUM(worked.works_until - worked.works_from) OVER (
            PARTITION BY worked.calendar_id
            ORDER BY worked.starts_at
        ) - (worked.works_until - worked.works_from) AS BIGINT
    ) AS worked_before,
    worked.works_from,
    worked.works_until,
    CASE
        WHEN opening.ends_at IS NULL THEN 0
        ELSE GREATEST(
            0,
            LEAST(900, 60 * (COALESCE(worked.cut_off_minute, opening.last_minute) - worked.local_minute))
        )
    END AS opens_until,
    due.ends_at AS next_business_day_due_at,
    late_due.ends_at AS late_due_at
FROM
    worked
    JOIN numbered AS opening
        ON opening.calendar_id = worked.calendar_id AND opening.local_day = worked.local_day
    LEFT JOIN numbered AS due
        ON due.calendar_id = worked.calendar_id
        AND due.ends_at IS NOT NULL
        AND due.working_day = opening.working_day + 1
    LEFT JOIN numbered AS late_due
        ON late_due.calendar_id = worked.calendar_id
        AND late_due.ends_at IS NOT NULL
        AND late_due.working_day = opening.working_day + 2

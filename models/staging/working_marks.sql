-- description: Where each piece of a quarter of an hour of working time lies, by calendar; the way back from working time to an instant. A quarter that a break falls into has several pieces.
-- grain: [calendar_id, worked_quarter, worked_from]
-- materialised: table
-- columns:
--   calendar_id: Working calendar of policy.calendars.
--   worked_quarter: Quarters of an hour worked since the first quarter of staging.working_quarters.
--   worked_from: Seconds worked before the piece.
--   worked_until: Seconds worked at its end. What is reached at the end of a piece is reached there, not after the break.
--   begins_at: When the piece begins, in UTC.
WITH
    pieces AS (
        SELECT
            calendar_id,
            quarter * 900 + works_from AS begins_second,
            worked_before AS worked_from,
            worked_before + works_until - works_from AS worked_until,
            worked_before // 900 AS worked_quarter,
            900 * (worked_before // 900 + 1) AS quarter_full
        FROM staging.working_quarters
        WHERE works_until > works_from
    ),
    parts AS (
        SELECT
            calendar_id,
            worked_quarter,
            worked_from,
            LEAST(worked_until, quarter_full) AS worked_until,
            begins_second
        FROM pieces
        UNION ALL
        SELECT
            calendar_id,
            worked_quarter + 1 AS worked_quarter,
            quarter_full AS worked_from,
            worked_until,
            begins_second + quarter_full - worked_from AS begins_second
        FROM pieces
        WHERE worked_until > quarter_full
    )
SELECT
    calendar_id,
    worked_quarter,
    worked_from,
    worked_until,
    MAKE_TIMESTAMP(begins_second * 1000000) AS begins_at
FROM parts

-- description: Minutes worked on each day of the default working calendar; days off are absent.
-- grain: [day]
-- columns:
--   day: Day in the company's time zone.
--   minutes: Minutes worked that day.
SELECT
    CAST(SUM(works_until - works_from) AS DOUBLE) / 60 AS minutes,
    local_date(MAKE_TIMESTAMP(quarter * 900000000)) AS day
FROM staging.working_quarters
WHERE calendar_id = 'default' AND works_until > works_from
GROUP BY local_date(MAKE_TIMESTAMP(quarter * 900000000))

-- description: Days that are not as their weekday says, holidays, and make-up working days.
-- grain: [day]
-- columns:
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    holidays.recorded_by,
    holidays.name,
    holidays.calendars,
    holidays.source,
    holidays.working,
    holidays.day,
    local_date(holidays.recorded_at) AS recorded_on,
    holidays.recorded_at
FROM raw.holidays

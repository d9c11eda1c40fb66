-- description: The cost of an hour of an employee, valid from a day until the next rate.
-- grain: [employee_id, valid_from]
-- columns:
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    employee_rates.employee_id,
    employee_rates.recorded_by,
    employee_rates.source,
    employee_rates.hourly_cost,
    employee_rates.valid_from,
    local_date(employee_rates.recorded_at) AS recorded_on,
    employee_rates.recorded_at
FROM raw.employee_rates

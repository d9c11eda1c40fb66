-- description: What an hour of an employee costs, and on which days that holds.
-- grain: [employee_id, valid_from]
-- columns:
--   valid_until: First day on which the rate no longer holds; the end of time for the last one.
-- audits:
--   - unique: [employee_id, valid_from]
SELECT
    employee_id,
    hourly_cost,
    valid_from,
    LEAD(valid_from, 1, DATE '9999-12-31') OVER (
        PARTITION BY employee_id
        ORDER BY valid_from
    ) AS valid_until
FROM staging.employee_rates

-- description: The people of the company, with the department and role they hold.
-- grain: [employee_id]
-- columns:
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    employees.employee_id,
    employees.recorded_by,
    employees.name,
    employees.department,
    employees.role,
    employees.source,
    employees.hired_on,
    employees.left_on,
    local_date(employees.recorded_at) AS recorded_on,
    employees.recorded_at
FROM raw.employees

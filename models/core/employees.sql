-- description: The people of the company, with the department and role they hold.
-- grain: [employee_id]
-- columns:
--   employee_name: Name.
-- audits:
--   - unique: [employee_id]
SELECT
    employee_id,
    name AS employee_name,
    department,
    COALESCE(role, 'unknown') AS role,
    hired_on,
    left_on
FROM staging.employees

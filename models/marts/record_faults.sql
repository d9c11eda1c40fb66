-- description: Every record at fault, who owes it and since when, to be worked off.
-- grain: [rule_id, record_id]
-- columns:
--   rule_id: The rule of models/rules.
--   record_id: The record at fault.
--   role: The role that answers for the rule.
--   person: Name of who owes the record; nobody where no person does.
--   dealer_name: Name of the dealer who owes the record; none where no dealer does.
--   customer_name: Customer the record is about; none where it is about none.
--   month: First day of the month the record is about.
--   happened_on: Day the record is about.
--   weight: How much the fault counts.
--   is_mendable: It can still be mended.
--   age_days: Days from what the record is about to the business date.
-- audits:
--   - unique: [rule_id, record_id]
SELECT
    checks.rule_id,
    checks.record_id,
    COALESCE(checks.customer_id, 'none') AS customer_id,
    COALESCE(checks.employee_id, 'nobody') AS employee_id,
    COALESCE(checks.dealer_id, 'none') AS dealer_id,
    COALESCE(customers.customer_name, checks.customer_id, 'none') AS customer_name,
    checks.role,
    COALESCE(employees.employee_name, checks.employee_id, 'nobody') AS person,
    COALESCE(dealers.name, checks.dealer_id, 'none') AS dealer_name,
    checks.weight,
    NOT checks.is_lasting AS is_mendable,
    DATE_DIFF('day', checks.happened_on, clock.as_of) AS age_days,
    CAST(DATE_TRUNC('month', checks.happened_on) AS DATE) AS month,
    checks.happened_on
FROM
    core.record_checks AS checks
    CROSS JOIN policy.clock
    LEFT JOIN core.customers ON customers.customer_id = checks.customer_id
    LEFT JOIN core.employees ON employees.employee_id = checks.employee_id
    LEFT JOIN staging.dealers ON dealers.dealer_id = checks.dealer_id
WHERE checks.is_fault

-- description: How well records are kept, by rule, month and who owes them.
-- grain: [rule_id, month, employee_id, dealer_id]
-- columns:
--   rule_id: The rule of models/rules.
--   role: The role that answers for the rule.
--   person: Name of who owes the record; nobody where no person does.
--   dealer_name: Name of the dealer who owes the record; none where no dealer does.
--   month: First day of the month the record is about.
--   records: Records that were looked at.
--   faults: Records at fault.
--   weighted_records: Part of the records of the rule in the month, times its weight. So in each month each rule counts by its weight, however many records it looks at.
--   weighted_faults: The same of the faults.
-- audits:
--   - unique: [rule_id, month, employee_id, dealer_id]
--   - not_null: [rule_id, role, month, person, dealer_name]
--   - name: { en: 'no record is lost or counted twice', zh: 没有记录被遗漏或重复计算 }
--     rows: >
--       SELECT months.records, checks.records
--       FROM (SELECT COALESCE(SUM(records), 0) AS records FROM marts.record_months) AS months
--       CROSS JOIN (SELECT COUNT(*) AS records FROM core.record_checks) AS checks
--       WHERE months.records <> checks.records
SELECT
    checks.rule_id,
    COALESCE(checks.employee_id, 'nobody') AS employee_id,
    COALESCE(checks.dealer_id, 'none') AS dealer_id,
    MAX(checks.role) AS role,
    COALESCE(MAX(employees.employee_name), checks.employee_id, 'nobody') AS person,
    COALESCE(MAX(dealers.name), checks.dealer_id, 'none') AS dealer_name,
    COUNT(*) AS records,
    COUNT(*) FILTER (WHERE checks.is_fault) AS faults,
    COUNT(*) * MAX(checks.weight) / MAX(totals.records) AS weighted_records,
    COUNT(*) FILTER (WHERE checks.is_fault) * MAX(checks.weight) / MAX(totals.records) AS weighted_faults,
    CAST(DATE_TRUNC('month', checks.happened_on) AS DATE) AS month
FROM
    core.record_checks AS checks
    INNER JOIN (
        SELECT
            rule_id,
            DATE_TRUNC('month', happened_on) AS month,
            CAST(COUNT(*) AS DOUBLE) AS records
        FROM core.record_checks
        GROUP BY rule_id, DATE_TRUNC('month', happened_on)
    ) AS totals
        ON totals.rule_id = checks.rule_id AND totals.month = DATE_TRUNC('month', checks.happened_on)
    LEFT JOIN core.employees ON employees.employee_id = checks.employee_id
    LEFT JOIN staging.dealers ON dealers.dealer_id = checks.dealer_id
GROUP BY checks.rule_id, checks.employee_id, checks.dealer_id, DATE_TRUNC('month', checks.happened_on)

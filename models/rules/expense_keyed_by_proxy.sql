-- description: Expense entered by somebody else; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: expenses
--   role: employee
--   weight: 1
--   lasting: true
--   words: { en: Expense entered by somebody else, zh: 费用由他人代录 }
--   remedy: { en: Whoever spent it hands it in., zh: 由费用发生人本人报销。 }
SELECT
    expenses.expense_id AS record_id,
    expenses.customer_id,
    expenses.employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    expenses.incurred_on AS happened_on,
    expenses.recorded_by != expenses.employee_id AS is_fault
FROM
    staging.expenses
    CROSS JOIN policy.clock
WHERE
    expenses.incurred_on <= clock.as_of
    AND expenses.recorded_by IS NOT NULL
    AND expenses.employee_id IS NOT NULL

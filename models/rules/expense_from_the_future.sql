-- description: Expense of a day in the future; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: expenses
--   role: employee
--   weight: 2
--   words: { en: Expense of a day in the future, zh: 费用发生日期在未来 }
--   remedy: { en: Correct the time. Until then it counts in no figure., zh: 更正时间；更正前不计入任何数字。 }
SELECT
    expenses.expense_id AS record_id,
    expenses.customer_id AS customer_id,
    expenses.employee_id AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    LEAST(expenses.incurred_on, clock.as_of) AS happened_on,
    expenses.incurred_on > CAST(clock.known_at + INTERVAL '1' DAY AS DATE) AS is_fault
FROM
    staging.expenses
    CROSS JOIN policy.clock
WHERE
    expenses.incurred_on <= clock.as_of
    OR expenses.incurred_on > CAST(clock.known_at + INTERVAL '1' DAY AS DATE)

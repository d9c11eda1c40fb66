-- description: Expense keyed more than 30 days late; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: expenses
--   role: employee
--   weight: 2
--   lasting: true
--   words: { en: Expense keyed more than 30 days late, zh: 费用发生 30 天后才录入 }
--   remedy: { en: Hand expenses in within the month., zh: 费用当月报销。 }
SELECT
    expense_id AS record_id,
    customer_id,
    employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    incurred_on AS happened_on,
    recorded_on > incurred_on + INTERVAL '30' DAY AS is_fault
FROM
    staging.expenses
    CROSS JOIN policy.clock
WHERE incurred_on <= as_of AND recorded_on <= as_of

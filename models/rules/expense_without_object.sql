-- description: Expense without what it was for; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: expenses
--   role: employee
--   weight: 3
--   words: { en: Expense without what it was for, zh: 费用没有成本对象 }
--   remedy: { en: 'Name the task, request, contract, campaign or customer it was for.', zh: 填写费用所属的任务、请求、合约、活动或客户。 }
SELECT
    expenses.expense_id AS record_id,
    CAST(NULL AS VARCHAR) AS customer_id,
    expenses.employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    expenses.incurred_on AS happened_on,
    COALESCE(
        expenses.task_id,
        expenses.request_id,
        expenses.contract_id,
        expenses.campaign_id,
        expenses.customer_id
    ) IS NULL AS is_fault
FROM
    staging.expenses
    CROSS JOIN policy.clock
    INNER JOIN policy.object_categories ON object_categories.category = expenses.category
WHERE expenses.incurred_on <= clock.as_of

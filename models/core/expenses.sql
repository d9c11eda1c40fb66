-- description: The cost ledger, each line led to its customer where a cost object allows. Reporting currency.
-- grain: [expense_id]
-- columns:
--   customer_id: The line's customer, else that of its task, request or contract; empty where it stays in the pool.
--   request_id: The line's request, else that of its task, where it has one.
--   cost_object: What the line names; task, request, contract, campaign, customer or none.
--   traced_amount: What direct service cost takes from the line; zero where no customer is found or hourly rates cover it.
--   is_covered_by_rates: The category is one of policy.labour_categories; labour cost has it already.
--   is_traced: A customer was found.
-- audits:
--   - unique: [expense_id]
--   - not_null: [incurred_on, cost_object, traced_amount, is_covered_by_rates, is_traced]
WITH
    led AS (
        SELECT
            expenses.expense_id,
            expenses.employee_id,
            COALESCE(
                expenses.customer_id,
                tasks.customer_id,
                task_requests.customer_id,
                requests.customer_id,
                contracts.customer_id
            ) AS customer_id,
            COALESCE(expenses.request_id, tasks.request_id) AS request_id,
            expenses.campaign_id,
            expenses.department,
            expenses.category,
            CASE
                WHEN expenses.customer_id IS NOT NULL THEN 'customer'
                WHEN expenses.task_id IS NOT NULL THEN 'task'
                WHEN expenses.request_id IS NOT NULL THEN 'request'
                WHEN expenses.contract_id IS NOT NULL THEN 'contract'
                WHEN expenses.campaign_id IS NOT NULL THEN 'campaign'
                ELSE 'none'
            END AS cost_object,
            expenses.amount,
            labour_categories.category IS NOT NULL AS is_covered_by_rates,
            expenses.incurred_on
        FROM
            staging.expenses
            CROSS JOIN policy.clock
            LEFT JOIN staging.tasks ON tasks.task_id = expenses.task_id
            LEFT JOIN staging.requests AS task_requests ON task_requests.request_id = tasks.request_id
            LEFT JOIN staging.requests ON requests.request_id = expenses.request_id
            LEFT JOIN staging.contracts ON contracts.contract_id = expenses.contract_id
            LEFT JOIN policy.labour_categories ON labour_categories.category = expenses.category
        WHERE expenses.incurred_on <= clock.as_of
    )
SELECT
    expense_id,
    employee_id,
    customer_id,
    request_id,
    campaign_id,
    department,
    category,
    cost_object,
    amount,
    CASE
        WHEN customer_id IS NULL
        OR is_covered_by_rates THEN CAST(0 AS DECIMAL(18, 2))
        ELSE COALESCE(amount, 0)
    END AS traced_amount,
    is_covered_by_rates,
    customer_id IS NOT NULL AS is_traced,
    incurred_on
FROM led

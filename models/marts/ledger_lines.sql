-- description: Every line of the cost ledger and the rule that sent it on; to a customer, into worked hours, or into a pool and by what that was spread. Reporting currency.
-- grain: [expense_id]
-- materialised: view
-- columns:
--   ledger_rule: What the line names that led to its customer (customer, task, request, contract), hourly_rates for pay that hours cover, campaign or pool for what is spread, unallocated for a pool without a driver.
--   driver: What its pool was spread by; several where serving departments passed it on to pools of different drivers, none for other lines.
--   campaign_id: Campaign the line names; none for all others.
--   customer_id: The customer it was led to; empty for all other lines.
--   amount: Empty where its currency has no rate.
--   month: First day of the month.
-- audits:
--   - unique: [expense_id]
--   - not_null: [ledger_rule, driver]
--   - name: { en: 'each line is in the books once', zh: 每一行账目只入账一次 }
--     rows: >
--       SELECT lines.amount, books.ledger
--       FROM (SELECT COALESCE(SUM(amount), 0) AS amount FROM marts.ledger_lines) AS lines
--       CROSS JOIN (SELECT COALESCE(SUM(ledger), 0) AS ledger FROM core.cost_balance) AS books
--       WHERE lines.amount <> books.ledger
WITH
    pools AS (
        SELECT
            month,
            origin_department,
            category,
            campaign_id,
            CASE
                WHEN COUNT(DISTINCT driver) = 1 THEN MAX(driver)
                ELSE 'several'
            END AS driver
        FROM core.cost_pools
        GROUP BY month, origin_department, category, campaign_id
    )
SELECT
    expenses.expense_id,
    expenses.department,
    expenses.category,
    CASE
        WHEN expenses.is_covered_by_rates THEN 'hourly_rates'
        WHEN expenses.is_traced THEN expenses.cost_object
        WHEN campaigns.campaign_id IS NOT NULL THEN 'campaign'
        WHEN COALESCE(pools.driver, 'none') = 'none' THEN 'unallocated'
        ELSE 'pool'
    END AS ledger_rule,
    CASE
        WHEN expenses.is_covered_by_rates
        OR expenses.is_traced THEN 'none'
        ELSE COALESCE(campaigns.driver, pools.driver, 'none')
    END AS driver,
    expenses.employee_id,
    expenses.request_id,
    COALESCE(expenses.campaign_id, 'none') AS campaign_id,
    CASE
        WHEN NOT expenses.is_covered_by_rates THEN expenses.customer_id
    END AS customer_id,
    customers.customer_name,
    customers.customer_kind,
    customers.region,
    expenses.amount,
    expenses.incurred_on,
    CAST(DATE_TRUNC('month', expenses.incurred_on) AS DATE) AS month
FROM
    core.expenses
    LEFT JOIN core.customers
        ON customers.customer_id = expenses.customer_id AND NOT expenses.is_covered_by_rates
    LEFT JOIN pools AS campaigns
        ON campaigns.month = CAST(DATE_TRUNC('month', expenses.incurred_on) AS DATE)
        AND campaigns.origin_department = expenses.department
        AND campaigns.category = expenses.category
        AND campaigns.campaign_id = expenses.campaign_id
    LEFT JOIN pools
        ON pools.month = CAST(DATE_TRUNC('month', expenses.incurred_on) AS DATE)
        AND pools.origin_department = expenses.department
        AND pools.category = expenses.category
        AND pools.campaign_id = 'none'

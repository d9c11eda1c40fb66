-- description: Contracts that ran, visits made, hours worked and expenses traced, with the requests that expenses are measured by. By customer and month, reporting currency.
-- grain: [month, customer_id, component, item, measure, family]
-- columns:
--   component: contract_revenue, visit_charges, labour_cost, traced_expenses, or activity for requests, which have no amount.
--   item: Kind of the contract, visit, employee, category of the expense.
--   measure: contract_days, visits_done, hours or requests.
--   family: Family of the machine served; none where no record says.
--   quantity: Days of contracts, visits whether charged or not, hours with a known cost, requests opened; zero for expenses.
--   month: First day of the month.
-- audits:
--   - unique: [month, customer_id, component, item, measure, family]
WITH
    parts AS (
        SELECT
            months.month AS day,
            months.customer_id,
            'contract_revenue' AS component,
            COALESCE(contracts.kind, 'unknown') AS item,
            'contract_days' AS measure,
            'none' AS family,
            months.contract_days AS quantity,
            months.revenue AS amount
        FROM
            core.contract_months AS months
            LEFT JOIN staging.contracts ON contracts.contract_id = months.contract_id
        UNION ALL
        -- Visits that are not charged count too: a charge that is brought in is a price that rises from nothing.
        SELECT
            tasks.done_on AS day,
            tasks.customer_id,
            'visit_charges' AS component,
            'visit' AS item,
            'visits_done' AS measure,
            COALESCE(families.family, 'none') AS family,
            1 AS quantity,
            COALESCE(charges.amount, 0) AS amount
        FROM
            core.tasks
            LEFT JOIN core.visit_charges AS charges ON charges.task_id = tasks.task_id
            LEFT JOIN core.request_families AS families ON families.request_id = tasks.request_id
        WHERE tasks.is_visit AND tasks.customer_id IS NOT NULL
        UNION ALL
        SELECT
            tasks.done_on AS day,
            tasks.customer_id,
            'labour_cost' AS component,
            tasks.employee_id AS item,
            'hours' AS measure,
            COALESCE(families.family, 'none') AS family,
            CASE
                WHEN tasks.labour_cost IS NOT NULL THEN tasks.service_hours
            END AS quantity,
            tasks.labour_cost AS amount
        FROM
            core.tasks
            LEFT JOIN core.request_families AS families ON families.request_id = tasks.request_id
        WHERE tasks.customer_id IS NOT NULL
        UNION ALL
        SELECT
            expenses.incurred_on AS day,
            expenses.customer_id,
            'traced_expenses' AS component,
            expenses.category AS item,
            'requests' AS measure,
            COALESCE(families.family, 'none') AS family,
            0 AS quantity,
            expenses.traced_amount AS amount
        FROM
            core.expenses
            LEFT JOIN core.request_families AS families ON families.request_id = expenses.request_id
        WHERE expenses.is_traced AND NOT expenses.is_covered_by_rates
        UNION ALL
        SELECT
            opened_on AS day,
            customer_id,
            'activity' AS component,
            'requests' AS item,
            'requests' AS measure,
            family,
            1 AS quantity,
            0 AS amount
        FROM core.request_families
    )
SELECT
    customer_id,
    component,
    item,
    measure,
    family,
    CAST(SUM(CAST(COALESCE(quantity, 0) AS DECIMAL(24, 4))) AS DECIMAL(18, 4)) AS quantity,
    CAST(COALESCE(SUM(amount), 0) AS DECIMAL(18, 2)) AS amount,
    CAST(DATE_TRUNC('month', day) AS DATE) AS month
FROM parts
GROUP BY customer_id, component, item, measure, family, DATE_TRUNC('month', day)

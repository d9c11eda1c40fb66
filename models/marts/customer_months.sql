-- description: One row per customer and month, what it bought, what serving it took, what it left. Reporting currency.
-- grain: [customer_id, month]
-- columns:
--   service_revenue: Chargeable revenue plus contract revenue plus visit charges.
--   visit_charges: Visits charged by the policy of their day; see core.visit_charges.
--   direct_service_cost: Traced expenses plus labour cost plus parts cost.
--   profit_before_allocation: Sales margin plus service revenue, less direct service cost.
--   indirect_cost: The customer's part of the pools of cost; see core.allocations.
--   profit: Profit before allocation less indirect cost.
--   has_ledger: The ledger has lines of the month, so that indirect cost can be told.
--   eats_service: The customer eats service today; see core.customer_standing.
-- audits:
--   - unique: [customer_id, month]
--   - not_null: [customer_id, month, customer_name, revenue, service_hours, profit_before_allocation]
--   - balance: profit_before_allocation = sales_margin + service_revenue - direct_service_cost
--   - balance: profit = profit_before_allocation - indirect_cost
--   - name: { en: 'every allocated cent is borne by a customer', zh: 分摊的每一分钱都有客户承担 }
--     rows: >
--       SELECT mart.amount, spread.amount
--       FROM (SELECT COALESCE(SUM(indirect_cost), 0) AS amount FROM marts.customer_months) AS mart
--       CROSS JOIN (SELECT COALESCE(SUM(amount), 0) AS amount FROM core.allocations) AS spread
--       WHERE mart.amount <> spread.amount
--   - balance: service_revenue = chargeable_revenue + contract_revenue + visit_charges
--   - balance: direct_service_cost = traced_expenses + labour_cost + parts_cost
--   - name: { en: 'nothing that happened is lost or counted twice', zh: 发生过的事没有遗漏或重复计算 }
--     rows: >
--       SELECT mart.profit, facts.profit
--       FROM (SELECT COALESCE(SUM(profit_before_allocation), 0) AS profit FROM marts.customer_months) AS mart
--       CROSS JOIN (SELECT COALESCE(SUM(profit), 0) AS profit FROM (
--           SELECT SUM(margin) AS profit FROM core.order_lines
--           UNION ALL SELECT SUM(COALESCE(revenue, 0) - COALESCE(parts_cost, 0)) FROM core.service_lines
--           UNION ALL SELECT SUM(revenue) FROM core.contract_months
--           UNION ALL SELECT SUM(amount) FROM core.visit_charges
--           UNION ALL SELECT -SUM(traced_amount) FROM core.expenses
--           UNION ALL SELECT -SUM(labour_cost) FROM core.tasks WHERE customer_id IS NOT NULL) AS parts) AS facts
--       WHERE mart.profit <> facts.profit
WITH
    borne AS (
        SELECT customer_id, month, SUM(amount) AS indirect_cost
        FROM core.allocations
        GROUP BY customer_id, month
    ),
    ledgers AS (SELECT DISTINCT month FROM core.cost_balance),
    present AS (
        SELECT customer_id, month FROM core.sales_months
        UNION
        SELECT customer_id, month FROM core.work_months
        UNION
        SELECT customer_id, month FROM core.service_money_months
        UNION
        SELECT customer_id, month FROM borne
    ),
    joined AS (
        SELECT
            present.customer_id,
            COALESCE(sales.orders, 0) AS orders,
            COALESCE(sales.purchases, 0) AS purchases,
            COALESCE(sales.order_lines, 0) AS order_lines,
            COALESCE(sales.order_lines_with_amount, 0) AS order_lines_with_amount,
            COALESCE(sales.order_lines_with_cost, 0) AS order_lines_with_cost,
            COALESCE(work.requests, 0) AS requests,
            COALESCE(work.complaints, 0) AS complaints,
            COALESCE(work.tasks, 0) AS tasks,
            COALESCE(work.tasks_with_hours, 0) AS tasks_with_hours,
            COALESCE(work.tasks_with_labour_cost, 0) AS tasks_with_labour_cost,
            COALESCE(work.visits, 0) AS visits,
            COALESCE(money.part_lines, 0) AS part_lines,
            COALESCE(money.part_lines_with_cost, 0) AS part_lines_with_cost,
            COALESCE(money.chargeable_lines, 0) AS chargeable_lines,
            COALESCE(money.chargeable_lines_with_amount, 0) AS chargeable_lines_with_amount,
            COALESCE(money.contract_months, 0) AS contract_months,
            COALESCE(money.contract_months_with_amount, 0) AS contract_months_with_amount,
            COALESCE(work.service_hours, 0) AS service_hours,
            COALESCE(sales.revenue, 0) AS revenue,
            COALESCE(sales.cost_of_goods, 0) AS cost_of_goods,
            COALESCE(sales.sales_margin, 0) AS sales_margin,
            COALESCE(money.chargeable_revenue, 0) AS chargeable_revenue,
            COALESCE(money.contract_revenue, 0) AS contract_revenue,
            COALESCE(money.visit_charges, 0) AS visit_charges,
            COALESCE(money.chargeable_revenue, 0) + COALESCE(money.contract_revenue, 0) + COALESCE(
                money.visit_charges,
                0
            ) AS service_revenue,
            COALESCE(money.traced_expenses, 0) AS traced_expenses,
            COALESCE(work.labour_cost, 0) AS labour_cost,
            COALESCE(money.parts_cost, 0) AS parts_cost,
            COALESCE(money.traced_expenses, 0) + COALESCE(work.labour_cost, 0) + COALESCE(
                money.parts_cost,
                0
            ) AS direct_service_cost,
            COALESCE(borne.indirect_cost, 0) AS indirect_cost,
            ledgers.month IS NOT NULL AS has_ledger,
            present.month
        FROM
            present
            LEFT JOIN borne ON borne.customer_id = present.customer_id AND borne.month = present.month
            LEFT JOIN ledgers ON ledgers.month = present.month
            LEFT JOIN core.sales_months AS sales
                ON sales.customer_id = present.customer_id AND sales.month = present.month
            LEFT JOIN core.work_months AS work
                ON work.customer_id = present.customer_id AND work.month = present.month
            LEFT JOIN core.service_money_months AS money
                ON money.customer_id = present.customer_id AND money.month = present.month
    )
SELECT
    joined.customer_id,
    customers.customer_name,
    customers.customer_kind,
    customers.crm_class,
    customers.region,
    customers.industry,
    customers.sales_owner,
    customers.service_owner,
    joined.orders,
    joined.purchases,
    joined.order_lines,
    joined.order_lines_with_amount,
    joined.order_lines_with_cost,
    joined.requests,
    joined.complaints,
    joined.tasks,
    joined.tasks_with_hours,
    joined.tasks_with_labour_cost,
    joined.visits,
    joined.part_lines,
    joined.part_lines_with_cost,
    joined.chargeable_lines,
    joined.chargeable_lines_with_amount,
    joined.contract_months,
    joined.contract_months_with_amount,
    joined.service_hours,
    joined.revenue,
    joined.cost_of_goods,
    joined.sales_margin,
    joined.chargeable_revenue,
    joined.contract_revenue,
    joined.visit_charges,
    CAST(joined.service_revenue AS DECIMAL(18, 2)) AS service_revenue,
    joined.traced_expenses,
    joined.labour_cost,
    joined.parts_cost,
    CAST(joined.direct_service_cost AS DECIMAL(18, 2)) AS direct_service_cost,
    CAST(
        joined.sales_margin + joined.service_revenue - joined.direct_service_cost AS DECIMAL(18, 2)
    ) AS profit_before_allocation,
    CAST(joined.indirect_cost AS DECIMAL(18, 2)) AS indirect_cost,
    CAST(
        joined.sales_margin + joined.service_revenue - joined.direct_service_cost - joined.indirect_cost AS DECIMAL(
            18,
            2
        )
    ) AS profit,
    joined.has_ledger,
    COALESCE(standing.eats_service, FALSE) AS eats_service,
    joined.month
FROM
    joined
    INNER JOIN core.customers ON customers.customer_id = joined.customer_id
    LEFT JOIN core.customer_standing AS standing ON standing.customer_id = joined.customer_id

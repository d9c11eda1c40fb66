-- description: What profit is made of, by customer and month, each part with the quantity and the amount by which a change is explained. Reporting currency.
-- grain: [month, customer_id, component, item, measure, family, driver]
-- materialised: view
-- columns:
--   component: revenue, cost_of_goods, chargeable_revenue, contract_revenue, visit_charges, labour_cost, parts_cost, traced_expenses, indirect_cost; activity counts requests and units of drivers, by which parts, expenses and pools are measured, and has no amount.
--   item: What has a price of its own; a product, an employee, a category of expenses, a kind of contract, a visit, a pool of cost.
--   measure: By what volume is told, and whose quantities can be added; pieces of one family, hours, days of contracts, requests, units of one driver, responses to campaigns.
--   family: Family of the product sold, or of the machine served; none where no record says.
--   product_id: Product of a line; none for all else.
--   product_name: Its name, or its id where nobody registered it.
--   pool_kind: Category and department of a pool, for which the policy names what it is spread by; none for campaigns and all else.
--   driver: What a pool of cost is spread by; none for all else.
--   is_actual: The amount counts. Otherwise it is what the customer would bear under a driver of other months.
--   quantity: Pieces, hours, days, requests or units; zero where only activity counts, as for expenses and pools.
--   amount: In its own direction, so that costs are positive.
--   month: First day of the month.
-- audits:
--   - unique: [month, customer_id, component, item, measure, family, driver]
--   - not_null: [customer_name, family, quantity, amount]
--   - name: { en: 'each part agrees with customer months to the cent', zh: 每个组成部分与客户月度数据分毫不差 }
--     rows: >
--       SELECT parts.month, parts.component, parts.amount, whole.amount AS whole
--       FROM (
--           SELECT month, component, SUM(amount) AS amount FROM marts.change_basis WHERE is_actual GROUP BY month, component
--       ) AS parts
--       FULL OUTER JOIN (
--           SELECT month, 'revenue' AS component, SUM(revenue) AS amount FROM marts.customer_months GROUP BY month
--           UNION ALL SELECT month, 'cost_of_goods', SUM(cost_of_goods) FROM marts.customer_months GROUP BY month
--           UNION ALL SELECT month, 'chargeable_revenue', SUM(chargeable_revenue) FROM marts.customer_months GROUP BY month
--           UNION ALL SELECT month, 'contract_revenue', SUM(contract_revenue) FROM marts.customer_months GROUP BY month
--           UNION ALL SELECT month, 'visit_charges', SUM(visit_charges) FROM marts.customer_months GROUP BY month
--           UNION ALL SELECT month, 'labour_cost', SUM(labour_cost) FROM marts.customer_months GROUP BY month
--           UNION ALL SELECT month, 'parts_cost', SUM(parts_cost) FROM marts.customer_months GROUP BY month
--           UNION ALL SELECT month, 'traced_expenses', SUM(traced_expenses) FROM marts.customer_months GROUP BY month
--           UNION ALL SELECT month, 'indirect_cost', SUM(indirect_cost) FROM marts.customer_months GROUP BY month
--       ) AS whole ON whole.month = parts.month AND whole.component = parts.component
--       WHERE COALESCE(parts.amount, 0) <> COALESCE(whole.amount, 0)
WITH
    parts AS (
        SELECT
            component,
            item,
            measure,
            family,
            item AS product_id,
            'none' AS pool_kind,
            'none' AS driver,
            customer_id,
            quantity,
            amount,
            TRUE AS is_actual,
            month
        FROM core.line_months
        UNION ALL
        SELECT
            component,
            item,
            measure,
            family,
            'none' AS product_id,
            'none' AS pool_kind,
            'none' AS driver,
            customer_id,
            quantity,
            amount,
            TRUE AS is_actual,
            month
        FROM core.effort_months
        UNION ALL
        SELECT
            component,
            item,
            measure,
            'none' AS family,
            'none' AS product_id,
            pool_kind,
            driver,
            customer_id,
            quantity,
            amount,
            is_actual,
            month
        FROM core.pool_months
    )
SELECT
    parts.component,
    parts.item,
    parts.measure,
    parts.family,
    parts.product_id,
    COALESCE(products.product_name, parts.product_id) AS product_name,
    parts.pool_kind,
    parts.driver,
    parts.customer_id,
    customers.customer_name,
    customers.customer_kind,
    customers.crm_class,
    customers.region,
    customers.industry,
    customers.sales_owner,
    customers.service_owner,
    parts.quantity,
    parts.amount,
    parts.is_actual,
    parts.month
FROM
    parts
    INNER JOIN core.customers ON customers.customer_id = parts.customer_id
    LEFT JOIN core.products ON products.product_id = parts.product_id

-- description: Orders by where they came from, service sourced, influenced by service, or other; each order in one row. Reporting currency.
-- grain: [order_id]
-- columns:
--   origin: sourced, influenced or other; see core.sale_origins. Never summed.
--   revenue: What it brought; negative for a return.
--   margin: Revenue less cost of goods.
--   contact_on: Last request or visit of the customer by the day of the order; empty where there was none.
--   month: First day of the month of the order.
-- audits:
--   - unique: [order_id]
--   - not_null: [origin, revenue, margin]
--   - name: { en: 'no order is lost or counted twice', zh: 没有订单被遗漏或重复计算 }
--     rows: >
--       SELECT here.revenue, orders.revenue FROM (SELECT COALESCE(SUM(revenue), 0) AS revenue FROM marts.order_origins) AS here
--       CROSS JOIN (SELECT COALESCE(SUM(revenue), 0) AS revenue FROM core.orders) AS orders
--       WHERE here.revenue <> orders.revenue
SELECT
    orders.order_id,
    orders.customer_id,
    orders.opportunity_id,
    customers.customer_name,
    customers.customer_kind,
    customers.region,
    customers.industry,
    customers.crm_class,
    customers.sales_owner,
    customers.service_owner,
    origins.origin,
    orders.order_lines,
    orders.order_lines_with_cost,
    orders.revenue,
    CAST(orders.revenue - orders.cost_of_goods AS DECIMAL(18, 2)) AS margin,
    orders.is_return,
    CAST(DATE_TRUNC('month', orders.ordered_on) AS DATE) AS month,
    orders.ordered_on,
    origins.contact_on
FROM
    core.orders
    INNER JOIN core.customers ON customers.customer_id = orders.customer_id
    INNER JOIN core.sale_origins AS origins
        ON origins.record_id = orders.order_id AND origins.entity = 'orders'

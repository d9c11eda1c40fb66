-- description: What each customer bought in each month. Reporting currency.
-- grain: [customer_id, month]
-- columns:
--   month: First day of the month.
--   orders: Orders, pure returns not counted.
--   purchases: Days with at least one order; the orders of one day are one purchase.
--   sales_margin: Revenue less cost of goods.
-- audits:
--   - unique: [customer_id, month]
--   - balance: sales_margin = revenue - cost_of_goods
--   - name: { en: 'no order is lost or counted twice', zh: 没有订单被遗漏或重复计算 }
--     rows: >
--       SELECT months.revenue, orders.revenue FROM (SELECT COALESCE(SUM(revenue), 0) AS revenue FROM core.sales_months) AS months
--       CROSS JOIN (SELECT COALESCE(SUM(revenue), 0) AS revenue FROM core.orders) AS orders
--       WHERE months.revenue <> orders.revenue
WITH
    months AS (
        SELECT
            customer_id,
            DATE_TRUNC('month', ordered_on) AS month,
            COUNT(*) FILTER (WHERE NOT is_return) AS orders,
            COUNT(DISTINCT ordered_on) FILTER (WHERE NOT is_return) AS purchases,
            SUM(order_lines) AS order_lines,
            SUM(order_lines_with_amount) AS order_lines_with_amount,
            SUM(order_lines_with_cost) AS order_lines_with_cost,
            SUM(revenue) AS revenue,
            SUM(cost_of_goods) AS cost_of_goods
        FROM core.orders
        GROUP BY customer_id, DATE_TRUNC('month', ordered_on)
    )
SELECT
    customer_id,
    orders,
    purchases,
    CAST(order_lines AS BIGINT) AS order_lines,
    CAST(order_lines_with_amount AS BIGINT) AS order_lines_with_amount,
    CAST(order_lines_with_cost AS BIGINT) AS order_lines_with_cost,
    CAST(revenue AS DECIMAL(18, 2)) AS revenue,
    CAST(cost_of_goods AS DECIMAL(18, 2)) AS cost_of_goods,
    CAST(revenue - cost_of_goods AS DECIMAL(18, 2)) AS sales_margin,
    CAST(month AS DATE) AS month
FROM months

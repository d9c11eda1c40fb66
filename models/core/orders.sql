-- description: Orders that count, one row each. Reporting currency.
-- grain: [order_id]
-- columns:
--   order_lines: Lines of the order.
--   order_lines_with_amount: Lines whose amount was entered.
--   order_lines_with_cost: Lines whose cost of goods is known.
--   revenue: Sum of its lines; zero for an order without lines.
--   cost_of_goods: What its goods cost, as far as known.
--   is_return: Its lines sum to less than zero, so that it is no purchase; its money counts all the same.
-- audits:
--   - unique: [order_id]
--   - not_null: [customer_id, ordered_on, revenue, cost_of_goods]
--   - name: { en: 'no order line is lost or counted twice', zh: 没有订单明细被遗漏或重复计算 }
--     rows: >
--       SELECT orders.revenue, lines.revenue FROM (SELECT COALESCE(SUM(revenue), 0) AS revenue FROM core.orders) AS orders
--       CROSS JOIN (SELECT COALESCE(SUM(revenue), 0) AS revenue FROM core.order_lines) AS lines
--       WHERE orders.revenue <> lines.revenue
WITH
    summed AS (
        SELECT
            order_id,
            COUNT(*) AS order_lines,
            COUNT(*) FILTER (WHERE has_amount) AS order_lines_with_amount,
            COUNT(*) FILTER (WHERE has_cost) AS order_lines_with_cost,
            SUM(revenue) AS revenue,
            SUM(cost_of_goods) AS cost_of_goods
        FROM core.order_lines
        GROUP BY order_id
    )
SELECT
    orders.order_id,
    orders.customer_id,
    orders.dealer_id,
    orders.sales_owner_id,
    orders.opportunity_id,
    COALESCE(summed.order_lines, 0) AS order_lines,
    COALESCE(summed.order_lines_with_amount, 0) AS order_lines_with_amount,
    COALESCE(summed.order_lines_with_cost, 0) AS order_lines_with_cost,
    CAST(COALESCE(summed.revenue, 0) AS DECIMAL(18, 2)) AS revenue,
    CAST(COALESCE(summed.cost_of_goods, 0) AS DECIMAL(18, 2)) AS cost_of_goods,
    COALESCE(summed.revenue, 0) < 0 AS is_return,
    orders.ordered_on
FROM
    staging.orders
    CROSS JOIN policy.clock
    LEFT JOIN summed ON summed.order_id = orders.order_id
WHERE NOT orders.is_cancelled AND orders.ordered_on <= clock.as_of

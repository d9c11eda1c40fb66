-- description: One row per customer on the business date, all time and over the last twelve calendar months. Reporting currency.
-- grain: [customer_id]
-- columns:
--   dealer_id: The dealer through whom it buys; none for all others.
--   revenue: Order revenue of all time.
--   trailing_orders: Orders of the last twelve months.
--   trailing_requests: Requests of the last twelve months.
--   trailing_service_hours: Service hours of the last twelve months.
--   trailing_service_revenue: Service revenue of the last twelve months.
--   trailing_direct_service_cost: Direct service cost of the last twelve months.
--   trailing_profit_before_allocation: Profit before allocation of the last twelve months.
--   trailing_indirect_cost: Indirect cost of the last twelve months.
--   trailing_profit: Profit of the last twelve months.
--   revenue_rank: Place by trailing revenue among customers of the same kind; 1 is the largest.
--   profit_rank: Place by profit among customers of the same kind.
--   rank_drop: Profit rank less revenue rank; high is the big customer who is not.
--   order_silence: Days since the last purchase, as a multiple of the usual days between purchases.
--   contact_silence: Days since the last order or request, as a multiple of the usual days between them.
-- audits:
--   - unique: [customer_id]
--   - not_null: [customer_name, revenue, profit_before_allocation, trailing_profit_before_allocation, eats_service]
--   - balance: profit = profit_before_allocation - indirect_cost
--   - balance: profit_before_allocation = sales_margin + service_revenue - direct_service_cost
--   - name: { en: 'all time sums to the sum of all months', zh: 全部时间等于各月之和 }
--     rows: >
--       SELECT here.profit, months.profit
--       FROM (SELECT COALESCE(SUM(profit_before_allocation), 0) AS profit FROM marts.customers) AS here
--       CROSS JOIN (SELECT COALESCE(SUM(profit_before_allocation), 0) AS profit FROM marts.customer_months) AS months
--       WHERE here.profit <> months.profit
WITH
    totals AS (
        SELECT
            customer_id,
            SUM(orders) AS orders,
            SUM(purchases) AS purchases,
            SUM(requests) AS requests,
            SUM(visits) AS visits,
            SUM(service_hours) AS service_hours,
            SUM(revenue) AS revenue,
            SUM(sales_margin) AS sales_margin,
            SUM(service_revenue) AS service_revenue,
            SUM(direct_service_cost) AS direct_service_cost,
            SUM(indirect_cost) AS indirect_cost,
            SUM(profit_before_allocation) AS profit
        FROM marts.customer_months
        GROUP BY customer_id
    ),
    last_year AS (
        SELECT
            months.customer_id,
            SUM(months.orders) AS orders,
            SUM(months.requests) AS requests,
            SUM(months.revenue) AS revenue,
            SUM(months.service_revenue) AS service_revenue,
            SUM(months.direct_service_cost) AS direct_service_cost,
            SUM(months.indirect_cost) AS indirect_cost,
            SUM(months.profit_before_allocation) AS profit
        FROM
            marts.customer_months AS months
            CROSS JOIN policy.clock
        WHERE months.month >= CAST(DATE_TRUNC('month', clock.as_of) - INTERVAL '11' MONTH AS DATE)
        GROUP BY months.customer_id
    ),
    ranked AS (
        SELECT
            customers.customer_id,
            RANK() OVER (
                PARTITION BY customers.customer_kind
                ORDER BY COALESCE(totals.revenue, 0) DESC
            ) AS revenue_rank,
            RANK() OVER (
                PARTITION BY customers.customer_kind
                ORDER BY COALESCE(totals.profit, 0) - COALESCE(totals.indirect_cost, 0) DESC
            ) AS profit_rank
        FROM
            core.customers
            LEFT JOIN totals ON totals.customer_id = customers.customer_id
    )
SELECT
    customers.customer_id,
    COALESCE(customers.dealer_id, 'none') AS dealer_id,
    customers.customer_name,
    customers.customer_kind,
    customers.crm_class,
    customers.region,
    customers.industry,
    customers.sales_owner,
    customers.service_owner,
    customers.dealer_name,
    CAST(COALESCE(totals.orders, 0) AS BIGINT) AS orders,
    CAST(COALESCE(totals.purchases, 0) AS BIGINT) AS purchases,
    CAST(COALESCE(totals.requests, 0) AS BIGINT) AS requests,
    CAST(COALESCE(totals.visits, 0) AS BIGINT) AS visits,
    CAST(COALESCE(totals.service_hours, 0) AS DECIMAL(18, 4)) AS service_hours,
    CAST(COALESCE(totals.revenue, 0) AS DECIMAL(18, 2)) AS revenue,
    CAST(COALESCE(totals.sales_margin, 0) AS DECIMAL(18, 2)) AS sales_margin,
    CAST(COALESCE(totals.service_revenue, 0) AS DECIMAL(18, 2)) AS service_revenue,
    CAST(COALESCE(totals.direct_service_cost, 0) AS DECIMAL(18, 2)) AS direct_service_cost,
    CAST(COALESCE(totals.profit, 0) AS DECIMAL(18, 2)) AS profit_before_allocation,
    CAST(COALESCE(totals.indirect_cost, 0) AS DECIMAL(18, 2)) AS indirect_cost,
    CAST(COALESCE(totals.profit, 0) - COALESCE(totals.indirect_cost, 0) AS DECIMAL(18, 2)) AS profit,
    CAST(COALESCE(last_year.orders, 0) AS BIGINT) AS trailing_orders,
    CAST(COALESCE(last_year.requests, 0) AS BIGINT) AS trailing_requests,
    standing.trailing_service_hours,
    standing.trailing_revenue,
    CAST(COALESCE(last_year.service_revenue, 0) AS DECIMAL(18, 2)) AS trailing_service_revenue,
    CAST(COALESCE(last_year.direct_service_cost, 0) AS DECIMAL(18, 2)) AS trailing_direct_service_cost,
    CAST(COALESCE(last_year.profit, 0) AS DECIMAL(18, 2)) AS trailing_profit_before_allocation,
    CAST(COALESCE(last_year.indirect_cost, 0) AS DECIMAL(18, 2)) AS trailing_indirect_cost,
    CAST(
        COALESCE(last_year.profit, 0) - COALESCE(last_year.indirect_cost, 0) AS DECIMAL(18, 2)
    ) AS trailing_profit,
    standing.previous_revenue,
    standing.revenue_change,
    standing.revenue_growth,
    standing.workload_percentile,
    ranked.revenue_rank,
    ranked.profit_rank,
    ranked.profit_rank - ranked.revenue_rank AS rank_drop,
    cycles.purchase_cycle_days,
    cycles.recency_days,
    cycles.next_order_in_days,
    silence.order_silence,
    silence.contact_silence,
    standing.eats_service,
    cycles.first_ordered_on,
    cycles.last_ordered_on
FROM
    core.customers
    INNER JOIN core.customer_standing AS standing ON standing.customer_id = customers.customer_id
    INNER JOIN ranked ON ranked.customer_id = customers.customer_id
    LEFT JOIN totals ON totals.customer_id = customers.customer_id
    LEFT JOIN last_year ON last_year.customer_id = customers.customer_id
    LEFT JOIN core.purchase_cycles AS cycles ON cycles.customer_id = customers.customer_id
    LEFT JOIN core.customer_silence AS silence ON silence.customer_id = customers.customer_id

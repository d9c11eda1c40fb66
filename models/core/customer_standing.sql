-- description: Where each customer stands on the business date, its load on service against its growth. The last twelve calendar months, the month of the business date included.
-- grain: [customer_id]
-- columns:
--   trailing_service_hours: Service hours of the last twelve months.
--   workload_percentile: Share of the customers of the same kind with fewer service hours in the last twelve months, 0 to 1.
--   trailing_revenue: Revenue of the last twelve months.
--   previous_revenue: Revenue of the twelve months before, up to the same day of the year.
--   revenue_change: Trailing less previous revenue.
--   revenue_growth: Change as a share of the previous revenue; empty where that is zero or less.
--   eats_service: Class key or VIP, among the heaviest by workload (policy), and no growth in revenue; never an indirect customer, which does not order from us.
-- audits:
--   - unique: [customer_id]
--   - not_null: [workload_percentile, eats_service]
WITH
    bounds AS (
        SELECT
            CAST(DATE_TRUNC('month', as_of) - INTERVAL '11' MONTH AS DATE) AS trailing_from,
            CAST(DATE_TRUNC('month', as_of) - INTERVAL '23' MONTH AS DATE) AS previous_from,
            CAST(as_of - INTERVAL '12' MONTH AS DATE) AS previous_until
        FROM policy.clock
    ),
    hours AS (
        SELECT work.customer_id, SUM(work.service_hours) AS service_hours
        FROM
            core.work_months AS work
            CROSS JOIN bounds
        WHERE work.month >= bounds.trailing_from
        GROUP BY work.customer_id
    ),
    revenues AS (
        SELECT
            orders.customer_id,
            SUM(
                CASE
                    WHEN orders.ordered_on >= bounds.trailing_from THEN orders.revenue
                    ELSE 0
                END
            ) AS trailing_revenue,
            SUM(
                CASE
                    WHEN orders.ordered_on BETWEEN bounds.previous_from AND bounds.previous_until THEN orders.revenue
                    ELSE 0
                END
            ) AS previous_revenue
        FROM
            core.orders
            CROSS JOIN bounds
        WHERE orders.ordered_on >= bounds.previous_from
        GROUP BY orders.customer_id
    ),
    loads AS (
        SELECT
            customers.customer_id,
            customers.customer_kind,
            customers.crm_class,
            COALESCE(hours.service_hours, 0) AS service_hours,
            PERCENT_RANK() OVER (
                PARTITION BY customers.customer_kind
                ORDER BY COALESCE(hours.service_hours, 0)
            ) AS workload_percentile,
            COALESCE(revenues.trailing_revenue, 0) AS trailing_revenue,
            COALESCE(revenues.previous_revenue, 0) AS previous_revenue
        FROM
            core.customers
            LEFT JOIN hours ON hours.customer_id = customers.customer_id
            LEFT JOIN revenues ON revenues.customer_id = customers.customer_id
    )
SELECT
    loads.customer_id,
    CAST(loads.service_hours AS DECIMAL(18, 4)) AS trailing_service_hours,
    loads.workload_percentile,
    CAST(loads.trailing_revenue AS DECIMAL(18, 2)) AS trailing_revenue,
    CAST(loads.previous_revenue AS DECIMAL(18, 2)) AS previous_revenue,
    CAST(loads.trailing_revenue - loads.previous_revenue AS DECIMAL(18, 2)) AS revenue_change,
    CASE
        WHEN loads.previous_revenue > 0 THEN CAST(
            loads.trailing_revenue - loads.previous_revenue AS DOUBLE
        ) / CAST(loads.previous_revenue AS DOUBLE)
    END AS revenue_growth,
    loads.crm_class IN ('key', 'VIP')
    AND loads.customer_kind != 'indirect'
    AND loads.service_hours > 0
    AND loads.workload_percentile >= settings.eats_service_workload_percentile
    AND loads.trailing_revenue <= loads.previous_revenue AS eats_service
FROM
    loads
    CROSS JOIN policy.settings

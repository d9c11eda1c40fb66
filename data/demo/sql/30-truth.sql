-- What a right warehouse must find, reckoned here from the company's own tables, before anything was written or forgotten.
CREATE SCHEMA truth;

CREATE TABLE truth.hourly AS
SELECT tasks.task_no, max_by(employee_rates.hourly_cost, employee_rates.valid_from) AS hourly_cost
FROM tasks
JOIN employee_rates ON employee_rates.employee_id = tasks.employee_id AND employee_rates.valid_from <= CAST(tasks.starts AS DATE)
GROUP BY tasks.task_no;

-- Per customer, all time and in the twelve months to 2026-06-30.
CREATE TABLE truth.customer_money AS
WITH flows AS (
    SELECT customer_no, CAST(ordered_at AS DATE) AS happened_on, amount_cny AS revenue,
        amount_cny - CAST(quantity * unit_cost AS DECIMAL(18, 2)) AS sales_margin, 0 AS service_revenue, 0 AS service_cost, 0 AS minutes
    FROM order_lines JOIN orders USING (order_no) WHERE status <> 'cancelled'
    UNION ALL
    SELECT customer_no, CAST(ordered_at AS DATE), 0, 0, amount, COALESCE(CAST(quantity * unit_cost AS DECIMAL(18, 2)), 0), 0
    FROM service_order_lines
    JOIN service_orders USING (service_order_no)
    UNION ALL
    SELECT customer_no, CAST(starts AS DATE), 0, 0, 0, CAST((work_minutes + travel_minutes) / 60.0 * hourly_cost AS DECIMAL(18, 2)),
        work_minutes + travel_minutes
    FROM tasks
    JOIN truth.hourly USING (task_no)
    WHERE is_done
    UNION ALL
    SELECT requests_base.customer_no, incurred_on, 0, 0, 0, CAST(amount * CASE currency WHEN 'EUR' THEN 7.81 ELSE 1 END AS DECIMAL(18, 2)),
        0
    FROM expenses
    LEFT JOIN tasks USING (task_id)
    JOIN requests_base ON requests_base.request_id = COALESCE(expenses.request_id, tasks.request_id)
    UNION ALL
    SELECT contracts.customer_no, incurred_on, 0, 0, 0, amount, 0 FROM expenses JOIN contracts USING (contract_id)
    UNION ALL
    SELECT customer_no, month_on, 0, 0,
        CAST(amount * greatest(0, date_diff('day', greatest(starts_on, month_on), least(ends_on, last_on)) + 1) / (date_diff('day', starts_on, ends_on) + 1) AS DECIMAL(18, 2)),
        0, 0
    FROM contracts JOIN contract_amounts USING (contract_no)
    JOIN (SELECT CAST(month AS DATE) AS month_on, CAST(month + INTERVAL 1 MONTH - INTERVAL 1 DAY AS DATE) AS last_on FROM range(TIMESTAMP '2023-07-01', TIMESTAMP '2026-07-01', INTERVAL 1 MONTH) AS months(month)) ON starts_on <= last_on
        AND ends_on >= month_on
)
SELECT
    customer_no,
    CAST(sum(revenue) AS DECIMAL(18, 2)) AS revenue, CAST(sum(sales_margin) AS DECIMAL(18, 2)) AS sales_margin,
    CAST(sum(service_revenue) AS DECIMAL(18, 2)) AS service_revenue, CAST(sum(service_cost) AS DECIMAL(18, 2)) AS direct_service_cost,
    sum(minutes) / 60.0 AS hours,
    COALESCE(CAST(sum(revenue) FILTER (WHERE happened_on > DATE '2025-06-30') AS DECIMAL(18, 2)), 0) AS revenue_12,
    COALESCE(CAST(sum(revenue) FILTER (WHERE happened_on BETWEEN DATE '2024-07-01'
        AND DATE '2025-06-30') AS DECIMAL(18, 2)), 0) AS revenue_before,
    COALESCE(CAST(sum(sales_margin + service_revenue - service_cost) FILTER (WHERE happened_on > DATE '2025-06-30') AS DECIMAL(18, 2)), 0) AS contribution_12,
    COALESCE(sum(minutes) FILTER (WHERE happened_on > DATE '2025-06-30') / 60.0, 0) AS hours_12,
    CAST(sum(sales_margin + service_revenue - service_cost) AS DECIMAL(18, 2)) AS contribution
FROM flows
GROUP BY customer_no;

CREATE TABLE truth.customers AS
SELECT
    customer_no, customer_id, part, kind, class, COALESCE(truth.customer_money.revenue, 0) AS revenue,
    customer_money.* EXCLUDE (customer_no, revenue),
    rank() OVER (PARTITION BY kind ORDER BY COALESCE(customer_money.revenue, 0) DESC) AS revenue_rank,
    rank() OVER (PARTITION BY kind ORDER BY COALESCE(contribution, 0) DESC) AS contribution_rank,
    percent_rank() OVER (ORDER BY COALESCE(hours_12, 0)) AS load_place, count(*) OVER (PARTITION BY kind) AS peers
FROM customers JOIN classes USING (customer_no) LEFT JOIN truth.customer_money USING (customer_no);

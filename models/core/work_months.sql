-- description: How much work each customer gave the service department in each month. Reporting currency.
-- grain: [customer_id, month]
-- columns:
--   requests: Requests opened.
--   complaints: Requests opened that are complaints.
--   tasks: Tasks done.
--   tasks_with_hours: Tasks whose worked minutes were entered.
--   tasks_with_labour_cost: Tasks whose worked minutes and hourly cost are known.
--   visits: Tasks done on the customer's site.
--   service_hours: Worked plus travelled hours of tasks, by the day they were done.
--   labour_cost: Task hours times the hourly cost valid that day.
--   month: First day of the month.
-- audits:
--   - unique: [customer_id, month]
--   - name: { en: 'no task of a known customer is lost or counted twice', zh: 已知客户的任务没有遗漏或重复计算 }
--     rows: >
--       SELECT months.tasks, done.tasks
--       FROM (SELECT COALESCE(SUM(tasks), 0) AS tasks, COALESCE(SUM(labour_cost), 0) AS labour_cost FROM core.work_months) AS months
--       CROSS JOIN (
--           SELECT COUNT(*) AS tasks, COALESCE(SUM(labour_cost), 0) AS labour_cost FROM core.tasks WHERE customer_id IS NOT NULL
--       ) AS done
--       WHERE months.tasks <> done.tasks OR months.labour_cost <> done.labour_cost
--   - name: { en: 'no request is lost or counted twice', zh: 没有服务请求被遗漏或重复计算 }
--     rows: >
--       SELECT months.requests, opened.requests FROM (SELECT COALESCE(SUM(requests), 0) AS requests FROM core.work_months) AS months
--       CROSS JOIN (SELECT COUNT(*) AS requests FROM core.requests) AS opened
--       WHERE months.requests <> opened.requests
WITH
    opened AS (
        SELECT
            customer_id,
            DATE_TRUNC('month', opened_on) AS month,
            COUNT(*) AS requests,
            COUNT(*) FILTER (WHERE is_complaint) AS complaints
        FROM core.requests
        GROUP BY customer_id, DATE_TRUNC('month', opened_on)
    ),
    done AS (
        SELECT
            customer_id,
            DATE_TRUNC('month', done_on) AS month,
            COUNT(*) AS tasks,
            COUNT(*) FILTER (WHERE has_hours) AS tasks_with_hours,
            COUNT(*) FILTER (WHERE has_labour_cost) AS tasks_with_labour_cost,
            COUNT(*) FILTER (WHERE is_visit) AS visits,
            SUM(service_minutes) AS service_minutes,
            SUM(labour_cost) AS labour_cost
        FROM core.tasks
        WHERE customer_id IS NOT NULL
        GROUP BY customer_id, DATE_TRUNC('month', done_on)
    )
SELECT
    COALESCE(opened.customer_id, done.customer_id) AS customer_id,
    COALESCE(opened.requests, 0) AS requests,
    COALESCE(opened.complaints, 0) AS complaints,
    COALESCE(done.tasks, 0) AS tasks,
    COALESCE(done.tasks_with_hours, 0) AS tasks_with_hours,
    COALESCE(done.tasks_with_labour_cost, 0) AS tasks_with_labour_cost,
    COALESCE(done.visits, 0) AS visits,
    CAST(CAST(COALESCE(done.service_minutes, 0) AS DOUBLE) / 60 AS DECIMAL(18, 4)) AS service_hours,
    CAST(COALESCE(done.labour_cost, 0) AS DECIMAL(18, 2)) AS labour_cost,
    CAST(COALESCE(opened.month, done.month) AS DATE) AS month
FROM
    opened
    FULL OUTER JOIN done ON done.customer_id = opened.customer_id AND done.month = opened.month

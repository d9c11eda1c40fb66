-- description: Requests by the month they were opened and what kind of request and customer they were.
-- grain: [month, channel, request_kind, priority, region, industry, customer_kind, crm_class]
-- columns:
--   month: First day of the month.
--   requests: Requests opened.
--   requests_with_kind: Requests whose kind was entered.
--   resolved_requests: Requests resolved or closed by the business date.
--   open_requests: Requests neither resolved nor closed by the business date.
--   complaints: Requests that are complaints.
--   warranty_requests: Requests opened while the warranty of their asset ran.
--   requests_with_first_response: Requests whose first response is known.
--   requests_with_resolution_time: Requests whose resolution instant is known.
--   first_response_elapsed_minutes: Sum of elapsed minutes from opening to first response.
--   resolution_elapsed_minutes: Sum of elapsed minutes from opening to resolution.
-- audits:
--   - unique: [month, channel, request_kind, priority, region, industry, customer_kind, crm_class]
--   - balance: requests = resolved_requests + open_requests
--   - name: { en: 'no request is lost or counted twice', zh: 没有服务请求被遗漏或重复计算 }
--     rows: >
--       SELECT months.requests, opened.requests
--       FROM (SELECT COALESCE(SUM(requests), 0) AS requests FROM marts.request_months) AS months
--       CROSS JOIN (SELECT COUNT(*) AS requests FROM core.requests) AS opened
--       WHERE months.requests <> opened.requests
WITH
    months AS (
        SELECT
            requests.channel,
            requests.request_kind,
            requests.priority,
            customers.region,
            customers.industry,
            customers.customer_kind,
            customers.crm_class,
            COUNT(*) AS requests,
            COUNT(*) FILTER (WHERE requests.has_kind) AS requests_with_kind,
            COUNT(*) FILTER (WHERE requests.is_resolved) AS resolved_requests,
            COUNT(*) FILTER (WHERE NOT requests.is_resolved) AS open_requests,
            COUNT(*) FILTER (WHERE requests.is_complaint) AS complaints,
            COUNT(*) FILTER (WHERE requests.is_in_warranty) AS warranty_requests,
            COUNT(requests.first_response_elapsed_minutes) AS requests_with_first_response,
            COUNT(requests.resolution_elapsed_minutes) AS requests_with_resolution_time,
            SUM(requests.first_response_elapsed_minutes) AS first_response_elapsed_minutes,
            SUM(requests.resolution_elapsed_minutes) AS resolution_elapsed_minutes,
            DATE_TRUNC('month', requests.opened_on) AS month
        FROM
            core.requests
            INNER JOIN core.customers ON customers.customer_id = requests.customer_id
        GROUP BY
            requests.channel,
            requests.request_kind,
            requests.priority,
            customers.region,
            customers.industry,
            customers.customer_kind,
            customers.crm_class,
            DATE_TRUNC('month', requests.opened_on)
    )
SELECT
    channel,
    request_kind,
    priority,
    region,
    industry,
    customer_kind,
    crm_class,
    requests,
    requests_with_kind,
    resolved_requests,
    open_requests,
    complaints,
    warranty_requests,
    requests_with_first_response,
    requests_with_resolution_time,
    CAST(COALESCE(first_response_elapsed_minutes, 0) AS DECIMAL(18, 2)) AS first_response_elapsed_minutes,
    CAST(COALESCE(resolution_elapsed_minutes, 0) AS DECIMAL(18, 2)) AS resolution_elapsed_minutes,
    CAST(month AS DATE) AS month
FROM months

-- description: What service did with a customer that a sale may have come of, be it a visit, a part or a question.
-- grain: [trace_kind, trace_id]
-- columns:
--   trace_id: The task of a visit, the line of a part (service order and line), the request of a question.
--   trace_kind: visit, part or question.
--   trace_name: Topic of the request, or name of the part; empty where there is neither.
--   family: Product family of the machine, else of the part; empty where neither is known.
--   traced_on: Day of the visit or question, or on which the part was ordered.
-- audits:
--   - unique: [trace_kind, trace_id]
WITH
    traces AS (
        SELECT
            'visit' AS trace_kind,
            task_id AS trace_id,
            customer_id,
            request_id,
            employee_id,
            CAST(NULL AS VARCHAR) AS product_id,
            done_on AS traced_on
        FROM core.tasks
        WHERE is_visit
        UNION ALL
        SELECT
            'part' AS trace_kind,
            CONCAT(service_order_id, '/', line_id) AS trace_id,
            customer_id,
            request_id,
            CAST(NULL AS VARCHAR) AS employee_id,
            product_id,
            ordered_on AS traced_on
        FROM core.service_lines
        WHERE is_part
        UNION ALL
        SELECT
            'question' AS trace_kind,
            request_id AS trace_id,
            customer_id,
            request_id,
            owner_id AS employee_id,
            CAST(NULL AS VARCHAR) AS product_id,
            opened_on AS traced_on
        FROM core.requests
        WHERE request_kind = 'inquiry'
    )
SELECT
    traces.trace_kind,
    traces.trace_id,
    traces.customer_id,
    traces.request_id,
    traces.employee_id,
    requests.asset_id,
    COALESCE(parts.product_name, requests.topic) AS trace_name,
    COALESCE(machines.family, parts.family) AS family,
    traces.traced_on
FROM
    traces
    LEFT JOIN core.requests ON requests.request_id = traces.request_id
    LEFT JOIN staging.assets ON assets.asset_id = requests.asset_id
    LEFT JOIN core.products AS machines ON machines.product_id = assets.product_id
    LEFT JOIN core.products AS parts ON parts.product_id = traces.product_id
WHERE traces.customer_id IS NOT NULL AND traces.traced_on IS NOT NULL

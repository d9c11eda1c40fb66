-- description: Where each opportunity and each order came from, exactly one of three, service sourced it, service influenced it, or neither.
-- grain: [entity, record_id]
-- columns:
--   entity: opportunities or orders.
--   record_id: The opportunity or order.
--   origin: sourced where service brought it (policy.sourced; an order through its opportunity); influenced where it was decided within policy.settings.influenced_days after a request or visit of the customer; else other. Never summed.
--   contact_on: Last request or visit of the customer by the day it was decided; empty where there was none.
--   decided_on: Day of the order; of an opportunity the day it was won or lost, the business date while open.
-- audits:
--   - unique: [entity, record_id]
--   - not_null: [entity, record_id, origin]
--   - accepted: { origin: [sourced, influenced, other] }
--   - name: { en: 'every opportunity and every order has one origin', zh: 每个机会和订单有且只有一个来源归属 }
--     rows: >
--       SELECT origins.records, facts.records FROM (SELECT COUNT(*) AS records FROM core.sale_origins) AS origins
--       CROSS JOIN (SELECT (SELECT COUNT(*) FROM core.opportunities) + (SELECT COUNT(*) FROM core.orders) AS records) AS facts
--       WHERE origins.records <> facts.records
WITH
    contacts AS (
        SELECT customer_id, opened_on AS happened_on FROM core.requests
        UNION
        SELECT customer_id, done_on AS happened_on FROM core.tasks WHERE is_visit AND customer_id IS NOT NULL
    ),
    sales AS (
        SELECT
            'opportunities' AS entity,
            opportunity_id AS record_id,
            customer_id,
            is_service_sourced,
            decided_on
        FROM core.opportunities
        UNION ALL
        SELECT
            'orders' AS entity,
            orders.order_id AS record_id,
            orders.customer_id,
            COALESCE(opportunities.is_service_sourced, FALSE) AS is_service_sourced,
            orders.ordered_on AS decided_on
        FROM
            core.orders
            LEFT JOIN core.opportunities ON opportunities.opportunity_id = orders.opportunity_id
    ),
    -- One pass over each customer's days finds the last contact before each sale; a contact of the same day counts.
    days AS (
        SELECT
            CAST(NULL AS VARCHAR) AS entity,
            CAST(NULL AS VARCHAR) AS record_id,
            customer_id,
            CAST(NULL AS BOOLEAN) AS is_service_sourced,
            happened_on AS decided_on,
            happened_on AS contact_on
        FROM contacts
        UNION ALL
        SELECT
            entity,
            record_id,
            customer_id,
            is_service_sourced,
            decided_on,
            CAST(NULL AS DATE) AS contact_on
        FROM sales
    ),
    looked_back AS (
        SELECT
            entity,
            record_id,
            customer_id,
            is_service_sourced,
            decided_on,
            MAX(contact_on) OVER (
                PARTITION BY customer_id
                ORDER BY decided_on
                RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ) AS contact_on
        FROM days
    )
SELECT
    looked_back.entity,
    looked_back.record_id,
    looked_back.customer_id,
    CASE
        WHEN looked_back.is_service_sourced THEN 'sourced'
        WHEN DATE_DIFF(
            'day',
            looked_back.contact_on,
            looked_back.decided_on
        ) <= settings.influenced_days THEN 'influenced'
        ELSE 'other'
    END AS origin,
    looked_back.decided_on,
    looked_back.contact_on
FROM
    looked_back
    CROSS JOIN policy.settings
WHERE looked_back.record_id IS NOT NULL

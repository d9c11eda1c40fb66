-- description: Parts and labour ordered for a request.
-- grain: [service_order_id]
-- columns:
--   exchange_rate: What one unit of the currency of the document was worth in the reporting currency that day; empty where unknown.
--   currency: Currency of the document's lines; the reporting currency where the source names none.
--   is_cancelled: The status is one of policy.cancelled_statuses; it counts in no figure.
--   ordered_on: The day of ordered_at in the company's time zone.
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    service_orders.service_order_id,
    service_orders.request_id,
    service_orders.customer_id,
    service_orders.recorded_by,
    service_orders.status,
    COALESCE(service_orders.currency, settings.currency) AS currency,
    service_orders.source,
    CASE
        WHEN service_orders.currency IS NULL
        OR service_orders.currency = settings.currency THEN 1
        ELSE currency_days.rate
    END AS exchange_rate,
    LOWER(COALESCE(service_orders.status, '')) IN (
        SELECT LOWER(status) FROM policy.cancelled_statuses
    ) AS is_cancelled,
    local_date(service_orders.ordered_at) AS ordered_on,
    local_date(service_orders.recorded_at) AS recorded_on,
    service_orders.ordered_at,
    service_orders.recorded_at
FROM
    raw.service_orders
    CROSS JOIN policy.settings
    LEFT JOIN staging.currency_days
        ON currency_days.currency = service_orders.currency
        AND currency_days.day = local_date(service_orders.ordered_at)

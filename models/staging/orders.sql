-- description: What was sold to a customer, or to a dealer for one.
-- grain: [order_id]
-- columns:
--   exchange_rate: What one unit of the currency of the document was worth in the reporting currency that day; empty where unknown.
--   currency: Currency of the document's lines; the reporting currency where the source names none.
--   is_cancelled: The status is one of policy.cancelled_statuses; it counts in no figure.
--   ordered_on: The day of ordered_at in the company's time zone.
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    orders.order_id,
    orders.customer_id,
    orders.dealer_id,
    orders.sales_owner_id,
    orders.opportunity_id,
    orders.recorded_by,
    orders.status,
    COALESCE(orders.currency, settings.currency) AS currency,
    orders.source,
    CASE
        WHEN orders.currency IS NULL
        OR orders.currency = settings.currency THEN 1
        ELSE currency_days.rate
    END AS exchange_rate,
    LOWER(COALESCE(orders.status, '')) IN (
        SELECT LOWER(status) FROM policy.cancelled_statuses
    ) AS is_cancelled,
    local_date(orders.ordered_at) AS ordered_on,
    local_date(orders.recorded_at) AS recorded_on,
    orders.ordered_at,
    orders.recorded_at
FROM
    raw.orders
    CROSS JOIN policy.settings
    LEFT JOIN staging.currency_days
        ON currency_days.currency = orders.currency AND currency_days.day = local_date(orders.ordered_at)

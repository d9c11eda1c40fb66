-- description: Every version of every order, with the interval in which it was the truth.
-- grain: [order_id, known_from]
-- columns:
--   is_cancelled: The status is one of policy.cancelled_statuses.
--   exchange_rate: What one unit of its currency is worth in the reporting currency that day; empty where that is not known.
--   ordered_on: Day it was ordered, in the company's time zone.
--   known_from: When this version became known.
--   known_to: When it ended; empty while it is still the truth.
WITH
    versions AS (
        SELECT
            order_id,
            customer_id,
            status,
            currency,
            ordered_at,
            known_from,
            CAST(NULL AS TIMESTAMP) AS known_to
        FROM raw.orders
        UNION ALL
        SELECT
            order_id,
            customer_id,
            status,
            currency,
            ordered_at,
            known_from,
            known_to
        FROM history.orders
    )
SELECT
    versions.order_id,
    versions.customer_id,
    CASE
        WHEN versions.currency IS NULL
        OR versions.currency = settings.currency THEN 1
        ELSE currency_days.rate
    END AS exchange_rate,
    LOWER(COALESCE(versions.status, '')) IN (
        SELECT LOWER(status) FROM policy.cancelled_statuses
    ) AS is_cancelled,
    local_date(versions.ordered_at) AS ordered_on,
    versions.known_from,
    versions.known_to
FROM
    versions
    CROSS JOIN policy.settings
    LEFT JOIN staging.currency_days
        ON currency_days.currency = versions.currency AND currency_days.day = local_date(versions.ordered_at)

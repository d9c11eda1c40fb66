-- description: How long each customer has been silent against its own rhythm, as of the business date. Of one who neither orders nor calls, as of one who only orders no more.
-- grain: [customer_id]
-- columns:
--   order_silence: Days since the last purchase, as a multiple of the usual days between purchases; empty below three purchases.
--   contact_silence: The same of days with an order or a request; empty below five such days.
--   last_contact_on: Last day with an order or a request.
-- audits:
--   - unique: [customer_id]
WITH
    contacts AS (
        SELECT customer_id, ordered_on AS happened_on FROM core.orders WHERE NOT is_return
        UNION
        SELECT customer_id, opened_on AS happened_on FROM core.requests
    ),
    rhythms AS (
        SELECT
            customer_id,
            COUNT(*) AS days,
            CAST(DATE_DIFF('day', MIN(happened_on), MAX(happened_on)) AS DOUBLE) / NULLIF(
                CAST(COUNT(*) - 1 AS DOUBLE),
                0
            ) AS usual_days,
            MAX(happened_on) AS last_contact_on
        FROM contacts
        GROUP BY customer_id
    )
SELECT
    rhythms.customer_id,
    CASE
        WHEN cycles.purchases >= 3 THEN CAST(cycles.recency_days AS DOUBLE) / NULLIF(
            cycles.purchase_cycle_days,
            0
        )
    END AS order_silence,
    CASE
        WHEN rhythms.days >= 5 THEN CAST(
            DATE_DIFF('day', rhythms.last_contact_on, clock.as_of) AS DOUBLE
        ) / NULLIF(rhythms.usual_days, 0)
    END AS contact_silence,
    rhythms.last_contact_on
FROM
    rhythms
    CROSS JOIN policy.clock
    LEFT JOIN core.purchase_cycles AS cycles ON cycles.customer_id = rhythms.customer_id
WHERE rhythms.last_contact_on <= clock.as_of

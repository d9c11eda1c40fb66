-- description: What was paid on an invoice.
-- grain: [payment_id]
-- columns:
--   amount: In the reporting currency, at the rate of the day or the last one before it; empty where there is none.
--   original_amount: As the source gave it, in its own currency.
--   currency: Currency of original_amount; the reporting currency where the source names none.
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    payments.payment_id,
    payments.invoice_id,
    payments.recorded_by,
    COALESCE(payments.currency, settings.currency) AS currency,
    payments.source,
    TRY(
        CAST(
            CAST(payments.amount AS DECIMAL(20, 2)) * CASE
                WHEN payments.currency IS NULL
                OR payments.currency = settings.currency THEN 1
                ELSE currency_days.rate
            END AS DECIMAL(18, 2)
        )
    ) AS amount,
    payments.amount AS original_amount,
    payments.paid_on,
    local_date(payments.recorded_at) AS recorded_on,
    payments.recorded_at
FROM
    raw.payments
    CROSS JOIN policy.settings
    LEFT JOIN staging.currency_days
        ON currency_days.currency = payments.currency AND currency_days.day = payments.paid_on

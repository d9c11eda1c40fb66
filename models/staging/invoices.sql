-- description: What a customer was asked to pay.
-- grain: [invoice_id]
-- columns:
--   amount: In the reporting currency, at the rate of the day or the last one before it; empty where there is none.
--   original_amount: As the source gave it, in its own currency.
--   currency: Currency of original_amount; the reporting currency where the source names none.
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    invoices.invoice_id,
    invoices.customer_id,
    invoices.order_id,
    invoices.service_order_id,
    invoices.contract_id,
    invoices.recorded_by,
    COALESCE(invoices.currency, settings.currency) AS currency,
    invoices.source,
    TRY(
        CAST(
            CAST(invoices.amount AS DECIMAL(20, 2)) * CASE
                WHEN invoices.currency IS NULL
                OR invoices.currency = settings.currency THEN 1
                ELSE currency_days.rate
            END AS DECIMAL(18, 2)
        )
    ) AS amount,
    invoices.amount AS original_amount,
    invoices.issued_on,
    invoices.due_on,
    local_date(invoices.recorded_at) AS recorded_on,
    invoices.recorded_at
FROM
    raw.invoices
    CROSS JOIN policy.settings
    LEFT JOIN staging.currency_days
        ON currency_days.currency = invoices.currency AND currency_days.day = invoices.issued_on

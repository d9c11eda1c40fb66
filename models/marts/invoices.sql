-- description: Every invoice, what was paid on it and how long it has been open. Reporting currency, at the rate of the day it was issued.
-- grain: [invoice_id]
-- columns:
--   amount: Asked; empty where the currency has no rate.
--   paid: Paid until the business date.
--   open_amount: Asked and not paid.
--   overdue_days: Days since it was due, where something is open; zero before.
--   invoice_age: not_due, 30, 60, 90 or older, by days overdue; paid where nothing is open.
--   month: First day of the month it was issued.
--   due_on: When it is due; 30 days after issue where nobody said.
-- audits:
--   - unique: [invoice_id]
WITH
    settled AS (
        SELECT payments.invoice_id, SUM(payments.original_amount) AS paid
        FROM
            staging.payments
            CROSS JOIN policy.clock
        WHERE payments.paid_on <= clock.as_of
        GROUP BY payments.invoice_id
    ),
    measured AS (
        SELECT
            invoices.invoice_id,
            invoices.customer_id,
            invoices.amount,
            CASE
                WHEN invoices.original_amount != 0 THEN CAST(
                    CAST(invoices.amount AS DOUBLE) * CAST(COALESCE(settled.paid, 0) AS DOUBLE) / CAST(
                        invoices.original_amount AS DOUBLE
                    ) AS DECIMAL(18, 2)
                )
                ELSE 0
            END AS paid,
            COALESCE(invoices.due_on, CAST(invoices.issued_on + INTERVAL '30' DAY AS DATE)) AS due_on,
            invoices.issued_on,
            clock.as_of
        FROM
            staging.invoices
            CROSS JOIN policy.clock
            LEFT JOIN settled ON settled.invoice_id = invoices.invoice_id
        WHERE invoices.issued_on <= clock.as_of
    ),
    aged AS (
        SELECT
            *,
            amount - paid AS open_amount,
            CASE
                WHEN amount - paid > 0
                AND as_of > due_on THEN DATE_DIFF('day', due_on, as_of)
                ELSE 0
            END AS overdue_days
        FROM measured
    )
SELECT
    aged.invoice_id,
    aged.customer_id,
    customers.customer_name,
    customers.customer_kind,
    customers.region,
    customers.sales_owner,
    aged.amount,
    CAST(aged.paid AS DECIMAL(18, 2)) AS paid,
    CAST(aged.open_amount AS DECIMAL(18, 2)) AS open_amount,
    aged.overdue_days,
    CASE
        WHEN aged.open_amount <= 0 THEN 'paid'
        WHEN aged.overdue_days = 0 THEN 'not_due'
        WHEN aged.overdue_days <= 30 THEN '30'
        WHEN aged.overdue_days <= 60 THEN '60'
        WHEN aged.overdue_days <= 90 THEN '90'
        ELSE 'older'
    END AS invoice_age,
    CAST(DATE_TRUNC('month', aged.issued_on) AS DATE) AS month,
    aged.issued_on,
    aged.due_on
FROM
    aged
    INNER JOIN core.customers ON customers.customer_id = aged.customer_id

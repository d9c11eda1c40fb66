-- description: Every invoice, what was paid on it, how late, and how long it has been open. Reporting currency, at the rate of the day it was issued.
-- grain: [invoice_id]
-- columns:
--   amount: Asked; empty where the currency has no rate.
--   paid: Paid until the business date.
--   open_amount: Asked and not paid.
--   overdue_days: Days since it was due, where something is open; zero before.
--   days_late: Days from due to settled, or to the business date while open and overdue; zero where in time; empty where it is not due yet.
--   invoice_age: not_due, 30, 60, 90 or older, by days overdue; paid where nothing is open.
--   amount_of_year: Its amount where it was issued within the 365 days to the business date; else zero.
--   month: First day of the month it was issued.
--   due_on: When it is due; 30 days after issue where nobody said.
--   settled_on: The day its payments reached its amount; empty while something is open.
-- audits:
--   - unique: [invoice_id]
--   - balance: amount = paid + open_amount
--   - name: { en: 'no invoice is lost or counted twice', zh: 没有发票被遗漏或重复计算 }
--     rows: >
--       SELECT here.invoices, issued.invoices FROM (SELECT COUNT(*) AS invoices FROM marts.invoices) AS here
--       CROSS JOIN (SELECT COUNT(*) AS invoices FROM staging.invoices CROSS JOIN policy.clock WHERE issued_on <= as_of) AS issued
--       WHERE here.invoices <> issued.invoices
WITH
    paying AS (
        SELECT
            payments.invoice_id,
            payments.paid_on,
            SUM(payments.original_amount) AS paid
        FROM
            staging.payments
            CROSS JOIN policy.clock
        WHERE payments.paid_on <= clock.as_of
        GROUP BY payments.invoice_id, payments.paid_on
    ),
    running AS (
        SELECT
            invoice_id,
            paid_on,
            paid,
            SUM(paid) OVER (
                PARTITION BY invoice_id
                ORDER BY paid_on
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ) AS paid_so_far
        FROM paying
    ),
    settled AS (
        SELECT
            running.invoice_id,
            SUM(running.paid) AS paid,
            MIN(running.paid_on) FILTER (WHERE running.paid_so_far >= invoices.original_amount) AS settled_on
        FROM
            running
            INNER JOIN staging.invoices ON invoices.invoice_id = running.invoice_id
        GROUP BY running.invoice_id
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
                ELSE CAST(0 AS DECIMAL(18, 2))
            END AS paid,
            COALESCE(invoices.due_on, CAST(invoices.issued_on + INTERVAL '30' DAY AS DATE)) AS due_on,
            invoices.issued_on,
            settled.settled_on,
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
    customers.industry,
    customers.crm_class,
    customers.sales_owner,
    customers.service_owner,
    aged.amount,
    CAST(aged.paid AS DECIMAL(18, 2)) AS paid,
    CAST(aged.open_amount AS DECIMAL(18, 2)) AS open_amount,
    aged.overdue_days,
    CASE
        WHEN aged.open_amount > 0
        AND aged.as_of <= aged.due_on THEN NULL
        WHEN aged.open_amount > 0 THEN aged.overdue_days
        WHEN aged.settled_on IS NOT NULL THEN GREATEST(DATE_DIFF('day', aged.due_on, aged.settled_on), 0)
    END AS days_late,
    CASE
        WHEN aged.open_amount <= 0 THEN 'paid'
        WHEN aged.overdue_days = 0 THEN 'not_due'
        WHEN aged.overdue_days <= 30 THEN '30'
        WHEN aged.overdue_days <= 60 THEN '60'
        WHEN aged.overdue_days <= 90 THEN '90'
        ELSE 'older'
    END AS invoice_age,
    CAST(
        CASE
            WHEN aged.issued_on > aged.as_of - INTERVAL '365' DAY THEN aged.amount
            ELSE 0
        END AS DECIMAL(18, 2)
    ) AS amount_of_year,
    CAST(DATE_TRUNC('month', aged.issued_on) AS DATE) AS month,
    aged.issued_on,
    aged.due_on,
    CASE
        WHEN aged.open_amount <= 0 THEN aged.settled_on
    END AS settled_on
FROM
    aged
    INNER JOIN core.customers ON customers.customer_id = aged.customer_id

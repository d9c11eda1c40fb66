-- description: Payment of a day in the future; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: payments
--   role: finance
--   weight: 2
--   words: { en: Payment of a day in the future, zh: 回款日期在未来 }
--   remedy: { en: Correct the time. Until then it counts in no figure., zh: 更正时间；更正前不计入任何数字。 }
SELECT
    payments.payment_id AS record_id,
    invoices.customer_id,
    CAST(NULL AS VARCHAR) AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    LEAST(payments.paid_on, clock.as_of) AS happened_on,
    payments.paid_on > CAST(clock.known_at + INTERVAL '1' DAY AS DATE) AS is_fault
FROM
    staging.payments
    CROSS JOIN policy.clock
    LEFT JOIN staging.invoices ON invoices.invoice_id = payments.invoice_id
WHERE payments.paid_on <= clock.as_of OR payments.paid_on > CAST(clock.known_at + INTERVAL '1' DAY AS DATE)

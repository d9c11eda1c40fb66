-- description: Invoice of a day in the future; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: invoices
--   role: finance
--   weight: 2
--   words: { en: Invoice of a day in the future, zh: 发票日期在未来 }
--   remedy: { en: Correct the time. Until then it counts in no figure., zh: 更正时间；更正前不计入任何数字。 }
SELECT
    invoices.invoice_id AS record_id,
    invoices.customer_id AS customer_id,
    CAST(NULL AS VARCHAR) AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    LEAST(invoices.issued_on, clock.as_of) AS happened_on,
    invoices.issued_on > CAST(clock.known_at + INTERVAL '1' DAY AS DATE) AS is_fault
FROM
    staging.invoices
    CROSS JOIN policy.clock
WHERE
    invoices.issued_on <= clock.as_of
    OR invoices.issued_on > CAST(clock.known_at + INTERVAL '1' DAY AS DATE)

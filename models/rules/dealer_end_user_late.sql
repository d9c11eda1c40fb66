-- description: End user reported late; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: customers
--   role: dealer
--   weight: 1
--   lasting: true
--   words: { en: End user reported late, zh: 终端客户上报逾期 }
--   remedy: { en: Have the dealer report within the days agreed., zh: 请代理商在约定天数内上报。 }
SELECT
    customers.customer_id AS record_id,
    customers.customer_id,
    CAST(NULL AS VARCHAR) AS employee_id,
    customers.dealer_id,
    customers.registered_on AS happened_on,
    customers.recorded_on > customers.registered_on + INTERVAL '1' DAY * settings.dealer_report_days AS is_fault
FROM
    staging.customers
    CROSS JOIN policy.clock
    CROSS JOIN policy.settings
WHERE
    customers.dealer_id IS NOT NULL
    AND customers.registered_on BETWEEN COALESCE(
        settings.records_from,
        customers.registered_on
    ) AND clock.as_of
    AND customers.recorded_on <= clock.as_of
    AND customers.kind = 'indirect'

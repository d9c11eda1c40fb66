-- description: Contract that ends before it starts; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: contracts
--   role: sales
--   weight: 3
--   words: { en: Contract that ends before it starts, zh: 合约结束早于开始 }
--   remedy: { en: Correct the dates. Until then it covers nothing., zh: 更正起止日期；更正前不覆盖任何请求。 }
SELECT
    contracts.contract_id AS record_id,
    contracts.customer_id,
    COALESCE(contracts.recorded_by, customers.sales_owner_id) AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    LEAST(contracts.starts_on, clock.as_of) AS happened_on,
    contracts.ends_on < contracts.starts_on AS is_fault
FROM
    staging.contracts
    CROSS JOIN policy.clock
    LEFT JOIN staging.customers ON customers.customer_id = contracts.customer_id
WHERE COALESCE(contracts.recorded_on, contracts.starts_on) <= clock.as_of AND NOT contracts.is_cancelled

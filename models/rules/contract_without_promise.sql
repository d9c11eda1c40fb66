-- description: Contract without a promise; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: contracts
--   role: sales
--   weight: 3
--   words: { en: Contract without a promise, zh: 合约没有响应承诺 }
--   remedy: { en: Enter what response was promised. Until then the promise of the class holds., zh: 补填响应承诺；补填前按客户分类的承诺。 }
SELECT
    contracts.contract_id AS record_id,
    contracts.customer_id,
    COALESCE(contracts.recorded_by, customers.sales_owner_id) AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    LEAST(contracts.starts_on, clock.as_of) AS happened_on,
    contracts.response_kind IS NULL AS is_fault
FROM
    staging.contracts
    CROSS JOIN policy.clock
    LEFT JOIN staging.customers ON customers.customer_id = contracts.customer_id
WHERE COALESCE(contracts.recorded_on, contracts.starts_on) <= clock.as_of AND NOT contracts.is_cancelled

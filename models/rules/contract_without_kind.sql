-- description: Contract without a kind; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: contracts
--   role: sales
--   weight: 3
--   words: { en: Contract without a kind, zh: 合约没有类型 }
--   remedy: { en: Enter the kind of the contract., zh: 补填合约类型。 }
SELECT
    contracts.contract_id AS record_id,
    contracts.customer_id,
    COALESCE(contracts.recorded_by, customers.sales_owner_id) AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    LEAST(contracts.starts_on, clock.as_of) AS happened_on,
    contracts.kind IS NULL AS is_fault
FROM
    staging.contracts
    CROSS JOIN policy.clock
    LEFT JOIN staging.customers ON customers.customer_id = contracts.customer_id
WHERE COALESCE(contracts.recorded_on, contracts.starts_on) <= clock.as_of AND NOT contracts.is_cancelled

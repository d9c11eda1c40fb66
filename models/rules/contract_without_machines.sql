-- description: Contract that lists no machines; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: contracts
--   role: sales
--   weight: 3
--   words: { en: Contract that lists no machines, zh: 合约没有列出设备 }
--   remedy: { en: List the machines it covers. Until then it covers none., zh: 列出合约覆盖的设备；列出前不覆盖任何设备。 }
SELECT
    contracts.contract_id AS record_id,
    contracts.customer_id,
    COALESCE(contracts.recorded_by, customers.sales_owner_id) AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    LEAST(contracts.starts_on, clock.as_of) AS happened_on,
    lists.machines IS NULL AS is_fault
FROM
    staging.contracts
    CROSS JOIN policy.clock
    LEFT JOIN staging.customers ON customers.customer_id = contracts.customer_id
    LEFT JOIN (
        SELECT contract_id, COUNT(*) AS machines FROM staging.contract_assets GROUP BY contract_id
    ) AS lists
        ON lists.contract_id = contracts.contract_id
WHERE COALESCE(contracts.recorded_on, contracts.starts_on) <= clock.as_of AND NOT contracts.is_cancelled

-- description: Two contracts for one machine at the same time; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: contracts
--   role: sales
--   weight: 2
--   words: { en: Two contracts for one machine at the same time, zh: 同一设备的合约时间重叠 }
--   remedy: { en: End one of them. Until then the stricter promise holds., zh: 终止其中一份；在此之前按更严格的承诺。 }
WITH
    lined AS (
        SELECT
            contracts.contract_id,
            contracts.starts_on,
            MAX(contracts.ends_on) OVER (
                PARTITION BY contracts.customer_id, lists.asset_id
                ORDER BY contracts.starts_on, contracts.contract_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS covered_until
        FROM
            staging.contracts
            INNER JOIN staging.contract_assets AS lists ON lists.contract_id = contracts.contract_id
        WHERE NOT contracts.is_cancelled
    ),
    found AS (
        SELECT contract_id, COUNT(*) FILTER (WHERE starts_on <= covered_until) AS overlaps
        FROM lined
        GROUP BY contract_id
    )
SELECT
    contracts.contract_id AS record_id,
    contracts.customer_id,
    COALESCE(contracts.recorded_by, customers.sales_owner_id) AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    LEAST(contracts.starts_on, clock.as_of) AS happened_on,
    found.overlaps > 0 AS is_fault
FROM
    found
    INNER JOIN staging.contracts ON contracts.contract_id = found.contract_id
    CROSS JOIN policy.clock
    LEFT JOIN staging.customers ON customers.customer_id = contracts.customer_id
WHERE COALESCE(contracts.recorded_on, contracts.starts_on) <= clock.as_of

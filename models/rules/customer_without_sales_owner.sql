-- description: Customer without a sales owner; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: customers
--   role: sales
--   weight: 1
--   words: { en: Customer without a sales owner, zh: 客户没有销售负责人 }
--   remedy: { en: Name who answers for the customer., zh: 指定该客户的负责人。 }
SELECT
    customer_id AS record_id,
    customer_id,
    CAST(NULL AS VARCHAR) AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    LEAST(COALESCE(registered_on, as_of), as_of) AS happened_on,
    sales_owner_id IS NULL AS is_fault
FROM
    staging.customers
    CROSS JOIN policy.clock
WHERE COALESCE(registered_on, as_of) <= as_of AND kind = 'direct'

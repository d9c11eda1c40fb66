-- description: Customer without a class; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: customers
--   role: sales
--   weight: 2
--   words: { en: Customer without a class, zh: 客户没有分类 }
--   remedy: { en: Set the class of the customer in the CRM., zh: 在 CRM 中设置客户分类。 }
SELECT
    customer_id AS record_id,
    customer_id,
    sales_owner_id AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    LEAST(COALESCE(registered_on, as_of), as_of) AS happened_on,
    crm_class IS NULL AS is_fault
FROM
    staging.customers
    CROSS JOIN policy.clock
WHERE COALESCE(registered_on, as_of) <= as_of AND kind != 'prospect'

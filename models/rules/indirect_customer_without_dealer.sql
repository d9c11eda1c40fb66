-- description: Indirect customer without a dealer; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: customers
--   role: sales
--   weight: 2
--   words: { en: Indirect customer without a dealer, zh: 间接客户没有代理商 }
--   remedy: { en: Name the dealer through whom the customer buys., zh: 填写该客户所属的代理商。 }
SELECT
    customer_id AS record_id,
    customer_id,
    sales_owner_id AS employee_id,
    dealer_id,
    LEAST(COALESCE(registered_on, as_of), as_of) AS happened_on,
    dealer_id IS NULL AS is_fault
FROM
    staging.customers
    CROSS JOIN policy.clock
WHERE COALESCE(registered_on, as_of) <= as_of AND kind = 'indirect'

-- description: Customer that records name and its source no longer has, merged, split or deleted; one row for each customer that was looked at.
-- grain: [record_id]
-- rule:
--   entity: customers
--   role: sales
--   weight: 2
--   words: { en: 'Customer named by records, gone from its source', zh: 记录仍引用、但来源系统已不存在的客户 }
--   remedy: { en: 'Name the customer it was merged into in its orders, requests and contracts, or register it again.', zh: 在订单、请求和合约中改为合并后的客户，或重新登记该客户。 }
WITH
    ended AS (
        SELECT
            customer_id,
            MAX(known_to) AS known_to
        FROM staging.customer_versions
        GROUP BY customer_id
    )
SELECT
    customers.customer_id AS record_id,
    customers.customer_id,
    customers.sales_owner_id AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    CASE
        WHEN NOT customers.is_registered THEN LOCAL_DATE(ended.known_to)
        ELSE LEAST(COALESCE(customers.registered_on, clock.as_of), clock.as_of)
    END AS happened_on,
    NOT customers.is_registered AS is_fault
FROM
    core.customers
    CROSS JOIN policy.clock
    INNER JOIN ended ON ended.customer_id = customers.customer_id

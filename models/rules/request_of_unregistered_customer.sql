-- description: Request before its customer was registered; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: requests
--   role: service_desk
--   weight: 2
--   lasting: true
--   words: { en: Request before its customer was registered, zh: 受理请求时客户尚未登记 }
--   remedy: { en: Register the customer before the request is taken., zh: 先登记客户，再受理请求。 }
SELECT
    requests.request_id AS record_id,
    requests.customer_id,
    requests.opened_by_id AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    requests.opened_on AS happened_on,
    customers.customer_id IS NULL OR COALESCE(customers.registered_on > requests.opened_on, FALSE) AS is_fault
FROM
    staging.requests
    CROSS JOIN policy.clock
    LEFT JOIN staging.customers ON customers.customer_id = requests.customer_id
WHERE requests.opened_on <= clock.as_of

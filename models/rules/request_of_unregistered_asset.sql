-- description: Request before its machine was registered; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: requests
--   role: service_desk
--   weight: 1
--   lasting: true
--   words: { en: Request before its machine was registered, zh: 受理请求时设备尚未登记 }
--   remedy: { en: Register the machine before the request is taken., zh: 先登记设备，再受理请求。 }
SELECT
    requests.request_id AS record_id,
    requests.customer_id,
    requests.opened_by_id AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    requests.opened_on AS happened_on,
    assets.asset_id IS NULL OR COALESCE(assets.recorded_at > requests.opened_at, FALSE) AS is_fault
FROM
    staging.requests
    CROSS JOIN policy.clock
    LEFT JOIN staging.assets ON assets.asset_id = requests.asset_id
WHERE requests.opened_on <= clock.as_of AND requests.asset_id IS NOT NULL

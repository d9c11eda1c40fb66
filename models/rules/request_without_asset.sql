-- description: 'Request about a machine that does not name it, a fault, return, installation or maintenance; one row for each record that was looked at.'
-- grain: [record_id]
-- rule:
--   entity: requests
--   role: service_desk
--   weight: 2
--   words: { en: 'Request about a machine that names none', zh: 与设备有关的请求没有注明设备 }
--   remedy: { en: Enter the machine the request is about., zh: 填写请求所涉及的设备。 }
SELECT
    request_id AS record_id,
    customer_id,
    opened_by_id AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    opened_on AS happened_on,
    asset_id IS NULL AS is_fault
FROM
    staging.requests
    CROSS JOIN policy.clock
WHERE opened_on <= as_of AND kind IN ('fault', 'return', 'installation', 'maintenance')

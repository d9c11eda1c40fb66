-- description: A contract covered the request and was not named; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: requests
--   role: service_desk
--   weight: 3
--   words: { en: A contract covered the request and was not named, zh: 有合约覆盖该请求，但没有关联 }
--   remedy: { en: 'Name the contract on the request, and put right what was charged.', zh: 在请求上关联合约，并更正收费。 }
SELECT
    entitlements.request_id AS record_id,
    entitlements.customer_id,
    requests.opened_by_id AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    entitlements.opened_on AS happened_on,
    entitlements.contract_verdict = 'missed' AS is_fault
FROM
    core.entitlements
    INNER JOIN staging.requests ON requests.request_id = entitlements.request_id
WHERE entitlements.contract_id IS NOT NULL

-- description: Every request with what covered it, what was promised and what became of it, to be counted and listed.
-- grain: [request_id]
-- columns:
--   month: First day of the month it was opened.
--   reason: Why no contract was found; found where one was.
--   response_business_minutes: Working minutes from opening to first response; empty where it has not come.
--   resolution_business_minutes: Working minutes from opening to resolution; empty where it has not come.
--   topic: What it is about; unknown where nobody said.
--   service_cost: Direct cost of serving it, in the reporting currency.
--   holder: Who holds it now; nobody where no holder is known.
--   response_calendar: The calendar by which time runs until the first response is due; none where no response is awaited.
--   response_minutes_left: Working minutes left until the awaited first response is due, at the moment the figures are of.
--   is_handed_off: Open with another department, and never came back.
--   is_missed_contract: A contract covers it and the request names none.
-- audits:
--   - unique: [request_id]
--   - not_null: [customer_id, month, contract_verdict, promise_source]
SELECT
    requests.request_id,
    requests.customer_id,
    entitlements.contract_id,
    customers.customer_name,
    customers.region,
    customers.industry,
    customers.customer_kind,
    customers.crm_class,
    COALESCE(handlings.holder_id, requests.owner_id, 'nobody') AS holder_id,
    COALESCE(holders.employee_name, handlings.holder_id, requests.owner_id, 'nobody') AS holder,
    requests.request_kind,
    requests.channel,
    requests.priority,
    entitlements.contract_kind,
    entitlements.contract_verdict,
    COALESCE(entitlements.reason, 'found') AS reason,
    promises.promise_source,
    COALESCE(waiting.response_calendar, 'none') AS response_calendar,
    COALESCE(handlings.transfers, 0) AS transfers,
    COALESCE(handlings.ping_pongs, 0) AS ping_pongs,
    COALESCE(handlings.reopenings, 0) AS reopenings,
    COALESCE(handlings.hand_offs, 0) AS hand_offs,
    promises.response_business_minutes,
    promises.resolution_business_minutes,
    waiting.response_minutes_left,
    entitlements.charged_amount,
    entitlements.free_value,
    entitlements.wrongly_charged_amount,
    entitlements.wrongly_free_value,
    entitlements.is_in_warranty,
    entitlements.contract_verdict = 'missed' AS is_missed_contract,
    promises.is_promise_kept,
    requests.is_resolved,
    COALESCE(requests.topic, 'unknown') AS topic,
    COALESCE(costs.service_cost, 0) AS service_cost,
    COALESCE(handlings.is_handed_off, FALSE) AND NOT requests.is_resolved AS is_handed_off,
    CAST(DATE_TRUNC('month', requests.opened_on) AS DATE) AS month,
    requests.opened_on,
    promises.response_due_at
FROM
    core.requests
    LEFT JOIN core.request_costs AS costs ON costs.request_id = requests.request_id
    INNER JOIN core.customers ON customers.customer_id = requests.customer_id
    INNER JOIN core.entitlements ON entitlements.request_id = requests.request_id
    INNER JOIN core.promises ON promises.request_id = requests.request_id
    LEFT JOIN core.handlings ON handlings.entity = 'requests' AND handlings.record_id = requests.request_id
    LEFT JOIN core.employees AS holders
        ON holders.employee_id = COALESCE(handlings.holder_id, requests.owner_id)
    LEFT JOIN core.open_promises AS waiting ON waiting.request_id = requests.request_id

-- description: Every contract, what it earned until the business date and what the requests it covers cost. Reporting currency.
-- grain: [contract_id]
-- columns:
--   contract_kind: Kind; unknown where nobody entered one.
--   is_running: Holds on the business date.
--   days_left: Days until it ends, of one that runs and that no other of the customer outlasts; empty for all others.
--   earned: Its amount, straight-line over its days, until the business date.
--   requests: Requests it covers, found again by the warehouse.
--   service_cost: Direct cost of those requests.
--   contract_result: Earned less service cost.
-- audits:
--   - unique: [contract_id]
--   - balance: contract_result = earned - service_cost
WITH
    lasting AS (
        SELECT customer_id, MAX(ends_on) AS ends_on
        FROM staging.contracts
        WHERE NOT is_cancelled
        GROUP BY customer_id
    ),
    earned AS (SELECT contract_id, SUM(revenue) AS revenue FROM core.contract_months GROUP BY contract_id),
    covered AS (
        SELECT entitlements.contract_id, COUNT(*) AS requests, SUM(costs.service_cost) AS service_cost
        FROM
            core.entitlements
            LEFT JOIN core.request_costs AS costs ON costs.request_id = entitlements.request_id
        WHERE entitlements.contract_id IS NOT NULL
        GROUP BY entitlements.contract_id
    )
SELECT
    contracts.contract_id,
    contracts.customer_id,
    customers.customer_name,
    customers.customer_kind,
    customers.region,
    customers.sales_owner,
    COALESCE(contracts.kind, 'unknown') AS contract_kind,
    COALESCE(covered.requests, 0) AS requests,
    CAST(COALESCE(earned.revenue, 0) AS DECIMAL(18, 2)) AS earned,
    CAST(COALESCE(covered.service_cost, 0) AS DECIMAL(18, 2)) AS service_cost,
    CAST(
        COALESCE(earned.revenue, 0) - COALESCE(covered.service_cost, 0) AS DECIMAL(18, 2)
    ) AS contract_result,
    CASE
        WHEN clock.as_of BETWEEN contracts.starts_on AND contracts.ends_on
        AND lasting.ends_on = contracts.ends_on THEN DATE_DIFF('day', clock.as_of, contracts.ends_on)
    END AS days_left,
    NOT contracts.is_cancelled
    AND clock.as_of BETWEEN contracts.starts_on AND contracts.ends_on AS is_running,
    contracts.starts_on,
    contracts.ends_on
FROM
    staging.contracts
    CROSS JOIN policy.clock
    INNER JOIN core.customers ON customers.customer_id = contracts.customer_id
    LEFT JOIN lasting ON lasting.customer_id = contracts.customer_id
    LEFT JOIN earned ON earned.contract_id = contracts.contract_id
    LEFT JOIN covered ON covered.contract_id = contracts.contract_id
WHERE NOT contracts.is_cancelled AND COALESCE(contracts.recorded_on, contracts.starts_on) <= clock.as_of

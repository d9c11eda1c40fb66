-- description: What customers asked of the service department, and how long it took. Elapsed time, nights and weekends included.
-- grain: [request_id]
-- columns:
--   request_kind: Kind; unknown where nobody entered one.
--   channel: Channel; unknown where nobody entered one.
--   priority: Priority; unknown where nobody entered one.
--   first_response_elapsed_minutes: From opening to first response; empty where it has not come or lies before the opening.
--   resolution_elapsed_minutes: From opening to resolution; empty where it has not come or lies before the opening.
--   is_resolved: Resolved or closed by the business date.
--   is_complaint: The kind is complaint.
--   is_in_warranty: Opened while the warranty of its asset ran.
--   has_kind: Somebody entered a kind.
--   is_chargeable: The request is charged; empty where nobody said.
-- audits:
--   - unique: [request_id]
--   - not_null: [customer_id, opened_on, is_resolved]
WITH
    timed AS (
        SELECT
            requests.request_id,
            requests.customer_id,
            requests.asset_id,
            requests.contract_id,
            requests.owner_id,
            requests.channel,
            requests.kind,
            requests.topic,
            requests.priority,
            requests.status,
            requests.chargeable,
            COALESCE(requests.resolved_on, requests.closed_on) AS ended_on,
            requests.opened_on,
            clock.as_of,
            requests.opened_at,
            CASE
                WHEN requests.first_response_on <= clock.as_of THEN requests.first_response_at
            END AS responded_at,
            CASE
                WHEN requests.resolved_on <= clock.as_of THEN requests.resolved_at
            END AS resolved_at
        FROM
            staging.requests
            CROSS JOIN policy.clock
        WHERE requests.opened_on <= clock.as_of
    )
SELECT
    timed.request_id,
    timed.customer_id,
    timed.asset_id,
    timed.contract_id,
    timed.owner_id,
    COALESCE(timed.channel, 'unknown') AS channel,
    COALESCE(timed.kind, 'unknown') AS request_kind,
    timed.topic,
    COALESCE(timed.priority, 'unknown') AS priority,
    timed.status,
    CASE
        WHEN timed.responded_at >= timed.opened_at THEN CAST(
            CAST(DATE_DIFF('second', timed.opened_at, timed.responded_at) AS DOUBLE) / 60 AS DECIMAL(18, 2)
        )
    END AS first_response_elapsed_minutes,
    CASE
        WHEN timed.resolved_at >= timed.opened_at THEN CAST(
            CAST(DATE_DIFF('second', timed.opened_at, timed.resolved_at) AS DOUBLE) / 60 AS DECIMAL(18, 2)
        )
    END AS resolution_elapsed_minutes,
    CASE
        WHEN timed.ended_on IS NOT NULL THEN timed.ended_on <= timed.as_of
        ELSE LOWER(COALESCE(timed.status, '')) IN ('resolved', 'closed')
    END AS is_resolved,
    COALESCE(timed.kind = 'complaint', FALSE) AS is_complaint,
    COALESCE(
        timed.opened_on BETWEEN assets.warranty_starts_on AND assets.warranty_ends_on,
        FALSE
    ) AS is_in_warranty,
    timed.kind IS NOT NULL AS has_kind,
    timed.chargeable AS is_chargeable,
    timed.opened_on
FROM
    timed
    LEFT JOIN staging.assets ON assets.asset_id = timed.asset_id

-- description: The contracts that cover a request, found again; a contract of that customer that lists the machine, or the machine a part belongs to, on the day the request was opened. What the request itself says is not believed.
-- grain: [request_id, contract_id]
-- columns:
--   contract_kind: Kind of the contract; unknown where nobody entered one.
--   calendar_id: The working calendar the contract names, else the default one.
--   place: 1 for the contract whose promise holds; where several cover a request, the strictest promise holds, then the contract that began last.
--   is_known_now: As is known now, it covers the request.
--   was_known_then: As was known when the request was opened, it covered it.
-- audits:
--   - unique: [request_id, contract_id]
WITH
    asked AS (
        SELECT
            requests.request_id,
            requests.customer_id,
            requests.asset_id,
            assets.parent_asset_id,
            requests.opened_on,
            requests.opened_at
        FROM
            staging.requests
            CROSS JOIN policy.clock
            LEFT JOIN staging.assets ON assets.asset_id = requests.asset_id
        WHERE requests.opened_on <= clock.as_of
    ),
    machines AS (
        SELECT request_id, customer_id, asset_id, opened_on, opened_at FROM asked WHERE asset_id IS NOT NULL
        UNION
        SELECT request_id, customer_id, parent_asset_id AS asset_id, opened_on, opened_at
        FROM asked
        WHERE parent_asset_id IS NOT NULL
    ),
    found AS (
        SELECT
            machines.request_id,
            versions.contract_id,
            versions.kind,
            versions.response_kind,
            versions.calendar,
            versions.response_hours,
            versions.starts_on,
            versions.known_to IS NULL AND lines.known_to IS NULL AS is_known_now,
            versions.known_from <= machines.opened_at
            AND COALESCE(versions.known_to > machines.opened_at, TRUE)
            AND lines.known_from <= machines.opened_at
            AND COALESCE(lines.known_to > machines.opened_at, TRUE) AS was_known_then
        FROM
            machines
            INNER JOIN staging.contract_asset_versions AS lines ON lines.asset_id = machines.asset_id
            INNER JOIN staging.contract_versions AS versions
                ON versions.contract_id = lines.contract_id
                AND versions.customer_id = machines.customer_id
                AND machines.opened_on BETWEEN versions.starts_on AND versions.ends_on
        WHERE NOT versions.is_cancelled
    ),
    -- Of several versions of one contract the one that is the truth now says what it promises, else the one that was then.
    latest AS (
        SELECT
            *,
            ROW_NUMBER() OVER (
                PARTITION BY request_id, contract_id
                ORDER BY is_known_now DESC, was_known_then DESC, starts_on DESC, response_hours, kind
            ) AS version_place
        FROM found
    ),
    known AS (
        SELECT
            request_id,
            contract_id,
            BOOL_OR(is_known_now) AS is_known_now,
            BOOL_OR(was_known_then) AS was_known_then
        FROM found
        GROUP BY request_id, contract_id
    ),
    whole AS (
        SELECT
            latest.request_id,
            latest.contract_id,
            COALESCE(latest.kind, 'unknown') AS contract_kind,
            latest.response_kind,
            COALESCE(latest.calendar, 'default') AS calendar_id,
            latest.response_hours,
            latest.starts_on,
            known.is_known_now,
            known.was_known_then
        FROM
            latest
            INNER JOIN known
                ON known.request_id = latest.request_id AND known.contract_id = latest.contract_id
        WHERE latest.version_place = 1 AND (known.is_known_now OR known.was_known_then)
    )
SELECT
    request_id,
    contract_id,
    contract_kind,
    response_kind,
    calendar_id,
    response_hours,
    ROW_NUMBER() OVER (
        PARTITION BY request_id
        ORDER BY
            is_known_now DESC,
            CASE response_kind
                WHEN 'around_the_clock' THEN 1
                WHEN 'business_hours' THEN 2
                WHEN 'next_business_day' THEN 3
                ELSE 4
            END,
            response_hours,
            starts_on DESC,
            contract_id
    ) AS place,
    is_known_now,
    was_known_then
FROM whole

-- description: Every version of every contract, with the interval in which it was the truth.
-- grain: [contract_id, known_from]
-- columns:
--   is_cancelled: The status is one of policy.cancelled_statuses.
--   known_from: When this version became known.
--   known_to: When it ended; empty while it is still the truth.
WITH
    versions AS (
        SELECT
            contract_id,
            customer_id,
            kind,
            status,
            response_kind,
            calendar,
            response_hours,
            starts_on,
            ends_on,
            known_from,
            CAST(NULL AS TIMESTAMP) AS known_to
        FROM raw.contracts
        UNION ALL
        SELECT
            contract_id,
            customer_id,
            kind,
            status,
            response_kind,
            calendar,
            response_hours,
            starts_on,
            ends_on,
            known_from,
            known_to
        FROM history.contracts
    )
SELECT
    contract_id,
    customer_id,
    kind,
    response_kind,
    calendar,
    response_hours,
    LOWER(COALESCE(status, '')) IN (SELECT LOWER(status) FROM policy.cancelled_statuses) AS is_cancelled,
    starts_on,
    ends_on,
    known_from,
    known_to
FROM versions

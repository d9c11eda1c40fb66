-- description: The steps of each request as its source logged them, set right where the first assignment is late or missing.
-- grain: [request_id, logged_at, kind]
-- columns:
--   logged_at: When its source says it happened; empty for a step that no source logged.
--   happened_at: When it happened; never before the request was opened.
--   kind: As in request_events.
--   to_employee_id: Who holds it from then on; empty where nobody was named or the step moves nothing.
--   to_department: The department that holds it from then on, as far as told.
--   status: Status it has from then on, as far as told.
WITH
    requests AS (
        SELECT requests.request_id, requests.opened_at
        FROM
            staging.requests
            CROSS JOIN policy.clock
        WHERE requests.opened_on <= clock.as_of
    ),
    first_transfers AS (
        SELECT
            events.request_id,
            events.at AS moved_at,
            events.from_employee_id AS giver_id,
            events.from_department AS giver_department,
            ROW_NUMBER() OVER (
                PARTITION BY events.request_id
                ORDER BY events.at, events.from_employee_id
            ) AS place
        FROM
            staging.request_events AS events
            CROSS JOIN policy.clock
        WHERE events.kind = 'transferred' AND events.happened_on <= clock.as_of
    ),
    told AS (
        SELECT
            events.request_id,
            events.at AS logged_at,
            -- Who gave it away first held it from the opening on, however late that was keyed.
            CASE
                WHEN events.kind = 'assigned'
                AND events.from_employee_id IS NULL
                AND events.to_employee_id = first_transfers.giver_id
                AND events.at >= first_transfers.moved_at THEN requests.opened_at
                ELSE GREATEST(events.at, requests.opened_at)
            END AS happened_at,
            events.kind,
            events.to_employee_id,
            events.to_department,
            events.status
        FROM
            staging.request_events AS events
            CROSS JOIN policy.clock
            INNER JOIN requests ON requests.request_id = events.request_id
            LEFT JOIN first_transfers
                ON first_transfers.request_id = events.request_id AND first_transfers.place = 1
        WHERE events.happened_on <= clock.as_of
    ),
    first_assignments AS (
        SELECT
            events.request_id,
            COUNT(*) FILTER (
                WHERE events.at < first_transfers.moved_at OR events.to_employee_id = first_transfers.giver_id
            ) AS known_givers
        FROM
            staging.request_events AS events
            CROSS JOIN policy.clock
            INNER JOIN first_transfers
                ON first_transfers.request_id = events.request_id AND first_transfers.place = 1
        WHERE events.kind = 'assigned' AND events.happened_on <= clock.as_of
        GROUP BY events.request_id
    )
SELECT request_id, logged_at, happened_at, kind, to_employee_id, to_department, status
FROM told
UNION ALL
-- Nobody wrote down who had it first: whoever gave it away.
SELECT
    requests.request_id,
    CAST(NULL AS TIMESTAMP) AS logged_at,
    requests.opened_at AS happened_at,
    'assigned' AS kind,
    first_transfers.giver_id AS to_employee_id,
    first_transfers.giver_department AS to_department,
    CAST(NULL AS VARCHAR) AS status
FROM
    requests
    INNER JOIN first_transfers
        ON first_transfers.request_id = requests.request_id
        AND first_transfers.place = 1
        AND first_transfers.giver_id IS NOT NULL
    LEFT JOIN first_assignments ON first_assignments.request_id = requests.request_id
WHERE COALESCE(first_assignments.known_givers, 0) = 0

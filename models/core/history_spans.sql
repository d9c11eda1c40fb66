-- description: Who held a request, task or opportunity from when to when, in which department, status and stage. Events tell it where a record has any, else the versions of its row.
-- grain: [entity, record_id, place]
-- columns:
--   entity: requests, tasks or opportunities.
--   record_id: The request, task or opportunity.
--   place: 1 for the first span of a record.
--   holder_id: Employee who held it; empty while nobody did.
--   department: Department that held it, as far as told.
--   status: Status of a request, state of a task (planned, begun, done); empty for opportunities.
--   stage: Stage of an opportunity.
--   told_by: events or versions.
--   dwell_minutes: Minutes it lasted, until the business date where it still does. Elapsed time.
--   is_reopening: It began with a reopening.
--   began_at: When it began. An event before its record was opened counts from the opening on, and so does an assignment keyed after its holder gave the record away.
--   ended_at: When the next span began; empty while it lasts.
-- audits:
--   - unique: [entity, record_id, place]
WITH
    looked AS (
        SELECT looked_at
        FROM policy.clock
    ),
    requests AS (
        SELECT requests.request_id, requests.opened_at
        FROM
            staging.requests
            CROSS JOIN policy.clock
        WHERE requests.opened_on <= clock.as_of
    ),
    with_events AS (SELECT DISTINCT request_id FROM core.request_steps),
    opportunity_events AS (
        SELECT events.opportunity_id, events.at AS happened_at, events.kind, events.to_value
        FROM
            staging.opportunity_events AS events
            CROSS JOIN policy.clock
        WHERE events.happened_on <= clock.as_of
    ),
    opportunities_with_events AS (SELECT DISTINCT opportunity_id FROM opportunity_events),
    told AS (
        SELECT
            'requests' AS entity,
            request_id AS record_id,
            happened_at,
            -- What is logged at one instant stands in the order in which a request goes through it.
            CASE kind
                WHEN 'assigned' THEN 1
                WHEN 'transferred' THEN 2
                WHEN 'resolved' THEN 4
                WHEN 'closed' THEN 5
                WHEN 'reopened' THEN 6
                ELSE 3
            END AS tie,
            COALESCE(logged_at, happened_at) AS told_at,
            1 AS version_place,
            kind,
            CASE
                WHEN kind IN ('assigned', 'transferred') THEN COALESCE(to_employee_id, 'nobody')
            END AS holder_id,
            to_department AS department,
            COALESCE(
                status,
                CASE kind
                    WHEN 'resolved' THEN 'resolved'
                    WHEN 'closed' THEN 'closed'
                    WHEN 'on_hold' THEN 'on_hold'
                    WHEN 'reopened' THEN 'open'
                    WHEN 'resumed' THEN 'open'
                    WHEN 'assigned' THEN 'open'
                    WHEN 'transferred' THEN 'open'
                END
            ) AS status,
            CAST(NULL AS VARCHAR) AS stage,
            'events' AS told_by,
            kind = 'reopened' AS is_reopening
        FROM core.request_steps
        UNION ALL
        SELECT
            'requests' AS entity,
            versions.request_id AS record_id,
            GREATEST(versions.known_from, requests.opened_at) AS happened_at,
            0 AS tie,
            versions.known_from AS told_at,
            versions.version_place,
            'version' AS kind,
            COALESCE(versions.owner_id, 'nobody') AS holder_id,
            COALESCE(versions.department, 'none') AS department,
            COALESCE(
                LOWER(versions.status),
                CASE
                    WHEN versions.closed_at IS NOT NULL THEN 'closed'
                    WHEN versions.resolved_at IS NOT NULL THEN 'resolved'
                END
            ) AS status,
            CAST(NULL AS VARCHAR) AS stage,
            'versions' AS told_by,
            LOWER(COALESCE(versions.status, '')) NOT IN ('resolved', 'closed')
            AND LAG(LOWER(COALESCE(versions.status, ''))) OVER (
                PARTITION BY versions.request_id
                ORDER BY versions.known_from, versions.version_place
            ) IN ('resolved', 'closed') AS is_reopening
        FROM
            staging.request_versions AS versions
            CROSS JOIN looked
            INNER JOIN requests ON requests.request_id = versions.request_id
            LEFT JOIN with_events ON with_events.request_id = versions.request_id
        WHERE with_events.request_id IS NULL AND versions.known_from <= looked.looked_at
        UNION ALL
        SELECT
            'opportunities' AS entity,
            opportunity_id AS record_id,
            happened_at,
            0 AS tie,
            happened_at AS told_at,
            1 AS version_place,
            kind,
            CASE
                WHEN kind = 'owner' THEN to_value
            END AS holder_id,
            CAST(NULL AS VARCHAR) AS department,
            CAST(NULL AS VARCHAR) AS status,
            CASE
                WHEN kind = 'stage' THEN to_value
            END AS stage,
            'events' AS told_by,
            FALSE AS is_reopening
        FROM opportunity_events
        UNION ALL
        SELECT
            'opportunities' AS entity,
            versions.opportunity_id AS record_id,
            GREATEST(versions.known_from, versions.opened_at) AS happened_at,
            0 AS tie,
            versions.known_from AS told_at,
            versions.version_place,
            'version' AS kind,
            COALESCE(versions.owner_id, 'nobody') AS holder_id,
            CAST(NULL AS VARCHAR) AS department,
            CAST(NULL AS VARCHAR) AS status,
            versions.stage,
            'versions' AS told_by,
            FALSE AS is_reopening
        FROM
            staging.opportunity_versions AS versions
            CROSS JOIN looked
            LEFT JOIN opportunities_with_events AS evented ON evented.opportunity_id = versions.opportunity_id
        WHERE
            evented.opportunity_id IS NULL
            AND versions.known_from <= looked.looked_at
            AND versions.opened_at <= looked.looked_at
        UNION ALL
        SELECT
            'tasks' AS entity,
            versions.task_id AS record_id,
            versions.known_from AS happened_at,
            0 AS tie,
            versions.known_from AS told_at,
            versions.version_place,
            'version' AS kind,
            versions.employee_id AS holder_id,
            CAST(NULL AS VARCHAR) AS department,
            CASE
                WHEN versions.actual_end <= looked.looked_at THEN 'done'
                WHEN versions.actual_start <= looked.looked_at THEN 'begun'
                ELSE 'planned'
            END AS status,
            CAST(NULL AS VARCHAR) AS stage,
            'versions' AS told_by,
            FALSE AS is_reopening
        FROM
            staging.task_versions AS versions
            CROSS JOIN looked
        WHERE versions.known_from <= looked.looked_at
    ),
    -- What an event does not tell stays as it was: groups begin with each value that is told.
    grouped AS (
        SELECT
            *,
            COUNT(holder_id) OVER so_far AS holder_group,
            COUNT(department) OVER so_far AS department_group,
            COUNT(status) OVER so_far AS status_group,
            COUNT(stage) OVER so_far AS stage_group
        FROM told
        WINDOW
            so_far AS (
                PARTITION BY entity, record_id
                ORDER BY happened_at, tie, told_at, version_place, kind
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            )
    ),
    carried AS (
        SELECT
            entity,
            record_id,
            happened_at,
            tie,
            told_at,
            version_place,
            kind,
            MAX(holder_id) OVER (PARTITION BY entity, record_id, holder_group) AS holder_id,
            MAX(department) OVER (PARTITION BY entity, record_id, department_group) AS department,
            MAX(status) OVER (PARTITION BY entity, record_id, status_group) AS status,
            MAX(stage) OVER (PARTITION BY entity, record_id, stage_group) AS stage,
            told_by,
            is_reopening
        FROM grouped
    ),
    compared AS (
        SELECT
            *,
            ROW_NUMBER() OVER in_order = 1
            OR is_reopening
            OR COALESCE(holder_id, '') != COALESCE(LAG(holder_id) OVER in_order, '')
            OR COALESCE(department, '') != COALESCE(LAG(department) OVER in_order, '')
            OR COALESCE(status, '') != COALESCE(LAG(status) OVER in_order, '')
            OR COALESCE(stage, '') != COALESCE(LAG(stage) OVER in_order, '') AS is_change
        FROM carried
        WINDOW
            in_order AS (
                PARTITION BY entity, record_id
                ORDER BY happened_at, tie, told_at, version_place, kind
            )
    ),
    changes AS (
        SELECT
            *,
            ROW_NUMBER() OVER in_order AS place,
            LEAD(happened_at) OVER in_order AS ended_at
        FROM compared
        WHERE is_change
        WINDOW
            in_order AS (
                PARTITION BY entity, record_id
                ORDER BY happened_at, tie, told_at, version_place, kind
            )
    )
SELECT
    changes.entity,
    changes.record_id,
    changes.place,
    NULLIF(changes.holder_id, 'nobody') AS holder_id,
    NULLIF(changes.department, 'none') AS department,
    changes.status,
    changes.stage,
    changes.told_by,
    CAST(
        CAST(
            GREATEST(
                DATE_DIFF('second', changes.happened_at, COALESCE(changes.ended_at, looked.looked_at)),
                0
            ) AS DOUBLE
        ) / 60 AS DECIMAL(18, 2)
    ) AS dwell_minutes,
    COALESCE(changes.is_reopening, FALSE) AS is_reopening,
    changes.happened_at AS began_at,
    changes.ended_at
FROM
    changes
    CROSS JOIN looked

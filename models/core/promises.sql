-- description: What each request was promised and by when, and the working time it took. The promise is that of the contract that covers it, else that of the customer's class at that moment.
-- grain: [request_id]
-- columns:
--   promise_source: contract, class or none.
--   promise_kind: business_hours, next_business_day or around_the_clock; empty where nothing was promised.
--   promise_hours: How many hours; empty for the next business day.
--   calendar_id: The working calendar that counts.
--   response_business_minutes: Working minutes from opening to first response; empty where it has not come, lies before the opening or beyond the years that calendars are kept for.
--   resolution_business_minutes: Working minutes from opening to resolution; empty likewise.
--   response_due_at: By when the first response was promised, in UTC; empty where that cannot be told (no hours given, an unknown calendar, beyond its years).
--   is_promise_kept: The first response came in time; empty while it may still come, and where nothing was promised.
-- audits:
--   - unique: [request_id]
--   - name: { en: 'every request lies within the years that working calendars are kept for', zh: 每个请求都在工作日历覆盖的年份之内 }
--     severity: warn
--     rows: >
--       SELECT promises.request_id FROM core.promises
--       INNER JOIN staging.requests ON requests.request_id = promises.request_id
--       INNER JOIN policy.calendars ON calendars.calendar_id = promises.calendar_id
--       LEFT JOIN staging.working_quarters AS quarters ON quarters.calendar_id = promises.calendar_id
--       AND quarters.quarter = CAST(FLOOR(CAST(DATE_DIFF('second', TIMESTAMP '1970-01-01 00:00:00', requests.opened_at) AS DOUBLE) / 900) AS BIGINT)
--       WHERE quarters.quarter IS NULL
--   - name: { en: 'every contract that promises names a working calendar of the policy', zh: 每份有承诺的合约都使用政策中的工作日历 }
--     severity: warn
--     rows: >
--       SELECT promises.request_id, promises.calendar_id FROM core.promises
--       LEFT JOIN policy.calendars ON calendars.calendar_id = promises.calendar_id
--       WHERE calendars.calendar_id IS NULL
WITH
    asked AS (
        SELECT
            requests.request_id,
            requests.customer_id,
            DATE_DIFF('second', TIMESTAMP '1970-01-01 00:00:00', requests.opened_at) AS opened_second,
            CASE
                WHEN requests.first_response_on <= clock.as_of
                AND requests.first_response_at >= requests.opened_at THEN DATE_DIFF(
                    'second',
                    TIMESTAMP '1970-01-01 00:00:00',
                    requests.first_response_at
                )
            END AS responded_second,
            CASE
                WHEN requests.resolved_on <= clock.as_of
                AND requests.resolved_at >= requests.opened_at THEN DATE_DIFF(
                    'second',
                    TIMESTAMP '1970-01-01 00:00:00',
                    requests.resolved_at
                )
            END AS resolved_second,
            clock.looked_at,
            requests.opened_on,
            requests.opened_at
        FROM
            staging.requests
            CROSS JOIN policy.clock
        WHERE requests.opened_on <= clock.as_of
    ),
    classes AS (
        SELECT
            asked.request_id,
            versions.crm_class,
            ROW_NUMBER() OVER (
                PARTITION BY asked.request_id
                ORDER BY
                    CASE
                        WHEN versions.known_from <= asked.opened_at THEN 0
                        ELSE 1
                    END,
                    CASE
                        WHEN versions.known_from <= asked.opened_at THEN versions.known_from
                    END DESC,
                    versions.known_from
            ) AS place
        FROM
            asked
            INNER JOIN staging.customer_versions AS versions ON versions.customer_id = asked.customer_id
    ),
    promised AS (
        SELECT
            asked.*,
            entitlements.calendar_id,
            CASE
                WHEN entitlements.response_kind IS NOT NULL THEN 'contract'
                WHEN COALESCE(own.promise_kind, common.promise_kind) IS NOT NULL THEN 'class'
                ELSE 'none'
            END AS promise_source,
            COALESCE(entitlements.response_kind, own.promise_kind, common.promise_kind) AS promise_kind,
            CASE
                WHEN entitlements.response_kind IS NOT NULL THEN entitlements.response_hours
                WHEN own.promise_kind IS NOT NULL THEN own.promise_hours
                ELSE common.promise_hours
            END AS promise_hours
        FROM
            asked
            INNER JOIN core.entitlements ON entitlements.request_id = asked.request_id
            LEFT JOIN classes ON classes.request_id = asked.request_id AND classes.place = 1
            LEFT JOIN policy.class_promises AS own
                ON own.crm_class = classes.crm_class
                AND asked.opened_on >= own.valid_from
                AND asked.opened_on < own.valid_until
            LEFT JOIN policy.class_promises AS common
                ON common.crm_class = 'default'
                AND asked.opened_on >= common.valid_from
                AND asked.opened_on < common.valid_until
    ),
    placed AS (
        SELECT
            *,
            CAST(FLOOR(CAST(opened_second AS DOUBLE) / 900) AS BIGINT) AS opened_quarter,
            CAST(FLOOR(CAST(responded_second AS DOUBLE) / 900) AS BIGINT) AS responded_quarter,
            CAST(FLOOR(CAST(resolved_second AS DOUBLE) / 900) AS BIGINT) AS resolved_quarter
        FROM promised
    ),
    -- Seconds worked before each instant, on the same count.
    worked AS (
        SELECT
            placed.*,
            CASE
                WHEN placed.opened_second - 900 * placed.opened_quarter < opened.opens_until THEN opened.next_business_day_due_at
                ELSE opened.late_due_at
            END AS next_business_day_due_at,
            opened.worked_before + GREATEST(
                0,
                LEAST(
                    placed.opened_second - 900 * placed.opened_quarter,
                    opened.works_until
                ) - opened.works_from
            ) AS opened_worked,
            responded.worked_before + GREATEST(
                0,
                LEAST(
                    placed.responded_second - 900 * placed.responded_quarter,
                    responded.works_until
                ) - responded.works_from
            ) AS responded_worked,
            resolved.worked_before + GREATEST(
                0,
                LEAST(
                    placed.resolved_second - 900 * placed.resolved_quarter,
                    resolved.works_until
                ) - resolved.works_from
            ) AS resolved_worked
        FROM
            placed
            LEFT JOIN staging.working_quarters AS opened
                ON opened.calendar_id = placed.calendar_id AND opened.quarter = placed.opened_quarter
            LEFT JOIN staging.working_quarters AS responded
                ON responded.calendar_id = placed.calendar_id AND responded.quarter = placed.responded_quarter
            LEFT JOIN staging.working_quarters AS resolved
                ON resolved.calendar_id = placed.calendar_id AND resolved.quarter = placed.resolved_quarter
    ),
    aimed AS (
        SELECT
            *,
            opened_worked + CAST(ROUND(promise_hours * 3600) AS BIGINT) AS due_worked,
            -- What is reached just as a quarter of work is full is reached within it, before a break.
            CAST(
                CEIL(
                    CAST(opened_worked + CAST(ROUND(promise_hours * 3600) AS BIGINT) AS DOUBLE) / 900
                ) AS BIGINT
            ) - 1 AS due_quarter
        FROM worked
    ),
    due AS (
        SELECT
            aimed.*,
            CASE aimed.promise_kind
                WHEN 'around_the_clock' THEN aimed.opened_at + INTERVAL '1' SECOND * CAST(
                    ROUND(aimed.promise_hours * 3600) AS BIGINT
                )
                WHEN 'next_business_day' THEN aimed.next_business_day_due_at
                WHEN 'business_hours' THEN CASE
                    WHEN marks.begins_at IS NOT NULL THEN GREATEST(
                        aimed.opened_at,
                        marks.begins_at + INTERVAL '1' SECOND * (aimed.due_worked - marks.worked_from)
                    )
                END
            END AS response_due_at
        FROM
            aimed
            LEFT JOIN staging.working_marks AS marks
                ON marks.calendar_id = aimed.calendar_id
                AND marks.worked_quarter = aimed.due_quarter
                AND aimed.due_worked > marks.worked_from
                AND aimed.due_worked <= marks.worked_until
    )
SELECT
    due.request_id,
    due.customer_id,
    due.promise_source,
    due.promise_kind,
    due.calendar_id,
    due.promise_hours,
    CAST(
        CAST(due.responded_worked - due.opened_worked AS DOUBLE) / 60 AS DECIMAL(18, 2)
    ) AS response_business_minutes,
    CAST(
        CAST(due.resolved_worked - due.opened_worked AS DOUBLE) / 60 AS DECIMAL(18, 2)
    ) AS resolution_business_minutes,
    CASE
        WHEN due.response_due_at IS NULL THEN NULL
        WHEN due.responded_second IS NOT NULL THEN due.responded_second <= DATE_DIFF(
            'second',
            TIMESTAMP '1970-01-01 00:00:00',
            due.response_due_at
        )
        WHEN due.looked_at > due.response_due_at THEN FALSE
    END AS is_promise_kept,
    due.response_due_at
FROM due

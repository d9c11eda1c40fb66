-- description: Work done for customers, with its hours and what they cost on that day. Reporting currency.
-- grain: [task_id]
-- columns:
--   customer_id: The task's customer, else its request's; empty where neither is known.
--   task_kind: visit, repair, remote, call, delivery or another.
--   service_minutes: Worked plus travelled minutes; empty where nobody entered any.
--   service_hours: Worked plus travelled hours; empty where nobody entered any.
--   hourly_cost: Cost of an hour of the employee, valid on the day the work was done, times the factor of the policy.
--   labour_cost: Hours times hourly cost; empty where either is unknown.
--   is_visit: The kind is one of policy.visit_kinds.
--   has_hours: Worked minutes were entered.
--   has_rate: A rate was valid that day.
--   has_labour_cost: Worked minutes and rate are known.
--   done_on: The day the work began, else ended, else was reported.
-- audits:
--   - unique: [task_id]
--   - not_null: [employee_id, done_on, is_visit, has_hours, has_rate]
WITH
    done AS (
        SELECT
            tasks.task_id,
            tasks.request_id,
            COALESCE(tasks.customer_id, requests.customer_id) AS customer_id,
            tasks.employee_id,
            tasks.kind,
            CASE
                WHEN tasks.actual_minutes IS NOT NULL
                OR tasks.travel_minutes IS NOT NULL THEN COALESCE(tasks.actual_minutes, 0) + COALESCE(
                    tasks.travel_minutes,
                    0
                )
            END AS minutes,
            tasks.actual_minutes IS NOT NULL AS has_hours,
            COALESCE(tasks.actual_start_on, tasks.actual_end_on, tasks.feedback_on) AS done_on
        FROM
            staging.tasks
            LEFT JOIN staging.requests ON requests.request_id = tasks.request_id
    ),
    costed AS (
        SELECT
            done.*,
            CASE
                WHEN factors.factor = 1 THEN rates.hourly_cost
                ELSE CAST(ROUND(CAST(rates.hourly_cost AS DOUBLE) * factors.factor, 2) AS DECIMAL(18, 2))
            END AS hourly_cost
        FROM
            done
            CROSS JOIN policy.clock
            INNER JOIN policy.hourly_costs AS factors
                ON done.done_on >= factors.valid_from AND done.done_on < factors.valid_until
            LEFT JOIN core.employee_rates AS rates
                ON rates.employee_id = done.employee_id
                AND done.done_on >= rates.valid_from
                AND done.done_on < rates.valid_until
        WHERE done.done_on <= clock.as_of
    )
SELECT
    costed.task_id,
    costed.request_id,
    costed.customer_id,
    costed.employee_id,
    COALESCE(costed.kind, 'unknown') AS task_kind,
    CAST(costed.minutes AS DECIMAL(18, 2)) AS service_minutes,
    CAST(costed.minutes / 60 AS DECIMAL(18, 4)) AS service_hours,
    costed.hourly_cost,
    CAST(
        ROUND(costed.minutes * CAST(costed.hourly_cost * 100 AS DOUBLE) / 60) / 100 AS DECIMAL(18, 2)
    ) AS labour_cost,
    visit_kinds.kind IS NOT NULL AS is_visit,
    costed.has_hours,
    costed.hourly_cost IS NOT NULL AS has_rate,
    costed.has_hours AND costed.hourly_cost IS NOT NULL AS has_labour_cost,
    costed.done_on
FROM
    costed
    LEFT JOIN policy.visit_kinds ON visit_kinds.kind = costed.kind

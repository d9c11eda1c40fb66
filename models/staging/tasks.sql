-- description: Work planned and done by one employee, visits, repairs, calls, deliveries.
-- grain: [task_id]
-- columns:
--   required_start_on: The day of required_start in the company's time zone.
--   required_end_on: The day of required_end in the company's time zone.
--   planned_start_on: The day of planned_start in the company's time zone.
--   confirmed_on: The day of confirmed_at in the company's time zone.
--   actual_start_on: The day of actual_start in the company's time zone.
--   actual_end_on: The day of actual_end in the company's time zone.
--   assigned_on: The day of assigned_at in the company's time zone.
--   feedback_on: The day of feedback_at in the company's time zone.
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    tasks.task_id,
    tasks.request_id,
    tasks.customer_id,
    tasks.employee_id,
    tasks.recorded_by,
    tasks.kind,
    tasks.subject,
    tasks.priority,
    tasks.source,
    tasks.planned_minutes,
    tasks.actual_minutes,
    tasks.travel_minutes,
    local_date(tasks.required_start) AS required_start_on,
    local_date(tasks.required_end) AS required_end_on,
    local_date(tasks.planned_start) AS planned_start_on,
    local_date(tasks.confirmed_at) AS confirmed_on,
    local_date(tasks.actual_start) AS actual_start_on,
    local_date(tasks.actual_end) AS actual_end_on,
    local_date(tasks.assigned_at) AS assigned_on,
    local_date(tasks.feedback_at) AS feedback_on,
    local_date(tasks.recorded_at) AS recorded_on,
    tasks.required_start,
    tasks.required_end,
    tasks.planned_start,
    tasks.confirmed_at,
    tasks.actual_start,
    tasks.actual_end,
    tasks.assigned_at,
    tasks.feedback_at,
    tasks.recorded_at
FROM raw.tasks

-- description: Every version of every row of tasks as far as its history by event needs it, with the interval in which it was the truth.
-- grain: [task_id, known_from]
-- columns:
--   known_from: When this version became known.
--   known_to: When it ended; empty while it is still the truth.
SELECT
    task_id,
    employee_id,
    confirmed_at,
    actual_start,
    actual_end,
    known_from,
    CAST(NULL AS TIMESTAMP) AS known_to
FROM raw.tasks
UNION ALL
SELECT
    task_id,
    employee_id,
    confirmed_at,
    actual_start,
    actual_end,
    known_from,
    known_to
FROM history.tasks

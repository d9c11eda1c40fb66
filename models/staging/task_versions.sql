-- description: Every version of every row of tasks as far as its history by event needs it, with the interval in which it was the truth.
-- grain: [task_id, known_from, version_place]
-- columns:
--   known_from: When this version became known.
--   version_place: Place among the versions of its row that became known at one instant, from 1.
--   known_to: When it ended; empty while it is still the truth.
SELECT
    task_id,
    employee_id,
    confirmed_at,
    actual_start,
    actual_end,
    known_from,
    version_place,
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
    version_place,
    known_to
FROM history.tasks

-- description: How long requests, tasks and opportunities lay with whom, by the month each span began.
-- grain: [entity, month, holder_id]
-- columns:
--   entity: requests, tasks or opportunities.
--   holder_id: Who held them.
--   person: Name of the holder.
--   month: First day of the month the span began.
--   spans: How many spans.
--   dwell_minutes: Minutes they lasted together, in elapsed time, without those after a solution.
-- audits:
--   - unique: [entity, month, holder_id]
SELECT
    spans.entity,
    spans.holder_id,
    COALESCE(MAX(employees.employee_name), spans.holder_id) AS person,
    COUNT(*) AS spans,
    SUM(spans.dwell_minutes) AS dwell_minutes,
    CAST(DATE_TRUNC('month', local_date(spans.began_at)) AS DATE) AS month
FROM
    core.history_spans AS spans
    LEFT JOIN core.employees ON employees.employee_id = spans.holder_id
WHERE spans.holder_id IS NOT NULL AND COALESCE(spans.status, 'open') NOT IN ('resolved', 'closed', 'done')
GROUP BY spans.entity, spans.holder_id, DATE_TRUNC('month', local_date(spans.began_at))

-- description: Planned values of metrics, to set against the actual.
-- grain: [metric, period, scope]
-- columns:
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    targets.metric,
    targets.recorded_by,
    targets.scope,
    targets.source,
    targets.value,
    targets.period,
    local_date(targets.recorded_at) AS recorded_on,
    targets.recorded_at
FROM raw.targets

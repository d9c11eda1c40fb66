-- description: Stage and owner changes of an opportunity.
-- grain: [opportunity_id, at, kind]
-- columns:
--   happened_on: The day of at in the company's time zone.
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    opportunity_events.opportunity_id,
    opportunity_events.employee_id,
    opportunity_events.recorded_by,
    opportunity_events.kind,
    opportunity_events.from_value,
    opportunity_events.to_value,
    opportunity_events.source,
    local_date(opportunity_events.at) AS happened_on,
    local_date(opportunity_events.recorded_at) AS recorded_on,
    opportunity_events.at,
    opportunity_events.recorded_at
FROM raw.opportunity_events

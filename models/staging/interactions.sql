-- description: Calls and chats that reached the contact centre, or tried to.
-- grain: [interaction_id]
-- columns:
--   started_on: The day of started_at in the company's time zone.
--   answered_on: The day of answered_at in the company's time zone.
--   ended_on: The day of ended_at in the company's time zone.
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    interactions.interaction_id,
    interactions.customer_id,
    interactions.request_id,
    interactions.employee_id,
    interactions.transferred_to_id,
    interactions.recorded_by,
    interactions.caller_kind,
    interactions.channel,
    interactions.direction,
    interactions.queue,
    interactions.outcome,
    interactions.source,
    local_date(interactions.started_at) AS started_on,
    local_date(interactions.answered_at) AS answered_on,
    local_date(interactions.ended_at) AS ended_on,
    local_date(interactions.recorded_at) AS recorded_on,
    interactions.started_at,
    interactions.answered_at,
    interactions.ended_at,
    interactions.recorded_at
FROM raw.interactions

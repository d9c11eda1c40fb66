-- description: What a customer was asked about the service, and what came back.
-- grain: [survey_id]
-- columns:
--   sent_on: The day of sent_at in the company's time zone.
--   answered_on: The day of answered_at in the company's time zone.
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    surveys.survey_id,
    surveys.request_id,
    surveys.customer_id,
    surveys.recorded_by,
    surveys.contact,
    surveys.channel,
    surveys.moment,
    surveys.comment,
    surveys.source,
    surveys.score,
    local_date(surveys.sent_at) AS sent_on,
    local_date(surveys.answered_at) AS answered_on,
    local_date(surveys.recorded_at) AS recorded_on,
    surveys.sent_at,
    surveys.answered_at,
    surveys.recorded_at
FROM raw.surveys

-- description: Customers who answered a campaign.
-- grain: [campaign_id, customer_id]
-- columns:
--   happened_on: The day of at in the company's time zone.
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    campaign_responses.campaign_id,
    campaign_responses.customer_id,
    campaign_responses.recorded_by,
    campaign_responses.kind,
    campaign_responses.source,
    local_date(campaign_responses.at) AS happened_on,
    local_date(campaign_responses.recorded_at) AS recorded_on,
    campaign_responses.at,
    campaign_responses.recorded_at
FROM raw.campaign_responses

-- description: What marketing did to win customers.
-- grain: [campaign_id]
-- columns:
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    campaigns.campaign_id,
    campaigns.recorded_by,
    campaigns.name,
    campaigns.kind,
    campaigns.source,
    campaigns.budget,
    campaigns.target_count,
    campaigns.starts_on,
    campaigns.ends_on,
    local_date(campaigns.recorded_at) AS recorded_on,
    campaigns.recorded_at
FROM raw.campaigns

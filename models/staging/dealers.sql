-- description: Companies that resell. They owe three things only, end users, machines sold, parts replaced.
-- grain: [dealer_id]
-- columns:
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    dealers.dealer_id,
    dealers.recorded_by,
    dealers.name,
    dealers.region,
    dealers.source,
    local_date(dealers.recorded_at) AS recorded_on,
    dealers.recorded_at
FROM raw.dealers

-- description: What one unit of a currency is worth in the reporting currency on a day.
-- grain: [currency, day]
-- columns:
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    fx_rates.recorded_by,
    fx_rates.currency,
    fx_rates.source,
    fx_rates.rate,
    fx_rates.day,
    local_date(fx_rates.recorded_at) AS recorded_on,
    fx_rates.recorded_at
FROM raw.fx_rates

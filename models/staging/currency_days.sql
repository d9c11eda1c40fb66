-- description: What one unit of a currency was worth on every day, the last known rate carried forward.
-- grain: [currency, day]
-- materialised: table
-- columns:
--   rate: Rate of the day or the last one before it.
-- audits:
--   - unique: [currency, day]
WITH
    spans AS (
        SELECT
            currency,
            day,
            rate,
            LEAD(day) OVER (
                PARTITION BY currency
                ORDER BY day
            ) AS next_day
        FROM raw.fx_rates
        WHERE rate > 0
    )
SELECT
    spans.currency,
    CAST(
        UNNEST(
            GENERATE_SERIES(
                spans.day,
                COALESCE(spans.next_day - 1, GREATEST(spans.day, clock.as_of)),
                INTERVAL '1' DAY
            )
        ) AS DATE
    ) AS day,
    spans.rate
FROM
    spans
    CROSS JOIN policy.clock

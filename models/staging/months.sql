-- description: Every month from the first contract or expense to the month of the business date.
-- grain: [month]
-- materialised: table
-- columns:
--   month: First day of the month.
--   last_on: Last day of the month, or the business date in the month it falls in.
-- audits:
--   - unique: [month]
WITH
    firsts AS (
        SELECT DATE_TRUNC('month', MIN(day)) AS first_month
        FROM
            (
                SELECT MIN(starts_on) AS day FROM raw.contracts
                UNION ALL
                SELECT MIN(incurred_on) AS day FROM raw.expenses
            ) AS days
    ),
    series AS (
        SELECT
            clock.as_of,
            CAST(
                UNNEST(GENERATE_SERIES(firsts.first_month, clock.as_of, INTERVAL '1' MONTH)) AS DATE
            ) AS month
        FROM
            firsts
            CROSS JOIN policy.clock
    )
SELECT
    month,
    LEAST(CAST(month + INTERVAL '1' MONTH - INTERVAL '1' DAY AS DATE), as_of) AS last_on
FROM series

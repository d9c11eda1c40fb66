-- description: What each customer left in the twelve months that end with each of the last 36, and its place among all, the most profitable first.
-- grain: [month, customer_id]
-- columns:
--   month: Last of the twelve months, by its first day.
--   profit_12: Profit of the twelve months.
--   profit_12_before: Profit of the twelve months before those; empty where nothing is known of them.
--   place: Place among the customers of its kind by that profit, 1 left most.
--   place_before: Place twelve months before; empty where it was no customer then.
--   is_latest: Of the month of the business date.
-- audits:
--   - unique: [month, customer_id]
--   - not_null: [profit_12, place]
--   - name: { en: 'the whale curve ends at the profit of all', zh: 鲸鱼曲线的终点等于全部利润 }
--     rows: >
--       SELECT curve.profit, books.profit
--       FROM (SELECT COALESCE(SUM(profit_12), 0) AS profit FROM marts.whale_months WHERE is_latest) AS curve
--       CROSS JOIN (SELECT COALESCE(SUM(months.profit), 0) AS profit
--           FROM marts.customer_months AS months CROSS JOIN policy.clock
--           WHERE months.month > DATE_TRUNC('month', clock.as_of) - INTERVAL '12' MONTH
--               AND months.month <= DATE_TRUNC('month', clock.as_of)) AS books
--       WHERE curve.profit <> books.profit AND EXISTS (SELECT 1 FROM marts.whale_months WHERE is_latest)
WITH
    -- Twelve months all of which are known: costs since the ledger, records since they are judged.
    ends AS (
        SELECT months.month, months.month = DATE_TRUNC('month', clock.as_of) AS is_latest
        FROM
            staging.months
            CROSS JOIN policy.clock
            CROSS JOIN (
                SELECT COALESCE(MIN(month) FILTER (WHERE has_ledger), MIN(month)) AS first_month
                FROM marts.customer_months
            ) AS known
            CROSS JOIN policy.settings
        WHERE
            months.month > DATE_TRUNC('month', clock.as_of) - INTERVAL '36' MONTH
            AND months.month <= DATE_TRUNC('month', clock.as_of)
            AND months.month - INTERVAL '11' MONTH >= known.first_month
            AND months.month - INTERVAL '11' MONTH >= COALESCE(settings.records_from, known.first_month)
    ),
    twelve AS (
        SELECT
            ends.month,
            ends.is_latest,
            months.customer_id,
            months.customer_name,
            months.customer_kind,
            months.region,
            SUM(months.profit) AS profit_12
        FROM
            ends
            INNER JOIN marts.customer_months AS months
                ON months.month > ends.month - INTERVAL '12' MONTH AND months.month <= ends.month
        GROUP BY
            ends.month,
            ends.is_latest,
            months.customer_id,
            months.customer_name,
            months.customer_kind,
            months.region
    ),
    placed AS (
        SELECT
            *,
            ROW_NUMBER() OVER (
                PARTITION BY month, customer_kind
                ORDER BY profit_12 DESC, customer_id
            ) AS place
        FROM twelve
    )
SELECT
    placed.month,
    placed.customer_id,
    placed.customer_name,
    placed.customer_kind,
    placed.region,
    placed.profit_12,
    before.profit_12 AS profit_12_before,
    placed.place,
    before.place AS place_before,
    placed.is_latest
FROM
    placed
    LEFT JOIN placed AS before
        ON before.customer_id = placed.customer_id AND before.month = placed.month - INTERVAL '12' MONTH

-- description: Contract revenue, straight-line over the days of the contract, by month. Reporting currency.
-- grain: [contract_id, month]
-- columns:
--   contract_days: Days of the contract in the month, up to the business date.
--   revenue: What was earned by the end of the month less what was earned before it, so that all months sum to the amount to the cent.
--   has_amount: The amount of the contract is known.
-- audits:
--   - unique: [contract_id, month]
--   - not_null: [customer_id, contract_days, has_amount]
--   - name: { en: 'a contract that has ended has earned its amount, to the cent', zh: 已结束的合约确认的收入与合约金额分毫不差 }
--     rows: >
--       SELECT months.contract_id FROM core.contract_months AS months
--       INNER JOIN staging.contracts ON contracts.contract_id = months.contract_id CROSS JOIN policy.clock
--       WHERE contracts.ends_on <= clock.as_of
--       GROUP BY months.contract_id, contracts.amount HAVING SUM(months.revenue) <> contracts.amount
WITH
    running AS (
        SELECT
            contract_id,
            customer_id,
            amount,
            starts_on,
            CASE
                WHEN ends_on < starts_on THEN starts_on
                ELSE ends_on
            END AS ends_on
        FROM staging.contracts
        WHERE NOT is_cancelled
    ),
    elapsed AS (
        SELECT
            running.contract_id,
            running.customer_id,
            running.amount,
            months.month,
            DATE_DIFF('day', running.starts_on, running.ends_on) + 1 AS total_days,
            CASE
                WHEN months.month <= running.starts_on THEN 0
                ELSE DATE_DIFF('day', running.starts_on, months.month)
            END AS days_before,
            DATE_DIFF(
                'day',
                running.starts_on,
                CASE
                    WHEN running.ends_on < months.last_on THEN running.ends_on
                    ELSE months.last_on
                END
            ) + 1 AS days_after
        FROM
            running
            INNER JOIN staging.months
                ON months.last_on >= running.starts_on AND months.month <= running.ends_on
    ),
    earned AS (
        SELECT
            contract_id,
            customer_id,
            month,
            days_after - days_before AS contract_days,
            CAST(CAST(amount AS DOUBLE) * days_before / total_days AS DECIMAL(18, 2)) AS earned_before,
            CASE
                WHEN days_after = total_days THEN amount
                ELSE CAST(CAST(amount AS DOUBLE) * days_after / total_days AS DECIMAL(18, 2))
            END AS earned_after
        FROM elapsed
    )
SELECT
    contract_id,
    customer_id,
    contract_days,
    CAST(earned_after - earned_before AS DECIMAL(18, 2)) AS revenue,
    earned_after IS NOT NULL AS has_amount,
    month
FROM earned

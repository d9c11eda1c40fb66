-- description: Service contracts, what was promised, for how long and for how much.
-- grain: [contract_id]
-- columns:
--   amount: In the reporting currency, at the rate of the day or the last one before it; empty where there is none.
--   original_amount: As the source gave it, in its own currency.
--   currency: Currency of original_amount; the reporting currency where the source names none.
--   is_cancelled: The status is one of policy.cancelled_statuses; it counts in no figure.
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    contracts.contract_id,
    contracts.customer_id,
    contracts.recorded_by,
    contracts.name,
    contracts.brief,
    contracts.kind,
    contracts.status,
    contracts.response_kind,
    contracts.calendar,
    COALESCE(contracts.currency, settings.currency) AS currency,
    contracts.source,
    contracts.response_hours,
    TRY(
        CAST(
            CAST(contracts.amount AS DECIMAL(20, 2)) * CASE
                WHEN contracts.currency IS NULL
                OR contracts.currency = settings.currency THEN 1
                ELSE currency_days.rate
            END AS DECIMAL(18, 2)
        )
    ) AS amount,
    contracts.amount AS original_amount,
    LOWER(COALESCE(contracts.status, '')) IN (
        SELECT LOWER(status) FROM policy.cancelled_statuses
    ) AS is_cancelled,
    contracts.starts_on,
    contracts.ends_on,
    local_date(contracts.recorded_at) AS recorded_on,
    contracts.recorded_at
FROM
    raw.contracts
    CROSS JOIN policy.settings
    LEFT JOIN staging.currency_days
        ON currency_days.currency = contracts.currency AND currency_days.day = contracts.starts_on

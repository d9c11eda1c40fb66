-- description: Sales that may come, came or did not come.
-- grain: [opportunity_id]
-- columns:
--   amount: In the reporting currency, at the rate of the day or the last one before it; empty where there is none.
--   original_amount: As the source gave it, in its own currency.
--   currency: Currency of original_amount; the reporting currency where the source names none.
--   opened_on: The day of opened_at in the company's time zone.
--   closed_on: The day of closed_at in the company's time zone.
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    opportunities.opportunity_id,
    opportunities.customer_id,
    opportunities.source_request_id,
    opportunities.source_employee_id,
    opportunities.campaign_id,
    opportunities.product_id,
    opportunities.owner_id,
    opportunities.recorded_by,
    opportunities.name,
    opportunities.kind,
    opportunities.lead_source,
    COALESCE(opportunities.currency, settings.currency) AS currency,
    opportunities.stage,
    opportunities.outcome,
    opportunities.source,
    TRY(
        CAST(
            CAST(opportunities.amount AS DECIMAL(20, 2)) * CASE
                WHEN opportunities.currency IS NULL
                OR opportunities.currency = settings.currency THEN 1
                ELSE currency_days.rate
            END AS DECIMAL(18, 2)
        )
    ) AS amount,
    opportunities.amount AS original_amount,
    opportunities.probability,
    local_date(opportunities.opened_at) AS opened_on,
    opportunities.expected_close_on,
    local_date(opportunities.closed_at) AS closed_on,
    local_date(opportunities.recorded_at) AS recorded_on,
    opportunities.opened_at,
    opportunities.closed_at,
    opportunities.recorded_at
FROM
    raw.opportunities
    CROSS JOIN policy.settings
    LEFT JOIN staging.currency_days
        ON currency_days.currency = opportunities.currency
        AND currency_days.day = local_date(opportunities.opened_at)

-- description: Every opportunity, to be listed. Reporting currency.
-- grain: [opportunity_id]
-- columns:
--   opportunity_name: Name, else the id.
--   stage: Stage in the source; unknown where there is none.
--   outcome: open, won or lost on the business date.
--   amount: Value; empty where nobody entered one.
--   month: First day of the month it was opened.
-- audits:
--   - unique: [opportunity_id]
SELECT
    opportunities.opportunity_id,
    opportunities.customer_id,
    customers.customer_name,
    customers.customer_kind,
    customers.region,
    COALESCE(named.name, opportunities.opportunity_id) AS opportunity_name,
    COALESCE(opportunities.stage, 'unknown') AS stage,
    opportunities.lead_source,
    opportunities.opportunity_owner,
    CASE
        WHEN opportunities.is_won THEN 'won'
        WHEN opportunities.is_lost THEN 'lost'
        ELSE 'open'
    END AS outcome,
    opportunities.amount,
    CAST(DATE_TRUNC('month', opportunities.opened_on) AS DATE) AS month,
    opportunities.opened_on,
    named.expected_close_on
FROM
    core.opportunities
    INNER JOIN core.customers ON customers.customer_id = opportunities.customer_id
    LEFT JOIN staging.opportunities AS named ON named.opportunity_id = opportunities.opportunity_id

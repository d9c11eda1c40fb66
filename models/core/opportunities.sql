-- description: Opportunities opened by the business date, with what came of them by then. Reporting currency.
-- grain: [opportunity_id]
-- columns:
--   lead_source: Where the lead came from; unknown where nobody entered it.
--   opportunity_kind: new, upsell, cross_sell or renewal; unknown where nobody entered it.
--   opportunity_owner: Name of the owner; unknown where there is none.
--   days_to_close: From opening to closing; empty while open or where the closing day is unknown.
--   is_won: Won by the business date.
--   is_lost: Lost by the business date.
--   is_service_sourced: The lead source is one of policy.service_lead_sources.
--   has_source: Somebody entered a lead source.
-- audits:
--   - unique: [opportunity_id]
--   - not_null: [customer_id, opened_on, is_won, is_lost, is_service_sourced]
WITH
    decided AS (
        SELECT
            opportunities.*,
            CASE
                WHEN opportunities.closed_on > clock.as_of THEN 'open'
                ELSE COALESCE(opportunities.outcome, 'open')
            END AS outcome_then
        FROM
            staging.opportunities
            CROSS JOIN policy.clock
        WHERE opportunities.opened_on <= clock.as_of
    )
SELECT
    decided.opportunity_id,
    decided.customer_id,
    decided.owner_id,
    decided.campaign_id,
    decided.source_request_id,
    decided.source_employee_id,
    decided.product_id,
    COALESCE(decided.lead_source, 'unknown') AS lead_source,
    COALESCE(decided.kind, 'unknown') AS opportunity_kind,
    COALESCE(employees.employee_name, decided.owner_id, 'unknown') AS opportunity_owner,
    decided.stage,
    decided.amount,
    CASE
        WHEN decided.outcome_then != 'open'
        AND decided.closed_on >= decided.opened_on THEN DATE_DIFF('day', decided.opened_on, decided.closed_on)
    END AS days_to_close,
    decided.outcome_then = 'won' AS is_won,
    decided.outcome_then = 'lost' AS is_lost,
    service_lead_sources.lead_source IS NOT NULL AS is_service_sourced,
    decided.lead_source IS NOT NULL AS has_source,
    decided.opened_on
FROM
    decided
    LEFT JOIN core.employees ON employees.employee_id = decided.owner_id
    LEFT JOIN policy.service_lead_sources ON service_lead_sources.lead_source = decided.lead_source

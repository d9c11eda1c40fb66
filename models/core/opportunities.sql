-- description: Opportunities opened by the business date, with what came of them by then and whether service brought them. Reporting currency.
-- grain: [opportunity_id]
-- columns:
--   lead_source: Where the lead came from; unknown where nobody entered it.
--   opportunity_kind: new, upsell, cross_sell or renewal; unknown where nobody entered it.
--   opportunity_owner: Name of the owner; unknown where there is none.
--   owner_department: Department of the owner; unknown where there is none.
--   engineer: Name of the employee who brought the lead; unknown where nobody is named.
--   sourced_by: By which part of policy.sourced service brought it, the first that holds of lead_source, campaign, department, request, lead, confirmed; none where service did not.
--   days_to_close: From opening to closing; empty while open or where the closing day is unknown.
--   is_won: Won by the business date.
--   is_lost: Lost by the business date.
--   is_service_sourced: Service brought it, as policy.sourced says.
--   has_source: Somebody entered a lead source.
--   decided_on: The day it was won or lost, the day of opening where nobody entered that; the business date while open.
-- audits:
--   - unique: [opportunity_id]
--   - not_null: [customer_id, opened_on, decided_on, is_won, is_lost, is_service_sourced]
WITH
    -- The newest decision on each lead that says of which opportunity it is.
    decisions AS (
        SELECT
            COALESCE(opportunity_id, REPLACE(lead_id, 'hidden/', '')) AS opportunity_id,
            CASE
                WHEN BOOL_OR(kind = 'converted') THEN 'lead'
                ELSE 'confirmed'
            END AS decision
        FROM staging.lead_decisions
        WHERE
            is_newest
            AND (
                (kind = 'converted' AND opportunity_id IS NOT NULL)
                OR (kind = 'confirmed' AND STRPOS(lead_id, 'hidden/') = 1)
            )
        GROUP BY COALESCE(opportunity_id, REPLACE(lead_id, 'hidden/', ''))
    ),
    decided AS (
        SELECT
            opportunities.*,
            clock.as_of,
            CASE
                WHEN opportunities.closed_on > clock.as_of THEN 'open'
                ELSE COALESCE(opportunities.outcome, 'open')
            END AS outcome_then
        FROM
            staging.opportunities
            CROSS JOIN policy.clock
        WHERE opportunities.opened_on <= clock.as_of
    ),
    sourced AS (
        SELECT
            decided.*,
            COALESCE(owners.employee_name, decided.owner_id, 'unknown') AS opportunity_owner,
            owners.department AS owner_department,
            COALESCE(engineers.employee_name, decided.source_employee_id, 'unknown') AS engineer,
            CASE
                WHEN lead_sources.lead_source IS NOT NULL THEN 'lead_source'
                WHEN service_campaigns.campaign_id IS NOT NULL THEN 'campaign'
                WHEN departments.department IS NOT NULL THEN 'department'
                WHEN settings.is_sourced_by_request
                AND decided.source_request_id IS NOT NULL THEN 'request'
                WHEN settings.is_sourced_by_decision THEN COALESCE(decisions.decision, 'none')
                ELSE 'none'
            END AS sourced_by
        FROM
            decided
            CROSS JOIN policy.settings
            LEFT JOIN core.employees AS owners ON owners.employee_id = decided.owner_id
            LEFT JOIN core.employees AS engineers ON engineers.employee_id = decided.source_employee_id
            LEFT JOIN policy.service_lead_sources AS lead_sources
                ON lead_sources.lead_source = decided.lead_source
            LEFT JOIN policy.service_campaigns ON service_campaigns.campaign_id = decided.campaign_id
            LEFT JOIN policy.service_departments AS departments
                ON departments.department = engineers.department
            LEFT JOIN decisions ON decisions.opportunity_id = decided.opportunity_id
    )
SELECT
    opportunity_id,
    customer_id,
    owner_id,
    campaign_id,
    source_request_id,
    source_employee_id,
    product_id,
    COALESCE(lead_source, 'unknown') AS lead_source,
    COALESCE(kind, 'unknown') AS opportunity_kind,
    opportunity_owner,
    COALESCE(owner_department, 'unknown') AS owner_department,
    engineer,
    sourced_by,
    stage,
    amount,
    CASE
        WHEN outcome_then != 'open'
        AND closed_on >= opened_on THEN DATE_DIFF('day', opened_on, closed_on)
    END AS days_to_close,
    outcome_then = 'won' AS is_won,
    outcome_then = 'lost' AS is_lost,
    sourced_by != 'none' AS is_service_sourced,
    lead_source IS NOT NULL AS has_source,
    opened_on,
    expected_close_on,
    CASE
        WHEN outcome_then = 'open' THEN as_of
        WHEN closed_on >= opened_on THEN closed_on
        ELSE opened_on
    END AS decided_on
FROM sourced

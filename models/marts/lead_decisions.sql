-- description: What sales decided of leads and of deals that service may have brought, who, when and why. The newest decision on a lead counts.
-- grain: [decision_id]
-- columns:
--   lead_id: The lead, or hidden/ and an opportunity.
--   customer_name: Customer of the lead; unknown where the decision does not name one.
--   signal: Signal of the lead; hidden of a deal.
--   decision: taken, dismissed or converted of a lead, confirmed or rejected of a deal.
--   opportunity_id: What the lead was turned into; of a deal the opportunity; none where it is not entered.
--   is_newest: No later decision on the same lead.
--   decided_time: Day and time of the decision in the company's time zone, as text.
-- audits:
--   - unique: [decision_id]
--   - not_null: [signal, decision, decided_by]
SELECT
    decisions.decision_id,
    decisions.lead_id,
    COALESCE(decisions.customer_id, 'unknown') AS customer_id,
    COALESCE(customers.customer_name, decisions.customer_id, 'unknown') AS customer_name,
    COALESCE(customers.customer_kind, 'unknown') AS customer_kind,
    COALESCE(customers.region, 'unknown') AS region,
    COALESCE(customers.sales_owner, 'unknown') AS sales_owner,
    SUBSTR(decisions.lead_id, 1, STRPOS(decisions.lead_id, '/') - 1) AS signal,
    decisions.kind AS decision,
    COALESCE(decisions.reason, 'none') AS reason,
    CASE
        WHEN STRPOS(decisions.lead_id, 'hidden/') = 1 THEN REPLACE(decisions.lead_id, 'hidden/', '')
        ELSE COALESCE(decisions.opportunity_id, 'none')
    END AS opportunity_id,
    decisions.decided_by,
    decisions.is_newest,
    SUBSTR(CAST(LOCAL_TIME(decisions.decided_at) AS VARCHAR), 1, 19) AS decided_time,
    decisions.decided_on
FROM
    staging.lead_decisions AS decisions
    LEFT JOIN core.customers ON customers.customer_id = decisions.customer_id

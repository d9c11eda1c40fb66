-- description: Opportunity without a lead source; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: opportunities
--   role: sales
--   weight: 2
--   words: { en: Opportunity without a lead source, zh: 机会没有线索来源 }
--   remedy: { en: Enter where the lead came from., zh: 补填线索来源。 }
SELECT
    opportunity_id AS record_id,
    customer_id,
    owner_id AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    opened_on AS happened_on,
    lead_source IS NULL AS is_fault
FROM
    staging.opportunities
    CROSS JOIN policy.clock
WHERE opened_on <= as_of

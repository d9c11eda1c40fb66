-- description: What sales decided of leads, and of deals that service may have brought.
-- grain: [decision_id]
-- columns:
--   decided_on: Day it was decided, in the company's time zone.
--   is_newest: No later decision on the same lead.
SELECT
    decision_id,
    lead_id,
    customer_id,
    opportunity_id,
    kind,
    reason,
    decided_by,
    ROW_NUMBER() OVER (
        PARTITION BY lead_id
        ORDER BY decided_at DESC, decision_id DESC
    ) = 1 AS is_newest,
    local_date(decided_at) AS decided_on,
    decided_at
FROM raw.lead_decisions

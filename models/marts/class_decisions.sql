-- description: Who set the class of a customer by hand, who ended that, when and why. The newest decision of a customer counts.
-- grain: [decision_id]
-- columns:
--   decision: VIP, key, regular, watch or new where a class was set; ended where the one before was ended.
--   decision_state: holds, expired (its day is over), replaced (by a later one, or ended) or none (it ended another).
--   decided_on: Day on which it was decided, in the company's time zone.
--   decided_time: The same with the time, as text.
-- audits:
--   - unique: [decision_id]
--   - not_null: [decision, decision_state]
SELECT
    decisions.decision_id,
    decisions.customer_id,
    COALESCE(customers.customer_name, decisions.customer_id) AS customer_name,
    COALESCE(customers.customer_kind, 'unknown') AS customer_kind,
    COALESCE(customers.region, 'unknown') AS region,
    COALESCE(customers.industry, 'unknown') AS industry,
    COALESCE(customers.sales_owner, 'unknown') AS sales_owner,
    COALESCE(customers.service_owner, 'unknown') AS service_owner,
    COALESCE(decisions.override_class, 'ended') AS decision,
    CASE
        WHEN decisions.override_class IS NULL THEN 'none'
        WHEN decisions.replaced_on IS NOT NULL
        AND decisions.replaced_on <= decisions.valid_until THEN 'replaced'
        WHEN decisions.valid_until < clock.as_of THEN 'expired'
        ELSE 'holds'
    END AS decision_state,
    decisions.reason,
    decisions.decided_by,
    SUBSTR(CAST(LOCAL_TIME(decisions.decided_at) AS VARCHAR), 1, 19) AS decided_time,
    LOCAL_DATE(decisions.decided_at) AS decided_on,
    decisions.valid_from,
    decisions.valid_until,
    decisions.decided_at
FROM
    core.class_decisions AS decisions
    CROSS JOIN policy.clock
    LEFT JOIN core.customers ON customers.customer_id = decisions.customer_id

-- description: What people decided of the classes of customers, as far as it was known, and how long each decision held. The last decision of a customer counts.
-- grain: [decision_id]
-- columns:
--   decision_id: In the order of time.
--   customer_id: Customer it is about.
--   override_class: Class that was set; empty where the decision before was ended.
--   reason: Why, in the words of who decided.
--   decided_by: Who decided.
--   decided_at: When it was decided, in UTC.
--   valid_from: Business date of the figures it was decided on.
--   valid_until: Last day on which it was to hold; empty where it ended one.
--   replaced_on: Day from which a later decision took its place; empty where there is none.
--   held_until: Last day on which it counts; before valid_from where it never did.
-- audits:
--   - unique: [decision_id]
--   - not_null: [customer_id, reason, decided_by, decided_at, valid_from]
--   - accepted: { override_class: [VIP, key, regular, watch, new] }
--   - rows: override_class IS NOT NULL AND valid_until IS NULL
--     name: { en: set for ever, zh: 没有截止日期的人工分类 }
WITH
    known AS (
        SELECT
            decisions.*,
            LEAD(decisions.valid_from) OVER (
                PARTITION BY decisions.customer_id
                ORDER BY decisions.decided_at, decisions.decision_id
            ) AS replaced_on
        FROM
            policy.class_decisions AS decisions
            CROSS JOIN policy.clock
        WHERE decisions.decided_at <= clock.known_at AND decisions.valid_from <= clock.as_of
    )
SELECT
    decision_id,
    customer_id,
    override_class,
    reason,
    decided_by,
    valid_from,
    valid_until,
    replaced_on,
    CASE
        WHEN override_class IS NULL THEN NULL
        WHEN replaced_on <= valid_until THEN CAST(replaced_on - INTERVAL '1' DAY AS DATE)
        ELSE valid_until
    END AS held_until,
    decided_at
FROM known

-- description: Every customer and object that a signal tells of at a look, and whether the sale came until the next look. At the look before, those not told too, against which the signal is held.
-- grain: [seen, signal, customer_id, object_id]
-- columns:
--   is_told: Strong enough to be a lead, and not dismissed within the quiet days (policy) before the look.
--   came: The sale came until the next look, or sales turned the lead into an opportunity, as far as was known at it; empty of now.
--   spent: What the customer had bought until the look. Reporting currency.
-- audits:
--   - unique: [seen, signal, customer_id, object_id]
WITH
    signals AS (
        SELECT
            seen,
            signal,
            customer_id,
            object_id,
            offer,
            offer_id,
            wants,
            score,
            is_told,
            told_days,
            told_count,
            told_share,
            told_text,
            told_on
        FROM core.lead_of_machines
        UNION ALL
        SELECT
            seen,
            signal,
            customer_id,
            object_id,
            offer,
            offer_id,
            wants,
            score,
            is_told,
            told_days,
            told_count,
            told_share,
            told_text,
            told_on
        FROM core.lead_of_purchases
        UNION ALL
        SELECT
            seen,
            signal,
            customer_id,
            object_id,
            offer,
            offer_id,
            wants,
            score,
            is_told,
            told_days,
            told_count,
            told_share,
            told_text,
            told_on
        FROM core.lead_of_requests
    ),
    known AS (
        SELECT
            looks.seen,
            decisions.lead_id,
            decisions.kind,
            decisions.decided_on > looks.seen_on - INTERVAL '1' DAY * leads.quiet_days AS is_recent,
            ROW_NUMBER() OVER (
                PARTITION BY looks.seen, decisions.lead_id
                ORDER BY decisions.decided_at DESC, decisions.decision_id DESC
            ) AS place
        FROM
            core.lead_looks AS looks
            CROSS JOIN policy.leads
            INNER JOIN staging.lead_decisions AS decisions ON decisions.decided_at <= looks.known_at
    ),
    quiet AS (
        SELECT seen, lead_id
        FROM known
        WHERE place = 1 AND kind = 'dismissed' AND is_recent
    ),
    named AS (
        SELECT
            signals.*,
            CONCAT(signals.signal, '/', signals.customer_id, '/', signals.object_id) AS lead_id
        FROM signals
    ),
    -- What sales took up counts, though its sale is not in the books yet. A sale that came although the lead was dismissed is one.
    converted AS (
        SELECT DISTINCT looks.seen, decisions.lead_id
        FROM
            core.lead_looks AS looks
            INNER JOIN core.lead_looks AS judges ON judges.seen = looks.judged
            INNER JOIN staging.lead_decisions AS decisions
                ON decisions.decided_at > looks.known_at AND decisions.decided_at <= judges.known_at
        WHERE decisions.kind = 'converted'
    )
SELECT
    named.seen,
    named.signal,
    named.customer_id,
    named.object_id,
    named.offer,
    named.offer_id,
    named.wants,
    named.told_text,
    named.told_days,
    named.told_count,
    named.told_share,
    named.score,
    COALESCE(customers.value, 0) AS spent,
    named.is_told AND quiet.lead_id IS NULL AS is_told,
    CASE
        WHEN looks.judged IS NOT NULL THEN sales.customer_id IS NOT NULL
        OR converted.lead_id IS NOT NULL
    END AS came,
    named.told_on
FROM
    named
    INNER JOIN core.lead_looks AS looks ON looks.seen = named.seen
    LEFT JOIN core.lead_customers AS customers
        ON customers.seen = named.seen AND customers.customer_id = named.customer_id
    LEFT JOIN core.lead_sales AS sales
        ON sales.seen = looks.judged AND sales.customer_id = named.customer_id AND sales.sale = named.wants
    LEFT JOIN converted ON converted.seen = named.seen AND converted.lead_id = named.lead_id
    LEFT JOIN quiet ON quiet.seen = named.seen AND quiet.lead_id = named.lead_id
    LEFT JOIN policy.lead_signals_off AS switched_off ON switched_off.signal = named.signal
WHERE switched_off.signal IS NULL AND ((named.is_told AND quiet.lead_id IS NULL) OR named.seen = 'before')

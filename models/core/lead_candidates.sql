-- description: Every customer and object that a signal could tell of at a look, told or not, and whether the sale came until the next look.
-- grain: [seen, signal, customer_id, object_id]
-- columns:
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
    signals.seen,
    signals.signal,
    signals.customer_id,
    signals.object_id,
    signals.offer,
    signals.offer_id,
    signals.wants,
    signals.told_text,
    signals.told_days,
    signals.told_count,
    signals.told_share,
    signals.score,
    COALESCE(customers.value, 0) AS spent,
    signals.is_told,
    CASE
        WHEN looks.judged IS NOT NULL THEN sales.customer_id IS NOT NULL
        OR converted.lead_id IS NOT NULL
    END AS came,
    signals.told_on
FROM
    signals
    INNER JOIN core.lead_looks AS looks ON looks.seen = signals.seen
    LEFT JOIN core.lead_customers AS customers
        ON customers.seen = signals.seen AND customers.customer_id = signals.customer_id
    LEFT JOIN core.lead_sales AS sales
        ON sales.seen = looks.judged
        AND sales.customer_id = signals.customer_id
        AND sales.sale = signals.wants
    LEFT JOIN converted
        ON converted.seen = signals.seen
        AND converted.lead_id = CONCAT(signals.signal, '/', signals.customer_id, '/', signals.object_id)
    LEFT JOIN policy.lead_signals_off AS switched_off ON switched_off.signal = signals.signal
WHERE switched_off.signal IS NULL

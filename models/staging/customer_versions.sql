-- description: Every version of every customer's kind and class, with the interval in which it was the truth.
-- grain: [customer_id, known_from]
-- columns:
--   known_from: When this version became known.
--   known_to: When it ended; empty while it is still the truth.
SELECT
    customer_id,
    kind,
    crm_class,
    known_from,
    CAST(NULL AS TIMESTAMP) AS known_to
FROM raw.customers
UNION ALL
SELECT
    customer_id,
    kind,
    crm_class,
    known_from,
    known_to
FROM history.customers

-- description: Every version of every product's kind and family, with the interval in which it was the truth.
-- grain: [product_id, known_from]
-- columns:
--   known_from: When this version became known.
--   known_to: When it ended; empty while it is still the truth.
SELECT
    product_id,
    COALESCE(family, 'unknown') AS family,
    kind,
    known_from,
    CAST(NULL AS TIMESTAMP) AS known_to
FROM raw.products
UNION ALL
SELECT
    product_id,
    COALESCE(family, 'unknown') AS family,
    kind,
    known_from,
    known_to
FROM history.products

-- description: Every version of who every customer was and who answered for it, with the interval in which it was the truth.
-- grain: [customer_id, known_from]
-- columns:
--   known_from: When this version became known.
--   known_to: When it ended; empty while it is still the truth.
SELECT
    customer_id,
    parent_customer_id,
    dealer_id,
    sales_owner_id,
    service_owner_id,
    name,
    kind,
    crm_class,
    region,
    industry,
    known_from,
    CAST(NULL AS TIMESTAMP) AS known_to
FROM raw.customers
UNION ALL
SELECT
    customer_id,
    parent_customer_id,
    dealer_id,
    sales_owner_id,
    service_owner_id,
    name,
    kind,
    crm_class,
    region,
    industry,
    known_from,
    known_to
FROM history.customers

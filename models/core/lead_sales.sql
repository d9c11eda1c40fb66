-- description: What came of each customer between the look before and this one, as it was known at this one. Orders, won opportunities and contracts.
-- grain: [seen, customer_id, sale]
-- columns:
--   sale: any, product/ and its id, machine/ and its family, contract, or contract/ and the machine it covers.
-- audits:
--   - unique: [seen, customer_id, sale]
WITH
    bought AS (
        SELECT seen, customer_id, product_id, product_kind, family
        FROM core.lead_purchases
        WHERE purchases_since > 0
    ),
    won AS (
        SELECT
            looks.seen,
            opportunities.customer_id,
            opportunities.product_id,
            products.kind AS product_kind,
            products.family
        FROM
            core.lead_looks AS looks
            INNER JOIN staging.opportunity_versions AS opportunities
                ON opportunities.known_from <= looks.known_at
                AND COALESCE(opportunities.known_to > looks.known_at, TRUE)
                AND opportunities.closed_on <= looks.seen_on
                AND opportunities.closed_on > looks.since_on
            LEFT JOIN staging.product_versions AS products
                ON products.product_id = opportunities.product_id
                AND products.known_from <= looks.known_at
                AND COALESCE(products.known_to > looks.known_at, TRUE)
        WHERE opportunities.outcome = 'won'
    ),
    sold AS (
        SELECT seen, customer_id, product_id, product_kind, family FROM bought
        UNION ALL
        SELECT seen, customer_id, product_id, product_kind, family FROM won
    ),
    signed AS (
        SELECT looks.seen, contracts.customer_id
        FROM
            core.lead_looks AS looks
            INNER JOIN staging.contract_versions AS contracts
                ON contracts.known_from <= looks.known_at
                AND COALESCE(contracts.known_to > looks.known_at, TRUE)
                AND contracts.starts_on <= looks.seen_on
                AND contracts.starts_on > looks.since_on
        WHERE NOT contracts.is_cancelled
    )
SELECT seen, customer_id, 'any' AS sale
FROM sold
UNION
SELECT seen, customer_id, CONCAT('product/', product_id) AS sale
FROM sold
WHERE product_id IS NOT NULL
UNION
SELECT seen, customer_id, CONCAT('machine/', family) AS sale
FROM sold
WHERE product_kind = 'machine' AND family IS NOT NULL
UNION
SELECT seen, customer_id, 'contract' AS sale
FROM signed
UNION
SELECT seen, customer_id, CONCAT('contract/', asset_id) AS sale
FROM core.lead_machines
WHERE contracts_since > 0

-- description: What customers who have a product buy as well, at a look. Rules over the baskets of customers, each with the products it bought or owns (Agrawal, Imielinski and Swami, 1993).
-- grain: [seen, owned_id, bought_id]
-- columns:
--   owned_id: The product they have.
--   bought_id: The product they have as well.
--   customers: Customers with any product.
--   owners: Customers who have the one.
--   buyers: Customers who have the other.
--   both: Customers who have both.
--   support: Share of customers who have both.
--   confidence: Share of those who have the one who have the other too.
--   lift: Confidence divided by the share of all customers who have the other.
-- audits:
--   - unique: [seen, owned_id, bought_id]
WITH
    baskets AS (
        SELECT seen, customer_id, product_id
        FROM core.lead_purchases
        UNION
        SELECT seen, customer_id, product_id
        FROM core.lead_machines
        WHERE product_id IS NOT NULL
    ),
    sizes AS (
        SELECT seen, COUNT(DISTINCT customer_id) AS customers
        FROM baskets
        GROUP BY seen
    ),
    counts AS (
        SELECT seen, product_id, COUNT(*) AS customers
        FROM baskets
        GROUP BY seen, product_id
    ),
    pairs AS (
        SELECT
            owned.seen,
            owned.product_id AS owned_id,
            bought.product_id AS bought_id,
            COUNT(*) AS both
        FROM
            baskets AS owned
            INNER JOIN baskets AS bought
                ON bought.seen = owned.seen
                AND bought.customer_id = owned.customer_id
                AND bought.product_id != owned.product_id
        GROUP BY owned.seen, owned.product_id, bought.product_id
        HAVING COUNT(*) >= COALESCE((SELECT MAX(rule_customers) FROM policy.leads), 1)
    )
SELECT
    pairs.seen,
    pairs.owned_id,
    pairs.bought_id,
    sizes.customers,
    owners.customers AS owners,
    buyers.customers AS buyers,
    pairs.both,
    CAST(pairs.both AS DOUBLE) / CAST(sizes.customers AS DOUBLE) AS support,
    CAST(pairs.both AS DOUBLE) / CAST(owners.customers AS DOUBLE) AS confidence,
    CAST(pairs.both AS DOUBLE) * CAST(sizes.customers AS DOUBLE) / CAST(owners.customers AS DOUBLE) / CAST(
        buyers.customers AS DOUBLE
    ) AS lift
FROM
    pairs
    INNER JOIN sizes ON sizes.seen = pairs.seen
    INNER JOIN counts AS owners ON owners.seen = pairs.seen AND owners.product_id = pairs.owned_id
    INNER JOIN counts AS buyers ON buyers.seen = pairs.seen AND buyers.product_id = pairs.bought_id

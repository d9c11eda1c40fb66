-- description: What customers who have a product buy as well, at a look. Rules over the baskets of customers, each with the products it bought or owns (Agrawal, Imielinski and Swami, 1993). Of each product the 25 surest.
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
    -- Products that fewer customers have can be in no rule. They are numbered across looks, as baskets are: numbers are paired much faster.
    counts AS (
        SELECT
            seen,
            product_id,
            COUNT(*) AS customers,
            ROW_NUMBER() OVER (ORDER BY seen, product_id) AS product_no
        FROM baskets
        GROUP BY seen, product_id
        HAVING COUNT(*) >= COALESCE((SELECT MAX(rule_customers) FROM policy.leads), 1)
    ),
    places AS (
        SELECT
            counts.product_no,
            DENSE_RANK() OVER (ORDER BY baskets.seen, baskets.customer_id) AS basket_no
        FROM
            baskets
            INNER JOIN counts ON counts.seen = baskets.seen AND counts.product_id = baskets.product_id
    ),
    couples AS (
        SELECT one.product_no, other.product_no AS other_no, COUNT(*) AS both
        FROM
            places AS one
            INNER JOIN places AS other
                ON other.basket_no = one.basket_no AND other.product_no > one.product_no
        GROUP BY one.product_no, other.product_no
        HAVING COUNT(*) >= COALESCE((SELECT MAX(rule_customers) FROM policy.leads), 1)
    ),
    pairs AS (
        SELECT product_no AS owned_no, other_no AS bought_no, couples.both
        FROM couples
        UNION ALL
        SELECT other_no AS owned_no, product_no AS bought_no, couples.both
        FROM couples
    ),
    -- Owners are the same for all rules of a product: the surest are those that most have.
    ranked AS (
        SELECT
            owned_no,
            bought_no,
            pairs.both,
            ROW_NUMBER() OVER (
                PARTITION BY owned_no
                ORDER BY pairs.both DESC, bought_no
            ) AS place
        FROM pairs
    )
SELECT
    owners.seen,
    owners.product_id AS owned_id,
    buyers.product_id AS bought_id,
    sizes.customers,
    owners.customers AS owners,
    buyers.customers AS buyers,
    ranked.both,
    CAST(ranked.both AS DOUBLE) / CAST(sizes.customers AS DOUBLE) AS support,
    CAST(ranked.both AS DOUBLE) / CAST(owners.customers AS DOUBLE) AS confidence,
    CAST(ranked.both AS DOUBLE) * CAST(sizes.customers AS DOUBLE) / CAST(owners.customers AS DOUBLE) / CAST(
        buyers.customers AS DOUBLE
    ) AS lift
FROM
    ranked
    INNER JOIN counts AS owners ON owners.product_no = ranked.owned_no
    INNER JOIN counts AS buyers ON buyers.product_no = ranked.bought_no
    INNER JOIN sizes ON sizes.seen = owners.seen
WHERE ranked.place <= 25

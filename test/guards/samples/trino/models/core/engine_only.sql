-- description: Runs on one engine only.
-- grain: [order_id]
SELECT order_id, amount::DECIMAL(18, 2) AS amount
FROM staging.orders
QUALIFY ROW_NUMBER() OVER (PARTITION BY order_id ORDER BY ordered_at) = 1

-- description: Calls what only one engine has.
-- grain: [order_id]
SELECT
    order_id,
    list_aggregate(amounts, 'sum') AS amount
FROM staging.orders

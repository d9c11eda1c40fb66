-- description: Calls what only one engine has, and what the two count differently.
-- grain: [order_id]
SELECT
    order_id,
    list_aggregate(amounts, 'sum') AS amount,
    date_diff('month', ordered_on, shipped_on) AS months
FROM staging.orders

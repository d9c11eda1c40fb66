-- description: Order dated in the future; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: orders
--   role: sales
--   weight: 2
--   words: { en: Order dated in the future, zh: 订单日期在未来 }
--   remedy: { en: Correct the time. Until then it counts in no figure., zh: 更正时间；更正前不计入任何数字。 }
SELECT
    orders.order_id AS record_id,
    orders.customer_id AS customer_id,
    orders.sales_owner_id AS employee_id,
    orders.dealer_id AS dealer_id,
    LEAST(orders.ordered_on, clock.as_of) AS happened_on,
    orders.ordered_at > clock.known_at + INTERVAL '1' DAY AS is_fault
FROM
    staging.orders
    CROSS JOIN policy.clock
WHERE orders.ordered_on <= clock.as_of OR orders.ordered_at > clock.known_at + INTERVAL '1' DAY

-- Orders: machines, and parts and consumables bought over the counter. Dealers order for their end users on their own account.
CREATE TABLE order_drafts AS
WITH machine_orders AS (
    SELECT
        machine_key AS order_key, CASE WHEN part = 'indirect' THEN dealers.customer_no ELSE machines.customer_no END AS customer_no,
        machines.dealer_no, ordered_at, 'machine' AS kind,
        part = 'parasite' AS is_parasite, machines.machine_key
    FROM machines
    LEFT JOIN dealers ON dealers.dealer_no = machines.dealer_no
    WHERE is_window_sale AND ordered_at <= TIMESTAMP '2026-06-30 20:00:00'
),
counter AS (
    SELECT
        customers.*, CASE part WHEN 'dealer' THEN 26 WHEN 'parasite' THEN CASE WHEN still_buys THEN 6 ELSE 3 END ELSE 1.6 + 0.9 * size END AS per_year,
        CASE WHEN part = 'parasite' THEN share_at(CASE WHEN still_buys THEN DATE '2026-06-20' ELSE DATE '2025-04-30' END)
            ELSE 1 END AS share_until,
        share_at(greatest(registered_on, DATE '2023-07-01')) AS share_from
    FROM customers
    WHERE part IN ('dealer', 'parasite', 'direct')
),
counted AS (SELECT *, least(400, draw_round(3 * per_year * (share_until - share_from), 'counter-orders', customer_no)) AS orders FROM counter),
-- Regular buyers: the k-th purchase falls near the middle of its k-th share of time.
bought AS (
    SELECT
        -(customer_no * 512 + k) AS order_key, customer_no, dealer_no, part,
        CAST(day_at(share_from + (share_until - share_from) * (k - draw('bought-on', customer_no * 512 + k)) / orders) AS TIMESTAMP) AS bought_on
    FROM counted, unnest(range(1, 1 + orders)) AS numbers(k)
),
bought_lines AS (SELECT *, business_minute(bought_on) + draw_whole(5, 530, 'bought-at', order_key) AS line FROM bought),
counter_orders AS (
    SELECT order_key, customer_no, dealer_no, at_business_minute(line) AS ordered_at, 'counter', part = 'parasite', NULL FROM bought_lines
)
SELECT * FROM machine_orders
UNION ALL
SELECT * FROM counter_orders;

CREATE TABLE orders AS
WITH numbered AS (
    SELECT *, row_number() OVER (ORDER BY ordered_at, order_key) AS order_no
    FROM order_drafts
    WHERE ordered_at BETWEEN TIMESTAMP '2023-07-01' AND TIMESTAMP '2026-06-30 20:00:00'
)
SELECT
    order_no, 'OR' || strftime(ordered_at, '%y') || padded(order_no, 6) AS order_id, order_key, numbered.kind,
    customers.customer_no, customers.customer_id,
    numbered.dealer_no, ordered_at, is_parasite, machine_key, customers.region_no, customers.part,
    holder_of(customers.sales_post, ordered_at) AS sales_owner_id,
    currency_of(customers.region_no, customers.customer_no) AS currency,
    CASE
        WHEN draw('cancelled', order_key) < 0.018 AND numbered.kind = 'counter' THEN 'cancelled'
        WHEN ordered_at > TIMESTAMP '2026-06-05' THEN 'open' ELSE 'delivered'
    END AS status
FROM numbered
JOIN customers USING (customer_no);

CREATE TABLE fx_rates AS
SELECT
    currency, day,
    -- A gentle, made-up course around the level of those years.
    round(level * (1 + 0.018 * sin(date_diff('day', DATE '2023-07-01', day) / 97.0 + phase) + 0.003 * draw_normal('fx/' || currency, date_diff('day', DATE '2023-01-01', day))), 4) AS rate
FROM (
    SELECT day FROM calendar WHERE is_working AND day <= DATE '2026-06-30'
    UNION ALL
    SELECT CAST(day AS DATE) FROM range(TIMESTAMP '2022-06-20', TIMESTAMP '2023-01-01', INTERVAL 1 DAY) AS days(day) WHERE isodow(day) <= 5
), (VALUES ('USD', 7.18, 0.4), ('EUR', 7.81, 1.9)) AS currencies(currency, level, phase);

CREATE TABLE order_lines AS
WITH machine_lines AS (
    SELECT
        order_no, 1 AS line_no, machines.product_no, 1 AS quantity,
        CASE
            WHEN is_parasite AND orders.ordered_at >= TIMESTAMP '2025-07-01' THEN draw_between(0.70, 0.74, 'discount', order_key)
            WHEN is_parasite THEN draw_between(0.74, 0.785, 'discount', order_key)
            WHEN orders.dealer_no IS NOT NULL THEN draw_between(0.85, 0.90, 'discount', order_key)
            ELSE draw_between(0.87, 0.97, 'discount', order_key)
        END AS price_share
    FROM orders
    JOIN machines USING (machine_key)
),
items AS (
    SELECT order_no, order_key, part, k, order_no * 8 + k AS line_key, draw('item', order_no * 8 + k) AS item_draw
    FROM orders, unnest(range(1, 1 + draw_whole(1, 4, 'lines', order_no))) AS numbers(k)
    WHERE kind = 'counter'
),
counter_lines AS (
    SELECT
        order_no, k,
        CASE WHEN item_draw < 0.62 THEN 200 + draw_whole(1, 30, 'which', line_key)
            WHEN item_draw < 0.97 THEN 100 + draw_whole(1, 90, 'which', line_key)
            ELSE 304 + draw_whole(0, 1, 'which', line_key) END AS product_no,
        CASE WHEN item_draw < 0.62 THEN draw_whole(2, CASE part WHEN 'dealer' THEN 12 ELSE 6 END, 'quantity', line_key)
            WHEN item_draw < 0.97 THEN draw_whole(1, CASE part WHEN 'dealer'
                THEN 3 ELSE 2 END, 'quantity', line_key) ELSE 1 END AS quantity,
        draw_between(CASE part WHEN 'dealer' THEN 0.82 ELSE 0.90 END, CASE part WHEN 'dealer' THEN 0.90
            ELSE 1 END, 'discount', order_key) AS price_share
    FROM items
),
lines AS (
    FROM machine_lines
    UNION ALL
    FROM counter_lines
    UNION ALL
    SELECT order_no, 9, product_no, -1, price_share
    FROM counter_lines
    WHERE k = 1 AND product_no BETWEEN 101 AND 190 AND draw('returned', order_no) < 0.06
),
rates AS (SELECT currency, day, rate FROM fx_rates UNION ALL SELECT 'CNY', CAST(day AS DATE), 1.0 FROM calendar),
priced AS (
    SELECT
        lines.*, orders.order_id, orders.currency, products.product_id, products.kind AS product_kind, products.unit_cost,
        CAST(price_of(products.list_price * price_share / CASE orders.currency WHEN 'USD' THEN 7.18 WHEN 'EUR' THEN 7.81
            ELSE 1 END, orders.currency) AS DECIMAL(18, 2)) AS unit_price,
        rates.rate
    FROM lines
    JOIN orders USING (order_no)
    JOIN products USING (product_no)
    ASOF JOIN rates ON rates.currency = orders.currency AND rates.day <= CAST(orders.ordered_at AS DATE)
)
SELECT *, CAST(unit_price * quantity AS DECIMAL(18, 2)) AS amount,
    CAST(round(unit_price * quantity * CAST(rate AS DECIMAL(18, 4)), 2) AS DECIMAL(18, 2)) AS amount_cny
FROM priced;

CREATE TABLE invoices AS
WITH totals AS (SELECT order_no, sum(amount) AS amount FROM order_lines GROUP BY order_no),
service_totals AS (SELECT service_order_no, sum(amount) AS amount FROM service_order_lines GROUP BY service_order_no HAVING sum(amount) > 0),
all_of_them AS (
    SELECT customer_no, customer_id, order_id, NULL AS service_order_id, NULL AS contract_id,
        CAST(ordered_at AS DATE) + CAST(draw_whole(3, 40, 'invoiced', order_no) AS INTEGER) AS issued_on, amount, currency, order_no AS sort_no
    FROM orders JOIN totals USING (order_no) WHERE status <> 'cancelled'
    UNION ALL
    SELECT customer_no, customer_id, NULL, service_order_id, NULL,
        CAST(ordered_at AS DATE) + CAST(draw_whole(1, 25, 'service-invoiced', service_order_no) AS INTEGER), amount, 'CNY',
        1000000000 + service_order_no
    FROM service_orders JOIN service_totals USING (service_order_no)
    UNION ALL
    SELECT customer_no, customer_id, NULL, NULL, contract_id,
        starts_on + CAST(draw_whole(0, 20, 'contract-invoiced', contract_no) AS INTEGER), billed, contract_amounts.currency, 2000000000 + contract_no
    FROM contracts JOIN contract_amounts USING (contract_no)
),
terms AS (
    SELECT *,
        issued_on + CASE WHEN draw('terms', customer_no) < 0.5 THEN 30 WHEN draw('terms', customer_no) < 0.85 THEN 60 ELSE 90 END AS due_on,
        row_number() OVER (ORDER BY issued_on, sort_no) AS invoice_no
    FROM all_of_them WHERE issued_on BETWEEN DATE '2023-07-01' AND DATE '2026-06-30' AND amount > 0
)
SELECT *, 'FP' || strftime(issued_on, '%y%m') || padded(invoice_no, 7) AS invoice_id FROM terms;

CREATE TABLE payments AS
WITH instalments AS (
    SELECT
        *, CASE WHEN amount > 150000 AND draw('instalments', invoice_no) < 0.6 THEN 2 ELSE 1 END AS parts,
        due_on + CAST(round(limited(draw_around(9, 0.9, 'payer', customer_no) - 12 + 8 * draw_normal('late', invoice_no), -25, 150)) AS INTEGER) AS paid_on
    FROM invoices
),
split AS (
    SELECT *, part_no,
        CASE WHEN parts = 1 THEN amount WHEN part_no = 1 THEN CAST(round(amount * 0.3, 2) AS DECIMAL(18, 2))
            ELSE amount - CAST(round(amount * 0.3, 2) AS DECIMAL(18, 2)) END AS paid,
        CASE WHEN part_no < parts THEN least(paid_on, issued_on + 10) ELSE greatest(paid_on, issued_on + 1) END AS on_day
    FROM instalments, unnest(range(1, 1 + parts)) AS numbers(part_no)
)
SELECT row_number() OVER (ORDER BY on_day, invoice_no, part_no) AS payment_no,
    'HK' || padded(row_number() OVER (ORDER BY on_day, invoice_no, part_no), 8) AS payment_id, invoice_id,
    on_day AS paid_on, paid AS amount, currency
FROM split
WHERE on_day <= DATE '2026-06-30' AND draw('unpaid', invoice_no) > 0.006;

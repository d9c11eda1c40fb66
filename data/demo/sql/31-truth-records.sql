-- Records that are late or missing, by rule, with who owed them.
CREATE TABLE truth.records AS
WITH people AS (SELECT employee_id, role FROM employees),
faults AS (
    SELECT 'task_feedback_missing' AS rule, employee_id, NULL AS dealer_id, task_id AS record_id
    FROM task_records
    WHERE is_done AND (feedback_wanted IS NULL OR feedback_wanted > TIMESTAMP '2026-06-30 21:00:00')
        AND at_business_minute(business_minute(ends) + 540) < TIMESTAMP '2026-06-30 17:30:00'
    UNION ALL
    SELECT 'task_feedback_late', employee_id, NULL, task_id
    FROM task_records
    WHERE feedback_wanted <= TIMESTAMP '2026-06-30 21:00:00' AND feedback_wanted > at_business_minute(business_minute(ends) + 540)
    UNION ALL
    SELECT 'task_hours_missing', employee_id, NULL, task_id
    FROM task_records
    JOIN crm.svc_task ON svc_task.task_no = task_id
    WHERE is_done AND work_min IS NULL
    UNION ALL
    -- One record a day stands for all who worked on the machine that day.
    SELECT 'maintenance_record_missing', employee_id, NULL, task_id
    FROM maintenance_records AS owed
    WHERE is_missing AND ends < TIMESTAMP '2026-06-30' AND NOT EXISTS (
        SELECT 1 FROM maintenance_records AS written
        WHERE NOT written.is_missing AND written.request_no = owed.request_no
            AND CAST(written.ends AS DATE) BETWEEN CAST(owed.starts AS DATE) AND CAST(owed.ends AS DATE)
    )
    UNION ALL
    SELECT 'resolved_time_missing', owner_id, NULL, request_id FROM requests WHERE lacks_resolved
    UNION ALL
    SELECT 'request_without_asset', opened_by, NULL, request_id FROM requests
    -- A question or a complaint need not be about a machine.
    WHERE lacks_asset AND kind NOT IN ('inquiry', 'complaint')
    UNION ALL
    SELECT 'request_keyed_after_a_day', opened_by, NULL, request_id FROM requests WHERE keyed_at > opened_at + INTERVAL 24 HOUR
    UNION ALL
    SELECT 'expense_keyed_after_30_days', employee_id, NULL, expense_id FROM expenses WHERE keyed_on > incurred_on + 30
    UNION ALL
    SELECT 'dealer_machine_late', NULL, dealer_id, asset_id
    FROM registrations
    WHERE NOT is_missing AND reported_on > installed_on + 30 AND reported_on <= DATE '2026-06-30' AND installed_on >= DATE '2023-07-01'
    UNION ALL
    -- Told by the order alone, once 90 days to install and 30 to report are over.
    SELECT 'dealer_machine_missing', NULL, registrations.dealer_id, orders.order_id
    FROM registrations JOIN assets USING (asset_no) JOIN orders ON orders.machine_key = assets.machine_key
    WHERE (is_missing OR reported_on > DATE '2026-06-30') AND CAST(orders.ordered_at AS DATE) + 120 < DATE '2026-06-30'
    UNION ALL
    SELECT 'dealer_part_late', NULL, dealer_id, part_id
    FROM replaced_parts
    WHERE NOT is_missing AND reported_on > installed_on + 30 AND reported_on <= DATE '2026-06-30'
    UNION ALL
    -- Told by the service order, where the dealer told of the customer or of the machine.
    SELECT DISTINCT 'dealer_part_missing', NULL, replaced_parts.dealer_id, service_order_id
    FROM replaced_parts
    JOIN service_orders USING (service_order_no)
    JOIN end_users ON end_users.customer_no = replaced_parts.customer_no
    LEFT JOIN registrations ON registrations.asset_no = replaced_parts.asset_no
    LEFT JOIN requests ON requests.request_no = service_orders.request_no
    WHERE (replaced_parts.is_missing OR replaced_parts.reported_on > DATE '2026-06-30')
        AND replaced_parts.installed_on + 30 < DATE '2026-06-30'
        AND (
            NOT end_users.lacks_dealer AND end_users.reported_on <= DATE '2026-06-30'
            OR NOT requests.lacks_asset AND NOT registrations.is_missing AND registrations.reported_on <= DATE '2026-06-30'
        )
    UNION ALL
    SELECT 'part_without_parent', recorded_by, NULL, part_id FROM part_assets WHERE part <> 'indirect' AND draw('no-parent', part_no) < 0.03
    UNION ALL
    SELECT 'dealer_end_user_late', NULL, dealer_id, customer_id
    FROM end_users
    WHERE NOT lacks_dealer AND reported_on > registered_on + 30 AND registered_on >= DATE '2023-07-01' AND reported_on <= DATE '2026-06-30'
    UNION ALL
    SELECT 'asset_without_product', holder_of(service_post, known_at), NULL, asset_id FROM assets WHERE part <> 'indirect' AND draw('no-product', asset_no) < 0.008
    UNION ALL
    SELECT 'asset_without_serial', holder_of(service_post, known_at), NULL, asset_id FROM assets WHERE part <> 'indirect' AND draw('no-serial', asset_no) < 0.02
    UNION ALL
    SELECT 'asset_without_install_date', holder_of(service_post, known_at), NULL, asset_id
    FROM assets WHERE part <> 'indirect' AND draw('no-install-date', asset_no) < 0.015
    UNION ALL
    SELECT 'asset_without_warranty', holder_of(service_post, known_at), NULL, asset_id FROM assets WHERE part <> 'indirect' AND draw('no-warranty', asset_no) < 0.03
    UNION ALL
    SELECT 'contract_without_promise', CASE WHEN customers.kind <> 'indirect' THEN holder_of(sales_post, TIMESTAMP '2026-06-30') END, NULL, contract_id
    FROM contracts JOIN customers USING (customer_no) WHERE draw('no-promise', contract_no) < 0.03
    UNION ALL
    SELECT 'customer_without_service_owner', NULL, NULL, customer_id FROM customers WHERE kind = 'direct' AND draw('no-owner', customer_no) < 0.03
    UNION ALL
    SELECT 'customer_without_class', holder_of(sales_post, TIMESTAMP '2026-06-30'), NULL, customer_id
    FROM customers JOIN classes USING (customer_no) WHERE kind = 'direct' AND class IS NULL
    UNION ALL
    SELECT 'customer_without_class', NULL, NULL, customer_id
    FROM end_users JOIN classes USING (customer_no) WHERE class IS NULL AND reported_on <= DATE '2026-06-30'
    UNION ALL
    SELECT 'indirect_customer_without_dealer', NULL, NULL, customer_id FROM end_users WHERE lacks_dealer AND reported_on <= DATE '2026-06-30'
    UNION ALL
    SELECT 'opportunity_without_source', owner_id, NULL, opportunity_id FROM opportunities WHERE lead_source IS NULL
    UNION ALL
    SELECT 'task_not_planned', employee_id, NULL, task_id FROM task_records WHERE is_done AND draw('unplanned', task_key) < 0.03
    UNION ALL
    SELECT 'survey_unanswered', opened_by, NULL, CAST(survey_no AS VARCHAR)
    FROM surveys JOIN requests USING (request_no)
    WHERE (surveys.answered_at IS NULL OR surveys.answered_at >= TIMESTAMP '2026-07-01') AND sent_at < TIMESTAMP '2026-06-16'
    UNION ALL
    SELECT 'sold_below_floor', sales_owner_id, 'D' || padded(orders.dealer_no, 3), orders.order_id || ' / ' || 10 * line_no
    FROM order_lines JOIN orders USING (order_no) JOIN products USING (product_no)
    WHERE status <> 'cancelled' AND quantity > 0 AND unit_price * rate < products.floor_price - 0.005
)
SELECT faults.*, COALESCE(people.role, CASE WHEN dealer_id IS NOT NULL THEN 'dealer' END) AS role
FROM faults
LEFT JOIN people USING (employee_id);

-- Rows each entity must have once the systems are read, without the lines that cannot be read.
CREATE TABLE truth.row_counts AS
SELECT 'customers' AS entity,
    (SELECT count(*) FROM customers WHERE kind <> 'indirect') + (SELECT count(*) FROM end_users WHERE reported_on <= DATE '2026-06-30') AS rows
UNION ALL SELECT 'dealers', count(*) FROM dealers
UNION ALL SELECT 'employees', count(*) FROM employees
UNION ALL SELECT 'employee_rates', count(*) FROM employee_rates
UNION ALL SELECT 'products', count(*) FROM products
UNION ALL SELECT 'assets',
(SELECT count(*) FROM assets WHERE part <> 'indirect') + (SELECT count(*) FROM registrations WHERE NOT is_missing
    AND reported_on <= DATE '2026-06-30')
    + (SELECT count(*) FROM part_assets WHERE part <> 'indirect')
    + (SELECT count(*) FROM replaced_parts WHERE NOT is_missing AND reported_on <= DATE '2026-06-30')
UNION ALL SELECT 'contracts', count(*) FROM contracts
UNION ALL SELECT 'contract_assets', count(*) FROM contract_assets
UNION ALL SELECT 'requests', count(*) FROM requests
UNION ALL SELECT 'request_events', count(*) FROM request_events
UNION ALL SELECT 'tasks', count(*) FROM tasks
UNION ALL SELECT 'maintenance_records',
(SELECT count(*) FROM maintenance_records WHERE NOT is_missing)
    + (SELECT count(*) FROM replaced_parts WHERE NOT is_missing AND reported_on <= DATE '2026-06-30')
UNION ALL SELECT 'articles', count(*) FROM articles
UNION ALL SELECT 'article_uses', count(*) FROM article_uses
UNION ALL SELECT 'surveys', count(*) FROM surveys
UNION ALL SELECT 'campaigns', count(*) FROM campaigns
UNION ALL SELECT 'campaign_responses', count(*) FROM campaign_responses
UNION ALL SELECT 'opportunities', count(*) FROM opportunities
UNION ALL SELECT 'opportunity_events', count(*) FROM opportunity_events
UNION ALL SELECT 'orders', count(*) FROM orders
UNION ALL SELECT 'order_lines', count(*) FROM order_lines
UNION ALL SELECT 'service_orders', count(*) FROM service_orders
UNION ALL SELECT 'service_order_lines', count(*) FROM service_order_lines
UNION ALL SELECT 'invoices', count(*) FROM invoices
UNION ALL SELECT 'payments', count(*) FROM payments
UNION ALL SELECT 'expenses', count(*) FROM expenses
UNION ALL SELECT 'interactions', count(*) FROM calls
UNION ALL SELECT 'targets', count(*) FROM targets
UNION ALL SELECT 'fx_rates', count(*) FROM fx_rates
UNION ALL SELECT 'holidays', count(*) FROM holidays;

CREATE TABLE truth.broken_lines AS
SELECT * FROM (
    VALUES ('orders', 'sales_orders', 6), ('order_lines', 'sales_order_lines', 10), ('service_order_lines', 'service_order_lines', 6),
    ('invoices', 'invoices', 5), ('payments', 'payments', 6), ('expenses', 'ledger', 9)
) AS broken(entity, file, lines);

-- Sums of what was made, in the original currencies and minutes.
CREATE TABLE truth.sums AS
SELECT 'order_lines.amount' AS figure, currency, CAST(sum(amount) AS DECIMAL(18, 2)) AS total FROM order_lines GROUP BY currency
UNION ALL SELECT 'order_lines.amount_cny', 'CNY', CAST(sum(amount_cny) AS DECIMAL(18, 2)) FROM order_lines
UNION ALL SELECT 'order_lines.amount_cny_not_cancelled', 'CNY', CAST(sum(amount_cny) AS DECIMAL(18, 2))
FROM order_lines
JOIN orders USING (order_no)
WHERE status <> 'cancelled'
UNION ALL SELECT 'service_order_lines.amount', 'CNY', CAST(sum(amount) AS DECIMAL(18, 2)) FROM service_order_lines
UNION ALL SELECT 'contracts.amount', currency, CAST(sum(billed) AS DECIMAL(18, 2)) FROM contract_amounts GROUP BY currency
UNION ALL SELECT 'invoices.amount', currency, CAST(sum(amount) AS DECIMAL(18, 2)) FROM invoices GROUP BY currency
UNION ALL SELECT 'payments.amount', currency, CAST(sum(amount) AS DECIMAL(18, 2)) FROM payments GROUP BY currency
UNION ALL SELECT 'expenses.amount', currency, CAST(sum(amount) AS DECIMAL(18, 2)) FROM expenses GROUP BY currency
UNION ALL SELECT 'tasks.actual_minutes', NULL, sum(work_min) FROM crm.svc_task
UNION ALL SELECT 'tasks.travel_minutes', NULL, sum(travel_min) FROM crm.svc_task
UNION ALL SELECT 'opportunities.amount', 'CNY', CAST(sum(amount) AS DECIMAL(18, 2)) FROM opportunities;

-- The phone switch writes what it knows, in its own words; dealers send cards each quarter, some late, some never.
CREATE SCHEMA phone;
CREATE VIEW phone.calls AS
SELECT
    strftime(started_at, '%Y%m') AS file_month, call_id AS id, customer_id AS crm_account, request_id AS ticket, employee_id AS agent,
    CASE caller_kind WHEN 'customer' THEN 'cust' WHEN 'dealer' THEN 'dealer' WHEN 'colleague' THEN 'internal' ELSE 'lead' END AS caller,
    CASE direction WHEN 'inbound' THEN 'IN' ELSE 'OUT' END AS dir, queue,
    strftime(started_at, '%Y-%m-%dT%H:%M:%S+08:00') AS ring, strftime(answered_at, '%Y-%m-%dT%H:%M:%S+08:00') AS pickup,
    strftime(ended_at, '%Y-%m-%dT%H:%M:%S+08:00') AS hangup, transferred_to_id AS transfer_to,
    CASE outcome WHEN 'answered' THEN 'ANSWER' WHEN 'abandoned' THEN 'NOANSWER' ELSE 'BUSY' END AS disposition
FROM main.calls ORDER BY call_no;

CREATE TABLE registrations AS
SELECT
    assets.asset_no, assets.asset_id, assets.customer_no, assets.customer_id, assets.installed_on, dealers.dealer_no, dealers.dealer_id,
    draw('never-reported', asset_no) < missing_share AND assets.is_window_sale AS is_missing,
    CASE WHEN assets.is_window_sale THEN installed_on + CAST(floor(1 + draw_around(usual_days, 0.4, 'reported', asset_no)) AS INTEGER)
        ELSE DATE '2023-06-28' END AS reported_on
FROM assets JOIN main.dealers USING (dealer_no)
WHERE assets.part = 'indirect';

CREATE SCHEMA dealer_cards;
CREATE VIEW dealer_cards.dealers AS SELECT '' AS file_month, dealer_id AS "代理商编号", name AS "代理商名称", region AS "区域"
FROM main.dealers
ORDER BY dealer_id;
CREATE TABLE end_users AS
SELECT customers.*, dealers.dealer_id, dealers.usual_days, draw('no-dealer', customers.customer_no) < 0.03 AS lacks_dealer,
    greatest(registered_on + CAST(floor(1 + draw_around(usual_days, 0.4, 'end-user-reported', customers.customer_no)) AS INTEGER), DATE '2023-06-28') AS reported_on
FROM customers JOIN main.dealers USING (dealer_no)
WHERE customers.kind = 'indirect';
CREATE VIEW dealer_cards.end_users AS
SELECT
    CAST(year(reported_on) AS VARCHAR) || 'Q' || CAST(quarter(reported_on) AS VARCHAR) AS file_month, customer_id AS "用户编号", name AS "用户名称",
    CASE WHEN lacks_dealer THEN NULL ELSE dealer_id END AS "代理商编号", region AS "区域", industry AS "行业",
    CASE class WHEN 'key' THEN '大客户' WHEN 'regular' THEN '普通' END AS "级别", strftime(registered_on, '%Y/%m/%d') AS "登记日期",
    strftime(reported_on, '%Y/%m/%d') AS "上报日期"
FROM main.end_users JOIN classes USING (customer_no)
WHERE reported_on <= DATE '2026-06-30' ORDER BY reported_on, customer_id;
CREATE VIEW dealer_cards.machines AS
SELECT
    CAST(year(reported_on) AS VARCHAR) || 'Q' || CAST(quarter(reported_on) AS VARCHAR) AS file_month, registrations.asset_id AS "设备编号",
    registrations.customer_id AS "用户编号", assets.product_id AS "型号", serial_no AS "序列号",
    strftime(registrations.installed_on, '%Y/%m/%d') AS "安装日期", strftime(started_on, '%Y/%m/%d') AS "投用日期",
    strftime(warranty_ends_on, '%Y/%m/%d') AS "保修截止", CASE WHEN retired_on IS NULL THEN '在用' ELSE '停用' END AS "状态", dealer_id AS "代理商编号",
    orders.order_id AS "订单编号", strftime(reported_on, '%Y/%m/%d') AS "上报日期"
FROM registrations JOIN assets USING (asset_no) LEFT JOIN orders ON orders.machine_key = assets.machine_key
WHERE reported_on <= DATE '2026-06-30' AND NOT is_missing ORDER BY reported_on, "设备编号";

-- The third thing dealers owe: the parts they replaced.
CREATE TABLE replaced_parts AS
SELECT
    part_assets.*, dealers.dealer_id, draw('part-never-reported', part_no) < missing_share * 1.5 AS is_missing,
    installed_on + CAST(floor(1 + draw_around(usual_days, 0.4, 'part-reported', part_no)) AS INTEGER) AS reported_on
FROM part_assets JOIN main.dealers USING (dealer_no)
WHERE part = 'indirect';
CREATE VIEW dealer_cards.parts AS
SELECT
    CAST(year(reported_on) AS VARCHAR) || 'Q' || CAST(quarter(reported_on) AS VARCHAR) AS file_month, part_id AS "配件编号",
    machine_id AS "设备编号", customer_id AS "用户编号", product_id AS "型号", quantity AS "数量",
    strftime(installed_on, '%Y/%m/%d') AS "更换日期", strftime(warranty_ends_on, '%Y/%m/%d') AS "保修截止", dealer_id AS "代理商编号",
    strftime(reported_on, '%Y/%m/%d') AS "上报日期"
FROM replaced_parts
WHERE reported_on <= DATE '2026-06-30' AND NOT is_missing ORDER BY reported_on, part_id;

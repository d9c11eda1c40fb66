-- The ERP's monthly export: semicolons, day/month/year, decimal commas, its own customer and personnel numbers. All text.
-- Every file set has a few lines that cannot be right (`broken_`): they are extra lines and stand in no total.
CREATE SCHEMA erp;
CREATE MACRO comma(number) AS replace(CAST(number AS VARCHAR), '.', ',');
CREATE MACRO erp_day(day) AS strftime(CAST(day AS DATE), '%d/%m/%Y');
CREATE MACRO erp_time(moment) AS strftime(moment, '%d/%m/%Y %H:%M');
CREATE MACRO erp_customer(id) AS '0000' || right(id, 6);
CREATE MACRO erp_person(id) AS right(id, 5);
CREATE MACRO file_month(moment) AS strftime(moment, '%Y%m');

CREATE VIEW erp.material AS
SELECT '' AS file_month, product_id AS "MATNR", name AS "MAKTX", family AS "FAMILY",
    CASE kind WHEN 'machine' THEN 'FERT' WHEN 'part' THEN 'ERSA' WHEN 'consumable' THEN 'VERB' ELSE 'DIEN' END AS "MTART",
    comma(unit_cost) AS "STPRS", comma(CAST(list_price AS DECIMAL(18, 2))) AS "LISTP", comma(CAST(floor_price AS DECIMAL(18, 2))) AS "MINP",
    erp_time(priced_at) AS "PRDAT"
FROM products ORDER BY product_no;

CREATE VIEW erp.sales_orders AS
WITH lines AS (
    SELECT *, ordered_at AS sort_at, erp_time(ordered_at) AS at_text, order_id AS id FROM orders
    UNION ALL
    SELECT *, ordered_at, CASE order_no % 3 WHEN 0 THEN '31/02/2025 10:20' WHEN 1 THEN '00/00/0000 00:00' ELSE 'n/a' END, order_id || 'X'
    FROM orders
    WHERE order_no IN (37, 212, 415, 700, 938, 1204)
)
SELECT file_month(sort_at) AS file_month, id AS "VBELN", erp_customer(customer_id) AS "KUNNR",
    CASE WHEN lines.dealer_no IS NOT NULL THEN padded(lines.dealer_no, 3) END AS "DEALER",
    at_text AS "ERDAT", CASE status WHEN 'open' THEN 'A' WHEN 'delivered' THEN 'C' ELSE 'X' END AS "GBSTK",
    erp_person(sales_owner_id) AS "PERNR", opportunity_id AS "CRMOPP", currency AS "WAERK"
FROM lines LEFT JOIN (SELECT order_id, opportunity_id FROM opportunities WHERE order_id IS NOT NULL) AS won ON won.order_id = lines.id
ORDER BY sort_at, id;

CREATE VIEW erp.sales_order_lines AS
WITH lines AS (
    SELECT order_lines.*, orders.ordered_at AS sort_at, CAST(line_no * 10 AS VARCHAR) AS position_text,
        CAST(quantity AS VARCHAR) AS quantity_text, comma(order_lines.amount) AS amount_text
    FROM order_lines
    JOIN orders USING (order_no)
    UNION ALL
    SELECT order_lines.*, orders.ordered_at, CAST(line_no * 10 + 5 AS VARCHAR),
        CASE WHEN order_no % 2 = 0 THEN '#WERT!' ELSE CAST(quantity AS VARCHAR) END,
        CASE WHEN order_no % 2 = 0 THEN comma(order_lines.amount) ELSE '1,2E+05,3' END
    FROM order_lines JOIN orders USING (order_no) WHERE line_no = 1 AND order_no IN (18, 77, 130, 305, 512, 640, 777, 981, 1111, 1320)
)
SELECT file_month(sort_at) AS file_month, order_id AS "VBELN", position_text AS "POSNR", product_id AS "MATNR", quantity_text AS "KWMENG",
    comma(unit_price) AS "NETPR", amount_text AS "NETWR", comma(unit_cost) AS "WAVWR"
FROM lines ORDER BY sort_at, order_id, CAST(position_text AS INTEGER);

CREATE VIEW erp.service_orders AS
SELECT file_month(ordered_at) AS file_month, service_order_id AS "AUFNR", request_id AS "CRMREQ", erp_customer(customer_id) AS "KUNNR",
    erp_time(ordered_at) AS "ERDAT", CASE WHEN ordered_at > TIMESTAMP '2026-06-20' THEN 'A' ELSE 'C' END AS "STAT", 'CNY' AS "WAERK"
FROM main.service_orders ORDER BY service_order_no;

CREATE VIEW erp.service_order_lines AS
WITH lines AS (
    SELECT service_order_lines.*, ordered_at AS sort_at, CAST(line_no * 10 AS VARCHAR) AS position_text,
        CASE service_order_lines.kind WHEN 'part' THEN '备件' ELSE '工时' END AS kind_text, comma(service_order_lines.list_price) AS list_text
    FROM main.service_order_lines
    JOIN main.service_orders USING (service_order_no)
    UNION ALL
    SELECT service_order_lines.*, ordered_at, CAST(line_no * 10 + 5 AS VARCHAR),
        CASE WHEN service_order_no % 2 = 0 THEN '???' ELSE '备件' END,
        CASE WHEN service_order_no % 2 = 0 THEN comma(service_order_lines.list_price) ELSE 'siehe Anlage' END
    FROM main.service_order_lines
    JOIN main.service_orders USING (service_order_no)
    WHERE service_order_no IN (55, 410, 1203, 2222, 3017, 4400)
    QUALIFY row_number() OVER (PARTITION BY service_order_no ORDER BY line_no) = 1
)
SELECT file_month(sort_at) AS file_month, service_order_id AS "AUFNR", position_text AS "POSNR", kind_text AS "PTYP", product_id AS "MATNR",
    comma(quantity) AS "MENGE", unit AS "MEINS", list_text AS "LISTP", comma(unit_price) AS "NETPR", comma(amount) AS "NETWR",
    comma(unit_cost) AS "WAVWR", CASE WHEN is_chargeable THEN 'J' ELSE 'N' END AS "FAKT"
FROM lines ORDER BY sort_at, service_order_id, CAST(position_text AS INTEGER);

CREATE VIEW erp.invoices AS
WITH lines AS (
    SELECT *, invoice_id AS id, erp_day(issued_on) AS day_text, comma(amount) AS amount_text FROM main.invoices
    UNION ALL
    SELECT *, invoice_id || 'X', CASE WHEN invoice_no % 2 = 0 THEN '' ELSE erp_day(issued_on) END,
        CASE WHEN invoice_no % 2 = 0 THEN comma(amount) ELSE '--' END
    FROM main.invoices
    WHERE invoice_no IN (101, 1502, 2903, 4104, 6205)
)
SELECT file_month(issued_on) AS file_month, id AS "BELNR", erp_customer(customer_id) AS "KUNNR", order_id AS "VBELN",
    service_order_id AS "AUFNR", contract_id AS "VERTRAG", day_text AS "BLDAT", erp_day(due_on) AS "FAEDT", amount_text AS "WRBTR",
    currency AS "WAERS"
FROM lines ORDER BY issued_on, id;

CREATE VIEW erp.payments AS
WITH lines AS (
    SELECT *, payment_id AS id, erp_day(paid_on) AS day_text, comma(amount) AS amount_text, invoice_id AS invoice_text FROM main.payments
    UNION ALL
    SELECT *, payment_id || 'X', CASE payment_no % 3 WHEN 0 THEN '30.02.24' ELSE erp_day(paid_on) END,
        CASE payment_no % 3 WHEN 1 THEN '12,5,0' ELSE comma(amount) END, CASE payment_no % 3 WHEN 2 THEN '' ELSE invoice_id END
    FROM main.payments
    WHERE payment_no IN (90, 811, 1712, 3003, 4504, 6005)
)
SELECT file_month(paid_on) AS file_month, id AS "ZBELNR", invoice_text AS "BELNR", day_text AS "BUDAT", amount_text AS "WRBTR",
    currency AS "WAERS"
FROM lines
ORDER BY paid_on, id;

CREATE VIEW erp.ledger AS
WITH lines AS (
    SELECT *, expense_id AS id, erp_day(incurred_on) AS day_text, comma(amount) AS amount_text FROM expenses
    UNION ALL
    SELECT *, expense_id || 'X', CASE WHEN hash(expense_id) % 2 = 0 THEN '32/01/2025' ELSE erp_day(incurred_on) END,
        CASE WHEN hash(expense_id) % 2 = 0 THEN comma(amount) ELSE '见附件' END
    FROM (SELECT * FROM expenses ORDER BY expense_id LIMIT 9 OFFSET 1500)
)
SELECT file_month(incurred_on) AS file_month, id AS "BELNR", day_text AS "BUDAT", erp_person(employee_id) AS "PERNR",
    CASE department WHEN 'service' THEN 'KF' WHEN 'sales' THEN 'XS' WHEN 'marketing' THEN 'SC' WHEN 'finance' THEN 'CW'
        ELSE 'IT' END AS "KOSTL",
    CASE category WHEN 'salary' THEN '660101' WHEN 'travel' THEN '660201' WHEN 'lodging' THEN '660202' WHEN 'entertainment' THEN '660203'
        WHEN 'freight' THEN '660204' WHEN 'rent' THEN '660301' WHEN 'communication' THEN '660302'
        WHEN 'office' THEN '660303' WHEN 'vehicles' THEN '660304' WHEN 'software' THEN '660305' WHEN 'training' THEN '660401'
            ELSE '660501' END AS "HKONT",
    amount_text AS "DMBTR", currency AS "WAERS",
    CASE WHEN task_id IS NOT NULL THEN 'TSK' WHEN request_id IS NOT NULL THEN 'REQ' WHEN contract_id IS NOT NULL THEN 'VTR' WHEN campaign_id IS NOT NULL THEN 'MKT'
        WHEN customer_id IS NOT NULL THEN 'KND' END AS "OBJART",
    COALESCE(task_id, request_id, contract_id, campaign_id, customer_id) AS "OBJNR", erp_day(keyed_on) AS "ERFDAT"
FROM lines ORDER BY incurred_on, id;

CREATE VIEW erp.rates AS SELECT '' AS file_month, erp_person(employee_id) AS "PERNR", erp_day(valid_from) AS "BEGDA",
comma(hourly_cost) AS "STDSATZ"
FROM employee_rates
ORDER BY employee_id, valid_from;
CREATE VIEW erp.currencies AS SELECT '' AS file_month, currency AS "FCURR", erp_day(day) AS "GDATU",
comma(CAST(rate AS DECIMAL(18, 4))) AS "UKURS"
FROM fx_rates
ORDER BY currency, day;
CREATE VIEW erp.calendar AS SELECT '' AS file_month, erp_day(day) AS "DATUM", CASE WHEN working THEN 'A' ELSE 'F' END AS "ART",
name AS "BEZ"
FROM holidays
ORDER BY day;

-- 30 machine models in six families, 90 parts, 30 consumables, 9 services. `life_*`: the Weibull law by which a model wears out, in years.
CREATE TABLE products AS
WITH families(family_no, family, code, sizes, unit, base_price, step, shape, life) AS (
    VALUES
        (1, '螺杆空压机', 'AC', ['22','37','55','90','132'], 'kW', 98000, 1.55, 2.4, 11.0),
        (2, '工业水泵', 'PU', ['80','100','150','200','300'], 'mm', 82000, 1.45, 2.0, 12.5),
        (3, '变频驱动柜', 'DR', ['45','75','132','250','400'], 'kW', 88000, 1.50, 1.7, 13.0),
        (4, '柴油发电机组', 'GS', ['200','400','600','1000','1600'], 'kVA', 215000, 1.62, 2.8, 14.0),
        (5, '冷水机组', 'CH', ['30','60','120','240','360'], 'RT', 185000, 1.65, 2.2, 12.0),
        (6, '成套控制系统', 'CT', ['S','M','L','X','XL'], '型', 105000, 1.50, 1.9, 10.0)
),
machines AS (
    SELECT
        (family_no - 1) * 5 + size AS product_no, code || '-' || sizes[size] AS product_id,
        family || ' ' || code || '-' || sizes[size] || CASE WHEN family_no = 6 THEN ''
            ELSE ' (' || sizes[size] || ' ' || unit || ')' END AS name,
        family_no, family, 'machine' AS kind,
        round(base_price * pow(step, size - 1), -2) AS list_price, shape + 0.1 * (size - 3) AS life_shape,
        life - 0.3 * (size - 3) AS life_years
    FROM families, range(1, 6) AS sizes_of(size)
),
part_names AS (
    SELECT ['主机轴承组','油气分离器','压力传感器','电机','控制主板','冷却风扇','进气阀','联轴器','密封组件','温控阀','接触器','触摸屏','变频模块','水泵叶轮','换热器'] AS words
),
parts AS (
    SELECT
        100 + part_no AS product_no, families.code || '-P' || padded(1 + (part_no - 1) // 6, 2) AS product_id,
        words[1 + (part_no - 1) // 6] || ' ' || families.code AS name, families.family_no, families.family, 'part' AS kind,
        price_of(exp(draw_between(ln(160), ln(19000), 'part-price', part_no)), 'CNY') AS list_price, NULL, NULL
    FROM range(1, 91) AS numbers(part_no), families, part_names
    WHERE families.family_no = 1 + (part_no - 1) % 6
),
consumable_names AS (SELECT ['空气滤芯','油过滤器','专用润滑油 20L','冷却液 10L','密封圈套装'] AS words),
consumables AS (
    SELECT
        200 + item_no, families.code || '-C' || padded(1 + (item_no - 1) // 6, 2),
        words[1 + (item_no - 1) // 6] || ' ' || families.code, families.family_no, families.family, 'consumable',
        round(exp(draw_between(ln(90), ln(1900), 'consumable-price', item_no)), 0), NULL, NULL
    FROM range(1, 31) AS numbers(item_no), families, consumable_names
    WHERE families.family_no = 1 + (item_no - 1) % 6
),
services AS (
    SELECT * FROM (
        VALUES
            (301, 'SV-LAB', '现场服务工时', 0, '服务', 'service', 450.0, NULL, NULL),
            (302, 'SV-WKS', '车间维修工时', 0, '服务', 'service', 380.0, NULL, NULL),
            (303, 'SV-INS', '安装调试', 0, '服务', 'service', 4800.0, NULL, NULL),
            (304, 'SV-TRN', '操作培训', 0, '服务', 'service', 3600.0, NULL, NULL),
            (305, 'SV-AUD', '能效检测', 0, '服务', 'service', 6800.0, NULL, NULL),
            (306, 'SV-PMA', '年度保养', 0, '服务', 'service', 5200.0, NULL, NULL),
            (309, 'SV-VIS', '上门服务费', 0, '服务', 'service', 480.0, NULL, NULL),
            (307, 'SV-RMT', '远程监测(年)', 0, '服务', 'service', 2400.0, NULL, NULL),
            (308, 'SV-REN', '设备租赁(月)', 0, '服务', 'service', 9000.0, NULL, NULL)
    )
),
all_products AS (FROM machines UNION ALL FROM parts UNION ALL FROM consumables UNION ALL FROM services)
SELECT
    *,
    CAST(round(list_price * CASE kind
        WHEN 'machine' THEN draw_between(0.60, 0.68, 'cost', product_no)
        WHEN 'service' THEN draw_between(0.50, 0.62, 'cost', product_no)
        ELSE draw_between(0.43, 0.53, 'cost', product_no)
    END, 2) AS DECIMAL(18, 2)) AS unit_cost,
    round(list_price * CASE kind WHEN 'machine' THEN 0.84 ELSE 0.80 END, 0) AS floor_price,
    add_minutes(TIMESTAMP '2023-01-04 09:00:00', draw_whole(0, 400, 'priced', product_no)) AS priced_at
FROM all_products;

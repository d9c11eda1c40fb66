-- How many requests a machine makes follows from its time in use, age, family and the temper of its owner.
CREATE TABLE request_drafts AS
WITH exposed AS (
    SELECT
        assets.*, share_at(greatest(started_on, DATE '2023-07-01')) AS share_from,
        share_at(COALESCE(retired_on, DATE '2026-07-01')) AS share_until,
        temper * [1.25, 0.85, 0.8, 0.95, 1.3, 0.7][family_no]
        * (0.55 + 0.09 * date_diff('day', commissioned_on, DATE '2025-01-01') / 365.25) * draw_around(1, 0.5, 'asset-temper', asset_no) AS proneness
    FROM assets
    WHERE started_on IS NOT NULL
),
weighed AS (
    SELECT *, greatest(proneness, 0.1) * (share_until - share_from) AS weight, part = 'parasite' AS is_parasite FROM exposed
),
expected AS (
    SELECT
        *,
        CASE
            WHEN is_parasite
                THEN draw_between(215, 250, 'parasite-load', customer_no) * weight / sum(CAST(weight * 1e6 AS BIGINT)) OVER (PARTITION BY customer_no) * 1e6
            ELSE (10930 - 2790) * getvariable('scale') * weight / sum(CASE
                WHEN NOT is_parasite THEN CAST(weight * 1e6 AS BIGINT) END) OVER () * 1e6
        END AS requests
    FROM weighed
),
faults AS (
    SELECT
        customer_no, asset_no, NULL AS fixed_kind, asset_no * 8192 + k AS request_key,
        day_at(share_from + (share_until - share_from) * draw('opened-on', asset_no * 8192 + k)) AS opened_on
    FROM expected, unnest(range(1, 1 + draw_round(requests, 'requests', asset_no))) AS numbers(k)
),
installations AS (
    SELECT customer_no, asset_no, 'installation', asset_no * 8192 + 8191, installed_on FROM assets
    WHERE installed_on BETWEEN DATE '2023-07-01' AND DATE '2026-06-28'
),
wearing_out AS (
    SELECT customer_no, asset_no, 'worn_out', asset_no * 8192 + 8190, retired_on - CAST(draw_whole(2, 9, 'worn-out', asset_no) AS INTEGER)
    FROM assets
    WHERE retired_on >= DATE '2023-07-12'
),
questions AS (
    SELECT customer_no, NULL, 'question', -(customer_no * 64 + k),
        day_at(draw_between(share_at(registered_on), 1, 'asked-on', customer_no * 64 + k))
    FROM customers,
    unnest(range(1, 1 + least(60, draw_round(CASE part WHEN 'dealer' THEN 6 ELSE 0.45 * size END, 'questions', customer_no)))) AS numbers(k)
    WHERE part <> 'parasite'
),
drafts AS (FROM faults UNION ALL FROM installations UNION ALL FROM wearing_out UNION ALL FROM questions)
SELECT
    *,
    CASE
        WHEN fixed_kind = 'installation' THEN add_minutes(CAST(opened_on AS TIMESTAMP), draw_whole(520, 640, 'opened-at', request_key))
        WHEN draw('odd-hour', request_key) < CASE WHEN fixed_kind = 'question' THEN 0.01 ELSE 0.06 END
            THEN add_minutes(CAST(opened_on AS TIMESTAMP), 1440 * draw('opened-at', request_key))
        WHEN draw('half-day', request_key) < 0.56
            THEN add_minutes(CAST(opened_on AS TIMESTAMP), 510 + 230 * pow(draw('opened-at', request_key), 0.8))
        ELSE add_minutes(CAST(opened_on AS TIMESTAMP), 785 + 262 * draw('opened-at', request_key))
    END AS opened_at
FROM drafts;

CREATE TABLE topics AS
WITH families(family_no, code, words, english) AS (
    VALUES
        (1, 'AC', ['排气温度高', '不加载', '油耗高', '异响振动', '排气量不足', '启动故障', '漏油', '控制器报警'],
            ['high discharge temperature', 'compressor does not load', 'high oil consumption', 'unusual noise and vibration', 'low air delivery', 'fails to start', 'oil leak', 'controller alarm']),
        (2, 'PU', ['机械密封泄漏', '流量不足', '振动大', '轴承发热', '电机过载', '不吸水', '异响', '法兰渗漏'],
            ['mechanical seal leaking', 'low flow', 'strong vibration', 'hot bearing', 'motor overload', 'pump does not prime', 'unusual noise', 'flange leaking']),
        (3, 'DR', ['过流跳闸', '过热报警', '通讯中断', '显示无输出', '制动单元故障', '接地故障', '参数丢失', '风扇故障'],
            ['overcurrent trip', 'overheating alarm', 'communication lost', 'no output on display', 'braking unit fault', 'earth fault', 'parameters lost', 'fan failure']),
        (4, 'GS', ['启动失败', '转速不稳', '冷却液温度高', '电压不稳', '冒黑烟', '蓄电池亏电', '机油压力低', '并机失败'],
            ['fails to start', 'unstable speed', 'high coolant temperature', 'unstable voltage', 'black smoke', 'flat battery', 'low oil pressure', 'cannot be paralleled']),
        (5, 'CH', ['高压报警', '制冷量不足', '制冷剂泄漏', '压缩机不启动', '水流开关报警', '冷凝器脏堵', '温控失灵', '噪声大'],
            ['high pressure alarm', 'insufficient cooling', 'refrigerant leak', 'compressor does not start', 'flow switch alarm', 'fouled condenser', 'temperature control fails', 'loud noise']),
        (6, 'CT', ['通讯故障', '触摸屏死机', '程序异常', '模块报错', '电源模块故障', '传感器漂移', '数据不上传', '误报警'],
            ['communication fault', 'touch screen frozen', 'program error', 'module error', 'power supply failure', 'sensor drift', 'no data uploaded', 'false alarms'])
)
SELECT (family_no - 1) * 8 + fault AS topic_no, family_no, fault, code || '-F' || padded(fault, 2) AS fault_code,
    words[fault] AS topic, english[fault] AS english_topic,
    -- Eight common faults nobody has written an article about.
    (family_no - 1) * 8 + fault IN (3, 10, 18, 25, 34, 35, 43, 5) AS without_article
FROM families, range(1, 9) AS numbers(fault);

CREATE TABLE requests_base AS
WITH numbered AS (
    SELECT *, row_number() OVER (ORDER BY opened_at, request_key) AS request_no FROM request_drafts
    WHERE opened_at < TIMESTAMP '2026-06-30 20:00:00' AND opened_at >= TIMESTAMP '2023-07-01'
),
covers AS (
    SELECT numbered.request_no, max_by(contract_assets.contract_id, contract_assets.starts_on) AS cover_id,
        max_by(contract_assets.tier, contract_assets.starts_on) AS cover_tier
    FROM numbered
    JOIN contract_assets ON contract_assets.asset_no = numbered.asset_no
        AND CAST(numbered.opened_at AS DATE) BETWEEN contract_assets.starts_on AND contract_assets.ends_on
    GROUP BY numbered.request_no
),
joined AS (
    SELECT
        numbered.*, customers.customer_id, customers.part, customers.region_no, customers.size AS customer_size, customers.city_minutes,
        customers.service_post,
        assets.asset_id, assets.family_no, assets.product_no, assets.warranty_ends_on, assets.commissioned_on, assets.dealer_no,
        covers.cover_id, covers.cover_tier,
        COALESCE(CAST(numbered.opened_at AS DATE) < assets.warranty_ends_on, false) AS in_warranty,
        draw('request-kind', request_key) AS kind_draw, draw('topic', request_key) AS topic_draw,
        draw('pet-fault', request_key) < 0.35 AS is_pet_fault
    FROM numbered
    JOIN customers ON customers.customer_no = numbered.customer_no
    LEFT JOIN assets ON assets.asset_no = numbered.asset_no
    LEFT JOIN covers ON covers.request_no = numbered.request_no
),
kinds AS (
    SELECT
        *,
        CASE
            WHEN fixed_kind = 'installation' THEN 'installation' WHEN fixed_kind = 'worn_out' THEN 'fault'
            WHEN fixed_kind = 'question' THEN CASE WHEN kind_draw < 0.93 THEN 'inquiry' ELSE 'complaint' END
            WHEN kind_draw < CASE WHEN cover_id IS NULL THEN 0.06 ELSE 0.22 END THEN 'maintenance'
            WHEN kind_draw < 0.80 THEN 'fault' WHEN kind_draw < 0.92 THEN 'inquiry' WHEN kind_draw < 0.975 THEN 'complaint' ELSE 'return'
        END AS kind,
        (COALESCE(family_no, draw_whole(1, 6, 'asked-family', request_key)) - 1) * 8 + 1
            + CAST(floor(8 * CASE WHEN is_pet_fault THEN draw('pet', asset_no) ELSE pow(topic_draw, 1.5) END) AS BIGINT) AS topic_no
    FROM joined
)
SELECT
    *, 'SR' || strftime(opened_at, '%y%m') || '-' || padded(request_no, 6) AS request_id,
    CASE
        WHEN kind = 'fault' AND draw('urgent', request_key) < CASE WHEN part = 'parasite' THEN 0.5 WHEN cover_tier = 1 THEN 0.4
            ELSE 0.18 END THEN 'urgent'
        WHEN kind IN ('maintenance', 'inquiry') THEN 'low' ELSE 'normal'
    END AS priority,
    pick(getvariable('hotline_posts'), 'hotline', request_key) AS hotline_post,
    CASE
        WHEN kind = 'installation' THEN 1 WHEN kind = 'maintenance' THEN 1
        WHEN kind = 'fault' THEN CASE
            WHEN draw('visits', request_key) < CASE WHEN part = 'parasite' THEN 0.06 ELSE 0.2 END THEN 0
            WHEN draw('visits', request_key) < 0.76 THEN 1 WHEN draw('visits', request_key) < 0.95 THEN 2 ELSE 3 END
        WHEN kind = 'complaint' THEN CASE WHEN draw('visits', request_key) < 0.5 AND asset_no IS NOT NULL THEN 1 ELSE 0 END
        WHEN kind = 'return' THEN 0
        ELSE CASE WHEN draw('visits', request_key) < 0.06 AND asset_no IS NOT NULL THEN 1 ELSE 0 END
    END * CASE WHEN region_no = 7 AND draw('fly', request_key) < 0.5 THEN 0 ELSE 1 END AS visits,
    (kind = 'fault' AND draw('workshop', request_key) < 0.2) OR kind = 'return' AS goes_to_workshop
FROM kinds;

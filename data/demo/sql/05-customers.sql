CREATE MACRO currency_of(region_no, customer_no) AS
    CASE WHEN region_no <> 7 THEN 'CNY' WHEN draw('currency', customer_no) < 0.5 THEN 'USD' ELSE 'EUR' END;

-- Of a company smaller than scale 1, the one block is smaller in all its parts.
CREATE MACRO in_block(n) AS CAST(n * least(getvariable('scale'), 1) AS BIGINT);

-- Blocks of 600: 24 accounts of dealers, 12 parasites, 294 other direct, 210 indirect, 60 prospects. Ids are scrambled: they tell nothing.
CREATE TABLE customers AS
WITH numbers AS (
    SELECT
        customer_no, (customer_no - 1) // in_block(600) AS block, (customer_no - 1) % in_block(600) AS position,
        (customer_no * 7919 + 13) % CAST(600 * getvariable('scale') AS BIGINT) AS shuffled
    FROM range(1, 1 + CAST(600 * getvariable('scale') AS BIGINT)) AS numbers(customer_no)
),
kinds AS (
    SELECT
        *, 'C' || padded(100001 + shuffled, 6) AS customer_id,
        CASE WHEN position < in_block(24) THEN 'dealer' WHEN position < in_block(36) THEN 'parasite' WHEN position < in_block(330) THEN 'direct'
            WHEN position < in_block(540) THEN 'indirect' ELSE 'prospect' END AS part,
        draw('region', customer_no) AS region_draw
    FROM numbers
),
placed AS (
    SELECT
        kinds.*, regions.region_no, regions.region, pick(regions.cities, 'city', customer_no) AS city,
        regions.city_minutes[list_position(regions.cities, city)] AS city_minutes,
        CASE WHEN part = 'dealer' THEN '机电贸易' WHEN regions.region_no = 7 THEN pick(getvariable('foreign_industries'), 'foreign/2', customer_no)
            ELSE pick(getvariable('industries'), 'industry', customer_no) END AS industry,
        pick(getvariable('brand_first'), 'brand/1', customer_no) || pick(getvariable('brand_second'), 'brand/2', customer_no) AS brand,
        least(pow(1 - draw('size', customer_no), -1 / 1.35), 26) AS size
    FROM kinds
    JOIN regions ON region_draw * CASE WHEN part IN ('dealer', 'parasite') THEN 0.969 ELSE 1 END >= regions.share_from
        AND region_draw * CASE WHEN part IN ('dealer', 'parasite') THEN 0.969 ELSE 1 END < regions.share_until
),
named AS (
    SELECT
        *,
        CASE
            WHEN region_no = 7 THEN pick(getvariable('foreign_first'), 'foreign/1', customer_no) || ' '
                || pick(getvariable('foreign_second'), 'foreign/2', customer_no) || ' ' || pick(getvariable('foreign_last'), 'foreign/3', customer_no)
            WHEN part = 'dealer' THEN city || brand || '机电设备' || CASE WHEN draw('dealer-name', customer_no) < 0.5 THEN '销售'
                ELSE '贸易' END || '有限公司'
            ELSE city || brand || CASE WHEN industry = '冷链物流' THEN industry ELSE industry || CASE
                WHEN draw('suffix', customer_no) < 0.4 THEN '科技' ELSE '' END END
                || CASE WHEN draw('form', customer_no) < 0.12 THEN '股份有限公司' ELSE '有限公司' END
        END AS name,
        CASE
            WHEN part IN ('dealer', 'parasite') OR (part IN ('direct', 'indirect') AND draw('old-customer', customer_no) < 0.78)
                THEN add_days(DATE '2012-01-05', draw_whole(0, 4150, 'registered', customer_no))
            ELSE add_days(DATE '2023-06-15', draw_whole(0, 1085, 'registered', customer_no))
        END AS registered_on
    FROM placed
)
SELECT
    customer_no, customer_id, block, part, part = 'parasite' AND position % 4 < 3 AS still_buys, name, region_no, region, industry, city_minutes, registered_on,
    CASE part WHEN 'indirect' THEN 'indirect' WHEN 'prospect' THEN 'prospect' ELSE 'direct' END AS kind,
    CASE WHEN part = 'parasite' THEN draw_between(8, 14, 'parasite-size', customer_no) ELSE size END AS size,
    CASE WHEN part = 'dealer' THEN block * in_block(24) + position + 1
        WHEN part = 'indirect' THEN block * in_block(24) + 1 + draw_whole(0, in_block(24) - 1, 'dealer', customer_no) END AS dealer_no,
    pick(getvariable('sales_posts'), 'sales-owner', customer_no) AS sales_post,
    pick(getvariable('manager_posts'), 'service-owner', customer_no) AS service_post,
    add_minutes(CAST(registered_on AS TIMESTAMP), draw_whole(515, 1045, 'registered-at', customer_no)) AS registered_at,
    draw('class', customer_no) AS class_draw,
    -- How heavily its machines call for service, beside age and family.
    draw_around(0.85, 0.55, 'temper', customer_no) AS temper
FROM named;

CREATE TABLE dealers AS
SELECT
    dealer_no, 'D' || padded(dealer_no, 3) AS dealer_id, name, region_no, region, customer_no, customer_id, sales_post,
    -- Days after which a dealer usually reports, and the share it never reports.
    CASE WHEN draw('dealer-late', dealer_no) < 0.25 THEN draw_between(35, 80, 'dealer-days', dealer_no)
        ELSE draw_between(3, 14, 'dealer-days', dealer_no) END AS usual_days,
    CASE WHEN draw('dealer-late', dealer_no) < 0.25 THEN 0.12 ELSE 0.02 END AS missing_share
FROM customers
WHERE part = 'dealer';

-- Feedback, maintenance records, parts and labour, knowledge, satisfaction: what follows from the work, and what is missing of it.
CREATE TABLE task_records AS
SELECT
    tasks.*,
    getvariable('late_posts')[post_no] AS is_late_reporter, draw('feedback', task_key) AS feedback_draw,
    CASE
        WHEN NOT is_done THEN NULL
        WHEN draw('no-feedback', task_key) < CASE WHEN getvariable('late_posts')[post_no] THEN 0.12 ELSE 0.015 END THEN NULL
        WHEN draw('late-feedback', task_key) < CASE WHEN getvariable('late_posts')[post_no] THEN 0.45 ELSE 0.05 END
            THEN at_business_minute(business_minute(ends) + draw_whole(700, 4900, 'feedback-late', task_key))
        ELSE at_business_minute(business_minute(ends) + draw_whole(5, 430, 'feedback-soon', task_key))
    END AS feedback_wanted,
    -- A visit is given to an engineer once the hotline has spoken to the customer, a repair when the part has come in.
    least(departs, greatest(add_minutes(opened_at, 6), TIMESTAMP '2026-06-30 17:20:00'), CASE kind WHEN 'visit' THEN greatest(add_minutes(opened_at, 6), add_minutes(answered_at, 12))
        WHEN 'repair' THEN greatest(add_minutes(opened_at, 6), starts - INTERVAL 22 HOUR) ELSE add_minutes(opened_at, 2) END) AS assigned_at
FROM tasks JOIN (SELECT request_no, starts AS answered_at FROM calls_made) AS answers USING (request_no);

CREATE TABLE maintenance_records AS
-- One for each visit and each repair; what was worn out is replaced with the last of them.
WITH owed AS (
    SELECT
        requests.request_no, requests.request_id, requests.asset_no, requests.asset_id, requests.kind AS request_kind, requests.topic,
        CASE WHEN ends = max(ends) OVER (PARTITION BY request_no) THEN requests.fixed_kind END AS fixed_kind,
        tasks.task_id, tasks.task_key, tasks.post_no, tasks.employee_id, tasks.starts, tasks.ends, tasks.is_done,
        getvariable('late_posts')[tasks.post_no] AS is_late_reporter
    FROM tasks
    JOIN requests USING (request_no)
    WHERE tasks.kind IN ('visit', 'repair') AND asset_no IS NOT NULL
)
SELECT
    *, row_number() OVER (ORDER BY ends, task_key) AS record_no,
    draw('no-record', task_key) < CASE WHEN is_late_reporter THEN 0.3 ELSE 0.04 END AND fixed_kind IS DISTINCT
    FROM 'worn_out' AS is_missing,
    CASE
        WHEN fixed_kind = 'worn_out' THEN 'replace' WHEN request_kind = 'maintenance' THEN 'maintain'
            WHEN request_kind = 'installation' THEN 'maintain'
        WHEN draw('record-kind', task_key) < 0.72 THEN 'repair' WHEN draw('record-kind', task_key) < 0.96 THEN 'replace' ELSE 'upgrade'
    END AS kind,
    least(at_business_minute(business_minute(ends) + CASE WHEN is_late_reporter THEN draw_whole(300, 6000, 'record-late', task_key)
        ELSE draw_whole(10, 700, 'record-late', task_key) END), TIMESTAMP '2026-06-30 21:00:00') AS known_at
FROM owed
WHERE is_done;

CREATE TABLE service_orders AS
WITH worked AS (
    SELECT request_no, count(*) FILTER (WHERE kind = 'visit') AS visits,
        CAST(ceil(sum(work_minutes) FILTER (WHERE kind = 'visit') / 30) AS BIGINT) / 2.0 AS field_hours,
        CAST(ceil(sum(work_minutes) FILTER (WHERE kind = 'repair') / 30) AS BIGINT) / 2.0 AS bench_hours, max(ends) AS ends
    FROM tasks WHERE kind IN ('visit', 'repair') AND is_done GROUP BY request_no
)
SELECT
    row_number() OVER (ORDER BY ends, request_no) AS service_order_no,
    'SO' || strftime(ends, '%y') || padded(row_number() OVER (ORDER BY ends, request_no), 7) AS service_order_id,
    requests.request_no, requests.request_id, customer_no, customer_id, part, kind, region_no, family_no, worked.visits, field_hours,
    bench_hours, is_chargeable,
    -- Only the full-cover contract includes parts; the big and noisy get them for nothing all the same.
    CASE WHEN in_warranty OR COALESCE(cover_tier, 0) = 1 AND NOT is_missed_contract THEN false
        WHEN part = 'parasite' OR cover_id IS NULL THEN is_chargeable ELSE true END AS parts_chargeable,
    at_business_minute(business_minute(ends) + draw_whole(5, 200, 'service-ordered', request_no)) AS ordered_at
FROM worked
JOIN requests USING (request_no)
WHERE kind IN ('fault', 'maintenance', 'return') AND ends < TIMESTAMP '2026-06-30 17:00:00';
DELETE FROM service_orders WHERE ordered_at > TIMESTAMP '2026-06-30 20:00:00';

CREATE TABLE service_order_lines AS
WITH labour AS (
    SELECT service_order_no, service_order_id, request_no, is_chargeable, 1 AS line_no, 'labour' AS kind, 301 AS product_no,
        field_hours AS quantity, '小时' AS unit
    FROM service_orders
    WHERE field_hours > 0
    UNION ALL
    SELECT service_order_no, service_order_id, request_no, is_chargeable, 2, 'labour', 302, bench_hours, '小时'
    FROM service_orders
    WHERE bench_hours > 0
    UNION ALL
    SELECT service_order_no, service_order_id, request_no, is_chargeable, 3, 'labour', 309, visits, '次' FROM service_orders WHERE visits > 0
),
wanted AS (
    SELECT *,
        CASE kind WHEN 'maintenance' THEN 2 ELSE CASE WHEN draw('parts', request_no) < 0.3 THEN 0
            WHEN draw('parts', request_no) < 0.72 THEN 1 WHEN draw('parts', request_no) < 0.92 THEN 2 ELSE 3 END END
        + CASE WHEN part = 'parasite' THEN 1 ELSE 0 END AS parts
    FROM service_orders
),
parts AS (
    SELECT
        service_order_no, service_order_id, request_no, parts_chargeable, 3 + k, 'part',
        CASE WHEN wanted.kind = 'maintenance' THEN 200 + family_no + 6 * draw_whole(0, 4, 'service-item', request_no * 8 + k)
            ELSE 100 + family_no + 6 * draw_whole(0, 14, 'service-item', request_no * 8 + k) END,
        CASE WHEN wanted.kind = 'maintenance' THEN draw_whole(1, 4, 'service-quantity', request_no * 8 + k) ELSE CASE
            WHEN draw('service-quantity', request_no * 8 + k) < 0.85 THEN 1 ELSE 2 END END,
        '件'
    FROM wanted, unnest(range(1, 1 + parts)) AS numbers(k)
),
lines AS (FROM labour UNION ALL FROM parts)
SELECT
    lines.*, products.product_id, CAST(products.list_price AS DECIMAL(18, 2)) AS list_price,
    CAST(CASE WHEN is_chargeable THEN price_of(products.list_price * draw_between(0.86, 1, 'service-price', service_order_no), 'CNY')
        ELSE 0 END AS DECIMAL(18, 2)) AS unit_price,
    -- What labour costs stands in the hours of the tasks.
    CASE WHEN lines.kind = 'part' THEN products.unit_cost ELSE CAST(0 AS DECIMAL(18, 2)) END AS unit_cost,
    CAST(CASE WHEN is_chargeable THEN price_of(products.list_price * draw_between(0.86, 1, 'service-price', service_order_no), 'CNY') * quantity
        ELSE 0 END AS DECIMAL(18, 2)) AS amount
FROM lines
JOIN products USING (product_no);

-- Replaced parts worth a serial number stand in the register below their machine.
CREATE TABLE part_assets AS
WITH replaced AS (
    SELECT service_order_lines.service_order_no, service_order_lines.line_no, service_order_lines.product_id, service_order_lines.quantity,
        service_orders.ordered_at, requests_base.request_id, requests_base.asset_no, requests_base.hotline_post
    FROM service_order_lines
    JOIN service_orders USING (service_order_no)
    JOIN requests_base ON requests_base.request_no = service_orders.request_no
    WHERE service_order_lines.kind = 'part' AND service_order_lines.product_no BETWEEN 101 AND 190 AND service_order_lines.list_price >= 7000
        AND requests_base.asset_no IS NOT NULL
)
SELECT
    replaced.*, row_number() OVER (ORDER BY replaced.ordered_at, service_order_no, line_no) AS part_no,
    'P' || padded(row_number() OVER (ORDER BY replaced.ordered_at, service_order_no, line_no), 7) AS part_id,
    assets.asset_id AS machine_id, assets.customer_no, assets.customer_id, assets.part, assets.dealer_no,
    CAST(replaced.ordered_at AS DATE) AS installed_on, CAST(CAST(replaced.ordered_at AS DATE) + INTERVAL 6 MONTH AS DATE) AS warranty_ends_on,
    holder_of(hotline_post, replaced.ordered_at) AS recorded_by,
    -- A part is in use until the next of its kind takes its place, or its machine is worn out.
    COALESCE(lead(replaced.ordered_at) OVER (PARTITION BY replaced.asset_no, replaced.product_id ORDER BY replaced.ordered_at, service_order_no, line_no),
        add_minutes(CAST(assets.retired_on AS TIMESTAMP), 1200)) AS removed_at
FROM replaced
JOIN assets ON assets.asset_no = replaced.asset_no;

CREATE TABLE article_uses AS
WITH searched AS (
    SELECT requests.*, articles.article_id AS topic_article, articles.created_at AS topic_written FROM requests
    LEFT JOIN articles ON articles.topic_no = requests.topic_no AND articles.edition = 1
    WHERE kind IN ('fault', 'inquiry') AND responded_at IS NOT NULL AND (requests.article_id IS NOT NULL
        OR draw('search', request_no) < 0.45)
)
SELECT
    row_number() OVER (ORDER BY responded_at, request_no) AS use_no, request_id, request_no,
    COALESCE(article_id, CASE WHEN topic_written < opened_at THEN topic_article END) AS article_id, opened_by AS employee_id,
    least(add_minutes(responded_at, draw_whole(2, 14, 'searched', request_no)), TIMESTAMP '2026-06-30 21:00:00') AS used_at,
    article_id IS NOT NULL AS solved
FROM searched;

CREATE TABLE surveys AS
WITH sent AS (
    SELECT requests.*, at_business_minute(business_minute(ended_at) + draw_whole(30, 700, 'survey-sent', request_no)) AS sent_at,
        draw_normal('score', request_no) AS mood
    FROM requests
    WHERE ended_at IS NOT NULL AND draw('survey', request_no) < 0.55
)
SELECT
    row_number() OVER (ORDER BY sent_at, request_no) AS survey_no, request_no, request_id, customer_no, customer_id, sent_at,
    pick(['email', 'phone', 'phone', 'visit', 'email', 'letter', 'fax'], 'survey-channel', request_no) AS channel,
    CASE WHEN draw('moment', request_no) < 0.85 THEN 'instant' ELSE 'periodic' END AS moment,
    CASE WHEN region_no = 7 THEN pick(getvariable('english_first'), 'contact/1', customer_no) || ' ' || pick(getvariable('english_last'), 'contact/2', customer_no)
        ELSE person_name('contact', customer_no) END AS contact, region_no,
    CASE
        WHEN draw('answered', request_no) < 0.46
            AND sent_at < TIMESTAMP '2026-06-24'
                THEN at_business_minute(business_minute(sent_at) + draw_whole(15, 2100, 'answered-after', request_no)) END AS answered_at,
    CAST(limited(round(4.35 - least(date_diff('hour', opened_at, solved_at) / 24.0, 12) * 0.11 - CASE kind WHEN 'complaint' THEN 0.8
        ELSE 0 END + 0.75 * mood), 1, 5) AS BIGINT) AS score
FROM sent
WHERE sent_at < TIMESTAMP '2026-06-30 20:00:00';

-- What the systems hold of each request: who keyed it and when, how it went, what was forgotten.
CREATE TABLE habits AS
WITH ranked AS (
    SELECT
        post_no, role, percent_rank() OVER (PARTITION BY role ORDER BY draw('late-person', post_no), post_no) AS lateness,
        percent_rank() OVER (PARTITION BY role ORDER BY draw('slow-keyer', post_no), post_no) AS slowness,
        count(*) OVER (PARTITION BY role) AS peers
    FROM posts
)
SELECT
    post_no, role,
    -- One in five reports late; one in four of the hotline keys requests hours after the call, now and then the day after.
    peers > 2 AND lateness < 0.22 AS is_late_reporter,
    CASE WHEN role = 'hotline_engineer' AND slowness < 0.25 THEN draw_between(15, 20, 'slow-hours', post_no)
        ELSE draw_between(0.03, 0.4, 'slow-hours', post_no) END AS usual_lag_hours
FROM ranked;
SET VARIABLE late_posts = (SELECT list(is_late_reporter ORDER BY post_no) FROM habits);
SET VARIABLE lag_hours = (SELECT list(usual_lag_hours ORDER BY post_no) FROM habits);

CREATE TABLE articles AS
SELECT
    row_number() OVER (ORDER BY topic_no, edition) AS article_no,
    'KB' || padded(row_number() OVER (ORDER BY topic_no, edition), 4) AS article_id,
    topic_no, topic, fault_code, topic || CASE edition WHEN 1 THEN '的原因与处理' WHEN 2 THEN '现场排查步骤' ELSE '案例与预防' END AS title, edition,
    add_minutes(CAST(add_days(DATE '2022-03-01', draw_whole(0, CASE edition WHEN 1 THEN 480
        ELSE 1350 END, 'written', topic_no * 8 + edition)) AS TIMESTAMP), draw_whole(540, 1040, 'written-at', topic_no * 8 + edition)) AS created_at
FROM topics, range(1, 4) AS editions(edition)
WHERE NOT without_article AND (edition = 1 OR draw('edition', topic_no * 8 + edition) < 0.45);

CREATE TABLE requests AS
WITH done AS (
    SELECT
        request_no, max(ends) AS ended_at, bool_and(is_done) AS all_done, bool_or(kind = 'visit') AS had_visit,
        sum(work_minutes) FILTER (WHERE kind = 'visit' AND is_done) AS visit_minutes,
        max_by(post_no, ends) FILTER (WHERE kind = 'visit') AS field_post,
        min(starts) FILTER (WHERE kind IN ('call', 'remote')) AS answered_at, min(starts) FILTER (WHERE kind = 'visit') AS first_visit_at,
        max(ends) FILTER (WHERE kind = 'repair') AS repaired_at
    FROM tasks
    GROUP BY request_no
),
times AS (
    SELECT
        requests_base.*, done.had_visit, done.visit_minutes, done.field_post, done.repaired_at, calls_made.channel, topics.topic,
        topics.fault_code, topics.english_topic, topics.without_article,
        CASE WHEN answered_at <= TIMESTAMP '2026-06-30 20:00:00' THEN add_minutes(answered_at, 1) END AS responded_at,
        CASE WHEN all_done THEN add_minutes(ended_at, draw_whole(2, 35, 'wrap-up', requests_base.request_no)) END AS solved_at
    FROM requests_base
    JOIN done USING (request_no)
    JOIN calls_made USING (request_no)
    JOIN topics USING (topic_no)
),
closing AS (
    SELECT *, at_business_minute(business_minute(solved_at) + draw_whole(40, 2600, 'closing', request_no)) AS wanted_close FROM times
),
judged AS (
    SELECT
        *,
        CASE
            WHEN wanted_close <= TIMESTAMP '2026-06-30 20:00:00'
                AND draw('never-closed', request_no) > 0.004 THEN wanted_close END AS ended_at,
        cover_id IS NOT NULL AND kind IN ('fault', 'maintenance') AND NOT in_warranty
            AND draw('missed-contract', request_no) < 0.05 AS is_missed_contract,
        COALESCE(field_post, hotline_post) AS owner_post,
        60 * getvariable('lag_hours')[hotline_post] * draw_between(0.4, 1.8, 'keyed', request_no) AS lag_minutes
    FROM closing
)
SELECT
    judged.*, CASE WHEN is_missed_contract THEN NULL ELSE cover_id END AS contract_id,
    CASE
        WHEN is_missed_contract THEN true
        WHEN in_warranty OR cover_id IS NOT NULL OR kind IN ('installation', 'complaint', 'inquiry') THEN false
        WHEN part = 'parasite' THEN draw('goodwill', request_no) < 0.12
        ELSE draw('goodwill', request_no) < 0.93
    END AS is_chargeable,
    (ended_at IS NOT NULL AND draw('no-resolved-time', request_no) < CASE WHEN getvariable('late_posts')[owner_post] THEN 0.08
        ELSE 0.012 END) AS lacks_resolved,
    asset_no IS NOT NULL AND draw('no-asset', request_no) < 0.04 AS lacks_asset,
    holder_of(hotline_post, opened_at) AS opened_by,
    holder_of(owner_post, COALESCE(solved_at, TIMESTAMP '2026-06-30 12:00:00')) AS owner_id,
    least(CASE WHEN lag_minutes < 180 THEN add_minutes(opened_at, lag_minutes)
        ELSE at_business_minute(business_minute(add_minutes(opened_at, lag_minutes)) + draw_whole(2, 90, 'keyed-at', request_no)) END, TIMESTAMP '2026-06-30 21:30:00') AS keyed_at,
    CASE WHEN first_article.article_id IS NOT NULL AND kind = 'fault' AND solved_at IS NOT NULL AND first_article.created_at < opened_at
        AND draw('by-article', request_no) < CASE WHEN had_visit THEN 0.12 ELSE 0.62 END THEN first_article.article_id END AS article_id
FROM judged
LEFT JOIN (SELECT topic_no AS article_topic, article_id, created_at FROM articles WHERE edition = 1) AS first_article ON article_topic = topic_no;

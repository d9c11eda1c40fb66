-- The diary of each post is a queue: a task starts when it is ready and the one before it is done.
-- start(i) = done_before(i) + max over j <= i of (ready(j) - done_before(j)), in half days for engineers, in business minutes for the hotline.
-- Engineers keep to a region; those of the first also fly abroad.
CREATE TABLE field_seats AS
WITH demand AS (
    SELECT CASE region_no WHEN 7 THEN 1 ELSE region_no END AS zone_no,
        CAST(sum(visits * CASE WHEN region_no = 7 THEN 800 ELSE 245 + city_minutes END) AS BIGINT) AS minutes
    FROM requests_base GROUP BY zone_no
),
posts_in_order AS (SELECT post_no, row_number() OVER (ORDER BY post_no) AS seat FROM posts WHERE role = 'field_engineer'),
-- One seat each, then the next to where a seat has most minutes to do: no region is far busier than the others.
wishes AS (
    SELECT zone_no, seat, row_number() OVER (ORDER BY CASE WHEN seat = 1 THEN 1e18 ELSE minutes / (seat - 0.7) END DESC, zone_no) AS wish
    FROM demand, posts_in_order
),
given AS (SELECT zone_no, row_number() OVER (ORDER BY zone_no, seat) AS seat FROM wishes WHERE wish <= (SELECT count(*) FROM posts_in_order)),
zoned AS (SELECT post_no, zone_no, count(*) OVER (PARTITION BY zone_no) AS zone_size FROM given JOIN posts_in_order USING (seat)),
-- Three in ten stand by for what is urgent, where there are enough of them. Lane 0 takes all, 1 the ordinary, 2 the urgent.
duties AS (
    SELECT *, CASE WHEN zone_size < 8 THEN 0 WHEN percent_rank() OVER (PARTITION BY zone_no ORDER BY draw('duty', post_no), post_no) < 0.3 THEN 2
        ELSE 1 END AS lane FROM zoned
)
SELECT post_no, zone_no, zone_size, lane, row_number() OVER (PARTITION BY zone_no, lane ORDER BY post_no) - 1 AS place,
    count(*) OVER (PARTITION BY zone_no, lane) AS size
FROM duties;

CREATE TABLE visit_plans AS
WITH zones AS (SELECT DISTINCT zone_no, zone_size FROM field_seats),
laned AS (
    SELECT requests_base.*, zones.zone_no, CASE WHEN zone_size < 8 THEN 0 WHEN priority = 'urgent' THEN 2 ELSE 1 END AS lane
    FROM requests_base
    JOIN zones ON zones.zone_no = CASE requests_base.region_no WHEN 7 THEN 1 ELSE requests_base.region_no END
    WHERE visits > 0
),
turns AS (SELECT *, row_number() OVER (PARTITION BY zone_no, lane ORDER BY opened_at, request_no) AS turn FROM laned),
posted AS (
    SELECT turns.*, field_seats.post_no
    FROM turns
    JOIN field_seats ON field_seats.zone_no = turns.zone_no AND field_seats.lane = turns.lane AND field_seats.place = turn % field_seats.size
),
night AS (SELECT *, cover_tier = 1 AND priority = 'urgent' AND business_minute(opened_at) % 540 = 0 AND (hour(opened_at) < 8
    OR hour(opened_at) >= 17 OR NOT getvariable('work_flags')[day_number(opened_at)]) AS at_night FROM posted),
each AS (SELECT *, visit, request_no * 8 + visit AS task_key FROM night, unnest(range(1, 1 + visits)) AS numbers(visit))
SELECT
    request_no, request_key, task_key, visit, visits, post_no, kind, part, customer_no, opened_at, priority, region_no,
    COALESCE(at_night, false) AND visit = 1 AS at_night,
    CAST(round(limited(CASE kind WHEN 'installation' THEN draw_around(330, 0.25, 'work', task_key)
        WHEN 'maintenance' THEN draw_around(185, 0.3, 'work', task_key) WHEN 'complaint' THEN draw_around(110, 0.4, 'work', task_key)
        ELSE draw_around(235, 0.38, 'work', task_key) END
        * CASE part WHEN 'parasite' THEN 1.2 ELSE 1 END, 35, 560) / 5) * 5 AS BIGINT) AS work_minutes,
    CAST(round(CASE WHEN region_no = 7 THEN draw_between(420, 640, 'flight', customer_no)
        ELSE limited(city_minutes * draw_around(1, 0.16, 'distance', customer_no), 30, 310) * draw_between(0.9, 1.15, 'traffic', task_key) END / 5) * 5 AS BIGINT) AS travel_minutes,
    next_slot(opened_at)
        + CASE WHEN kind = 'maintenance' THEN draw_whole(6, 24, 'ready', task_key) WHEN kind = 'installation' THEN 0
            WHEN priority = 'urgent' THEN 0 ELSE draw_whole(1, 3, 'ready', task_key) END
        + (visit - 1) * draw_whole(5, 12, 'again', request_no) AS ready
FROM each;

CREATE TABLE visits AS
WITH sized AS (SELECT *, CASE WHEN work_minutes + travel_minutes <= 295 THEN 1 WHEN work_minutes + travel_minutes <= 590 THEN 2
    WHEN work_minutes + travel_minutes <= 860 THEN 3 ELSE 4 END AS slots,
    -- What is urgent goes before what has waited for less than a day and a half.
    ready - CASE priority WHEN 'urgent' THEN 3 ELSE 0 END AS rank_at FROM visit_plans WHERE NOT at_night),
lines AS (SELECT *, sum(slots) OVER (PARTITION BY post_no ORDER BY rank_at, task_key) - slots AS done_before FROM sized),
queued AS (SELECT *, CAST(done_before + max(ready - done_before) OVER (PARTITION BY post_no ORDER BY rank_at, task_key ROWS UNBOUNDED PRECEDING) AS BIGINT) AS slot FROM lines),
begun AS (
    SELECT *,
        add_minutes(at_slot(slot), least(travel_minutes // 2, CASE WHEN slots = 1 THEN 90
            ELSE 200 END) + draw_whole(0, 18, 'jitter', task_key)) AS starts,
        draw('end', task_key) AS end_draw
    FROM queued
)
SELECT
    request_no, request_key, task_key, visit, visits, post_no, kind, part, customer_no, region_no, priority, work_minutes, travel_minutes,
    starts, at_slot(slot) AS departs,
    CASE
        WHEN slots = 1 THEN add_minutes(starts, work_minutes)
        -- From the morning on: the lunch hour lies between, where the work reaches that far.
        WHEN slots = 2 AND slot % 2 = 0 THEN add_minutes(starts, work_minutes + CASE WHEN minute_of_day(starts) + work_minutes > 750 THEN 30
            ELSE 0 END)
        -- Over a night: what is left is done in the last half day.
        ELSE add_minutes(at_slot(slot + slots - 1), limited(work_minutes - 240 * (slots - 1) + 60, 35, 235))
    END AS ends,
    slots > 1 AND NOT (slots = 2 AND slot % 2 = 0) AS overnight, false AS at_night
FROM begun
UNION ALL
SELECT
    request_no, request_key, task_key, visit, visits, post_no, kind, part, customer_no, region_no, priority, work_minutes, travel_minutes,
    add_minutes(opened_at, 30 + travel_minutes / 2), add_minutes(opened_at, 20),
    add_minutes(opened_at, 30 + travel_minutes / 2 + work_minutes), false, true
FROM visit_plans
WHERE at_night;

CREATE TABLE repairs AS
WITH last_visits AS (SELECT request_no, max(ends) AS visited FROM visits GROUP BY request_no),
sent AS (
    SELECT
        requests_base.*, request_no * 8 + 5 AS task_key, COALESCE(visited, opened_at) AS sent_at,
        row_number() OVER (ORDER BY opened_at, request_no) AS turn,
        limited(draw_around(470, 0.42, 'bench', request_no), 120, 1500) AS bench_minutes
    FROM requests_base
    LEFT JOIN last_visits USING (request_no)
    WHERE goes_to_workshop
),
sized AS (
    SELECT
        sent.*, team.post_no AS bench_post, next_slot(sent_at) + draw_whole(3, 8, 'freight', request_no) AS ready,
        CAST(ceil(bench_minutes / 245) AS BIGINT) AS slots
    FROM sent
    JOIN team ON team.role = 'workshop_engineer' AND team.place = turn % team.size
),
lines AS (SELECT *, sum(slots) OVER (PARTITION BY bench_post ORDER BY ready, task_key) - slots AS done_before FROM sized),
queued AS (SELECT *, CAST(done_before + max(ready - done_before) OVER (PARTITION BY bench_post ORDER BY ready, task_key ROWS UNBOUNDED PRECEDING) AS BIGINT) AS slot FROM lines)
SELECT
    request_no, request_key, task_key, bench_post AS post_no, kind, part, customer_no, priority,
    CAST(round(bench_minutes / 5) * 5 AS BIGINT) AS work_minutes,
    add_minutes(at_slot(slot), draw_whole(0, 10, 'bench-jitter', request_no)) AS starts,
    add_minutes(at_slot(slot + slots - 1), limited(bench_minutes - 245 * (slots - 1), 20, 235) + 10) AS ends
FROM queued;

CREATE TABLE calls_made AS
WITH ready AS (
    SELECT
        *, request_no * 8 AS task_key,
        business_minute(opened_at) + CASE channel WHEN 'phone' THEN 1 WHEN 'chat' THEN 2 WHEN 'walk_in' THEN 2
            ELSE draw_whole(15, 150, 'mail-read', request_no) END AS ready,
        CAST(limited(draw_around(CASE kind WHEN 'fault' THEN 70 WHEN 'inquiry' THEN 50 WHEN 'complaint' THEN 72
            ELSE 26 END, 0.5, 'talk', request_no), 6, 170) AS BIGINT) AS minutes
    FROM (
        SELECT *,
            CASE
                -- At night only the all-hours contracts reach a person; the others write.
                WHEN business_minute(opened_at) % 540 = 0 AND (minute_of_day(opened_at) NOT BETWEEN 505 AND 1055
                    OR NOT getvariable('work_flags')[day_number(opened_at)])
                    THEN CASE WHEN cover_tier = 1 THEN 'phone' WHEN draw('channel', request_key) < 0.5 THEN 'web'
                        WHEN draw('channel', request_key) < 0.75 THEN 'chat' ELSE 'email' END
                WHEN draw('channel', request_key) < 0.56 THEN 'phone' WHEN draw('channel', request_key) < 0.70 THEN 'web'
                    WHEN draw('channel', request_key) < 0.82 THEN 'email'
                WHEN draw('channel', request_key) < 0.92 THEN 'chat' WHEN draw('channel', request_key) < 0.95 THEN 'walk_in' ELSE 'on_site'
            END AS channel
        FROM requests_base
    )
),
lines AS (SELECT *, sum(minutes) OVER (PARTITION BY hotline_post ORDER BY ready, task_key) - minutes AS done_before FROM ready),
queued AS (SELECT *, done_before + max(ready - done_before) OVER (PARTITION BY hotline_post ORDER BY ready, task_key ROWS UNBOUNDED PRECEDING) AS begins FROM lines)
SELECT
    request_no, request_key, task_key, hotline_post AS post_no, kind, part, customer_no, priority, channel, minutes AS work_minutes,
    CASE
        WHEN cover_tier = 1 AND priority = 'urgent'
            AND business_minute(opened_at) % 540 = 0 THEN add_minutes(opened_at, draw_whole(3, 25, 'night-call', request_no))
        ELSE at_business_minute(begins) END AS starts
FROM queued;

CREATE TABLE tasks AS
WITH work AS (
    SELECT request_no, request_key, task_key, post_no, 'visit' AS kind, kind AS request_kind, part, customer_no, priority, work_minutes,
        travel_minutes, departs, starts, ends, overnight, at_night, visit
    FROM visits
    UNION ALL
    SELECT request_no, request_key, task_key, post_no, 'repair', kind, part, customer_no, priority, work_minutes, 0, starts, starts, ends,
        false, false, 0
    FROM repairs
    UNION ALL
    SELECT request_no, request_key, task_key, post_no, CASE WHEN kind = 'fault' THEN 'remote' ELSE 'call' END, kind, part, customer_no,
        priority, work_minutes, 0, starts, starts, add_minutes(starts, work_minutes), false, false, 0
    FROM calls_made
)
SELECT
    row_number() OVER (ORDER BY work.request_no, task_key) AS task_no,
    'T' || padded(row_number() OVER (ORDER BY work.request_no, task_key), 7) AS task_id,
    work.*, requests_base.request_id, requests_base.customer_id, requests_base.opened_at, holder_of(work.post_no, starts) AS employee_id,
    ends <= TIMESTAMP '2026-06-30 20:00:00' AS is_done, starts <= TIMESTAMP '2026-06-30 20:00:00' AS is_begun
FROM work
JOIN requests_base USING (request_no);

-- The phone switch: calls of requests, calls of unknown people, colleagues and dealers, and those that gave up.
CREATE TABLE calls AS
WITH of_requests AS (
    SELECT request_no * 4 AS call_key, customer_id, request_id, opened_at AS started_at, hotline_post, 'customer' AS caller_kind,
        'inbound' AS direction, true AS is_answered
    FROM requests WHERE channel = 'phone'
),
callbacks AS (
    SELECT request_no * 4 + 1, customer_id, request_id, at_business_minute(business_minute(responded_at) + draw_whole(20, 900, 'callback', request_no)),
        hotline_post, 'customer', 'outbound', true
    FROM requests
    WHERE responded_at IS NOT NULL AND draw('calls-back', request_no) < 0.3
),
repeats AS (
    SELECT request_no * 4 + 2, customer_id, request_id, at_business_minute(business_minute(opened_at) + draw_whole(120, 1700, 'calls-again', request_no)),
        hotline_post, 'customer', 'inbound', true
    FROM requests
    WHERE channel = 'phone' AND draw('again', request_no) < CASE WHEN part = 'parasite' THEN 0.5 ELSE 0.22 END
),
lost AS (
    SELECT request_no * 4 + 3, CASE WHEN draw('known', request_no) < 0.5 THEN customer_id END, NULL,
        add_minutes(opened_at, -draw_whole(2, 50, 'gave-up', request_no)), hotline_post,
        CASE WHEN draw('who', request_no) < 0.7 THEN 'customer' WHEN draw('who', request_no) < 0.85 THEN 'dealer' ELSE 'prospect' END,
        'inbound', false
        FROM requests
    WHERE draw('lost-call', request_no) < 0.055
),
others AS (
    SELECT request_no * 4 + 4000000000, NULL, NULL,
        at_business_minute(business_minute(opened_at) + draw_whole(10, 900, 'other-call', request_no)), hotline_post,
        CASE WHEN draw('who', request_no) < 0.45 THEN 'colleague' WHEN draw('who', request_no) < 0.75 THEN 'dealer'
            WHEN draw('who', request_no) < 0.9 THEN 'prospect' ELSE 'customer' END,
        'inbound', true
        FROM requests
    WHERE draw('other-calls', request_no) < 0.3
),
all_calls AS (FROM of_requests UNION ALL FROM callbacks UNION ALL FROM repeats UNION ALL FROM lost UNION ALL FROM others),
timed AS (
    SELECT *, CAST(round(limited(draw_around(14, 0.8, 'wait', call_key), 2, 240)) AS BIGINT) AS wait_seconds,
        CAST(round(limited(draw_around(250, 0.6, 'call-talk', call_key), 25, 2400)) AS BIGINT) AS talk_seconds
    FROM all_calls WHERE started_at BETWEEN TIMESTAMP '2023-07-01' AND TIMESTAMP '2026-06-30 19:00:00'
)
SELECT
    row_number() OVER (ORDER BY started_at, call_key) AS call_no,
    'PH' || padded(row_number() OVER (ORDER BY started_at, call_key), 9) AS call_id, customer_id, request_id,
    caller_kind, direction,
    CASE WHEN direction = 'outbound' THEN 'callback' WHEN caller_kind = 'prospect' THEN 'sales' ELSE 'service' END AS queue,
    date_trunc('second', started_at) AS started_at,
    CASE WHEN is_answered THEN date_trunc('second', started_at) + to_seconds(wait_seconds) END AS answered_at,
    date_trunc('second', started_at) + to_seconds(CASE WHEN is_answered THEN wait_seconds + talk_seconds
        ELSE 20 + wait_seconds * 2 END) AS ended_at,
    CASE WHEN is_answered THEN holder_of(hotline_post, started_at) END AS employee_id,
    CASE WHEN is_answered THEN 'answered' WHEN draw('blocked', call_key) < 0.15 THEN 'blocked' ELSE 'abandoned' END AS outcome,
    CASE
        WHEN is_answered
            AND draw('transfer', call_key) < 0.08
                THEN holder_of(pick(getvariable('manager_posts'), 'transfer-to', call_key), started_at) END AS transferred_to_id
FROM timed;

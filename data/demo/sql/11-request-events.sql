-- The steps of each request as the service desk logged them.
CREATE TABLE request_events AS
WITH visit_ends AS (
    SELECT request_no, min(ends) FILTER (WHERE visit = 1) AS first_end, min(starts) FILTER (WHERE visit = 2) AS second_start,
        -- Taken for solved after the first visit, until the customer called again.
        draw('reopened', request_no) < 0.22 AS is_reopened
    FROM tasks WHERE kind = 'visit' AND is_done GROUP BY request_no
),
second_visits AS (
    SELECT *, business_minute(first_end) AS first_line, business_minute(second_start) AS second_line FROM visit_ends
    WHERE second_start > first_end
),
steps AS (
    SELECT request_no, add_minutes(keyed_at, 1) AS happened_at, 'assigned' AS kind, NULL AS from_id, opened_by AS to_id,
        NULL AS from_department, '客服部' AS to_department
    FROM requests
    UNION ALL
    SELECT request_no, responded_at, 'responded', opened_by, NULL, NULL, NULL FROM requests
    UNION ALL
    SELECT request_no, add_minutes(responded_at, draw_whole(12, 50, 'handed', request_no)), 'transferred', opened_by, owner_id, '客服部', '客服部'
    FROM requests
    WHERE had_visit
    UNION ALL
    -- Now and then the engineer gives it back to the hotline.
    SELECT request_no, at_business_minute(business_minute(responded_at) + draw_whole(60, 200, 'given-back', request_no)), 'transferred', owner_id, opened_by, '客服部', '客服部'
    FROM requests
    WHERE had_visit AND draw('ping-pong', request_no) < 0.02 AND draw('other', request_no) >= 0.035
    UNION ALL
    SELECT request_no, at_business_minute(business_minute(responded_at) + draw_whole(60, 300, 'to-other', request_no)), 'transferred', CASE WHEN had_visit THEN owner_id ELSE opened_by END, NULL, '客服部',
        pick(['质量部', '生产部', '销售部', '物流部'], 'other-department', request_no) FROM requests WHERE draw('other', request_no) < 0.035
    UNION ALL
    SELECT request_no, at_business_minute(business_minute(responded_at) + draw_whole(65, 500, 'asked', request_no)), 'approval_asked', owner_id, NULL, NULL, NULL
    FROM requests
    WHERE goes_to_workshop AND draw('approval', request_no) < 0.3
    UNION ALL
    SELECT request_no, at_business_minute(business_minute(responded_at) + draw_whole(520, 1900, 'given', request_no)), 'approval_given', NULL, owner_id, NULL, NULL
    FROM requests
    WHERE goes_to_workshop AND draw('approval', request_no) < 0.27
    UNION ALL
    SELECT request_no, add_minutes(responded_at, draw_whole(4, 10, 'told', request_no)), 'customer_informed', opened_by, NULL, NULL, NULL
    FROM requests
    WHERE draw('informed', request_no) < 0.7
    UNION ALL
    SELECT request_no, add_minutes(first_end, 4), 'on_hold', NULL, NULL, NULL, NULL
    FROM second_visits
    WHERE NOT is_reopened AND draw('on-hold', request_no) < 0.8
    UNION ALL
    SELECT request_no, add_minutes(first_end, 12), 'resolved', NULL, NULL, NULL, NULL FROM second_visits WHERE is_reopened
    UNION ALL
    SELECT request_no, at_business_minute(first_line + 30 + (second_line - first_line) * draw_between(0.2, 0.7, 'called-again', request_no)),
        'reopened', NULL, NULL, NULL, NULL
    FROM second_visits
    WHERE is_reopened
    UNION ALL
    SELECT request_no, add_minutes(second_start, -25), 'resumed', NULL, NULL, NULL, NULL
    FROM second_visits
    WHERE NOT is_reopened AND draw('on-hold', request_no) < 0.8
    UNION ALL
    SELECT request_no, solved_at, 'resolved', owner_id, NULL, NULL, NULL FROM requests WHERE NOT lacks_resolved
    UNION ALL
    SELECT request_no, ended_at, 'closed', opened_by, NULL, NULL, NULL FROM requests
)
SELECT steps.*, requests.request_id, row_number() OVER (ORDER BY steps.request_no, steps.happened_at, steps.kind) AS event_no
FROM steps
JOIN requests USING (request_no)
WHERE happened_at <= TIMESTAMP '2026-06-30 21:30:00'
QUALIFY row_number() OVER (PARTITION BY steps.request_no, steps.happened_at, steps.kind ORDER BY from_id, to_department) = 1;

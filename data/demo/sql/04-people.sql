-- A post is a place in a team; when its holder leaves, the next one takes over the day after.
CREATE TABLE posts AS
WITH block AS (
    SELECT * FROM (
        VALUES
            ('service', 'department_head', 1, 195), ('service', 'service_manager', 3, 150), ('service', 'field_engineer', 18, 110),
            ('service', 'workshop_engineer', 4, 100), ('service', 'hotline_engineer', 4, 92), ('service', 'parts_clerk', 2, 80),
            ('service', 'administrator', 1, 78),
            ('sales', 'department_head', 1, 240), ('sales', 'sales', 17, 132), ('sales', 'sales_support', 2, 88),
            ('marketing', 'department_head', 1, 190), ('marketing', 'marketing', 3, 105),
            ('finance', 'accountant', 3, 110), ('it', 'administrator', 2, 125)
    ) AS block(department, role, seats, hourly_cost)
),
seats AS (
    SELECT department, role, hourly_cost, seat
    FROM block,
    range(1, 1 + CASE WHEN role = 'department_head' THEN 1 ELSE greatest(1, CAST(seats * getvariable('scale') AS BIGINT)) END) AS numbers(seat)
)
SELECT row_number() OVER (ORDER BY department, role, seat) AS post_no, department, role, seat, hourly_cost FROM seats;

CREATE TABLE employees AS
WITH changes AS (
    SELECT *, CASE WHEN role <> 'department_head' AND draw('leaves', post_no) < 0.2
        THEN add_days(DATE '2023-09-01', draw_whole(0, 960, 'leaves-on', post_no)) END AS changes_on
    FROM posts
),
holders AS (
    SELECT *, 1 AS holder, add_days(DATE '2010-03-01', draw_whole(0, 4700, 'hired', post_no)) AS hired_on, changes_on AS left_on
    FROM changes
    UNION ALL
    SELECT *, 2, changes_on + 1, NULL FROM changes WHERE changes_on IS NOT NULL
),
numbered AS (SELECT *, row_number() OVER (ORDER BY hired_on, post_no, holder) AS employee_no FROM holders)
SELECT
    employee_no, 'E' || padded(employee_no, 5) AS employee_id, person_name('employee', employee_no) AS name,
    department, role, post_no, holder, hired_on, left_on,
    CASE WHEN holder = 1 THEN DATE '2000-01-01' ELSE hired_on END AS holds_from, COALESCE(left_on, DATE '2999-12-31') AS holds_until,
    limited(hourly_cost * draw_between(0.84, 1.2, 'rate', employee_no), 78, 260) AS base_rate
FROM numbered;

CREATE TABLE employee_rates AS
SELECT
    employee_id, greatest(valid_from, hired_on) AS valid_from,
    CAST(round(base_rate * pow(1.045, year(valid_from) - 2023), 1) AS DECIMAL(18, 2)) AS hourly_cost
FROM employees, (VALUES (DATE '2023-01-01'), (DATE '2024-01-01'), (DATE '2025-01-01'), (DATE '2026-01-01')) AS years(valid_from)
WHERE year(valid_from) >= year(hired_on) AND (left_on IS NULL OR valid_from <= left_on);

-- Who sits where, for picking a person by a number: teams numbered from 0.
CREATE TABLE team AS
SELECT department, role, post_no, row_number() OVER (PARTITION BY department, role ORDER BY post_no) - 1 AS place,
    count(*) OVER (PARTITION BY department, role) AS size
FROM posts;

SET VARIABLE sales_posts = (SELECT list(post_no ORDER BY post_no) FROM posts WHERE role = 'sales');
SET VARIABLE manager_posts = (SELECT list(post_no ORDER BY post_no) FROM posts WHERE role = 'service_manager');
SET VARIABLE hotline_posts = (SELECT list(post_no ORDER BY post_no) FROM posts WHERE role = 'hotline_engineer');
SET VARIABLE workshop_posts = (SELECT list(post_no ORDER BY post_no) FROM posts WHERE role = 'workshop_engineer');
-- Per post: its first holder, the day the post changed hands (or far away), its second holder.
SET VARIABLE first_holders = (SELECT list(employee_id ORDER BY post_no) FROM employees WHERE holder = 1);
SET VARIABLE post_changes = (SELECT list(COALESCE(left_on, DATE '2999-12-31') ORDER BY post_no) FROM employees WHERE holder = 1);
SET VARIABLE second_holders = (
    SELECT list(second.employee_id ORDER BY posts.post_no) FROM posts
    LEFT JOIN employees AS second ON second.post_no = posts.post_no AND second.holder = 2
);
CREATE MACRO holder_of(post, moment) AS
    CASE WHEN CAST(moment AS DATE) <= getvariable('post_changes')[post] THEN getvariable('first_holders')[post]
        ELSE getvariable('second_holders')[post] END;

-- Randomness is a function of (seed, stream, id): the same in any order and on any number of threads.
SET VARIABLE growth = 0.02;
SET VARIABLE amplitude = 0.26;
SET VARIABLE peak_day = 206;

-- hash() combines its arguments by XOR, so a second hash() parts the streams.
CREATE MACRO draw(stream, id) AS
    CAST(hash(hash(CAST(id AS BIGINT), stream, getvariable('seed'))) >> 11 AS DOUBLE) / 9007199254740992.0;
CREATE MACRO draw_between(low, high, stream, id) AS low + (high - low) * draw(stream, id);
CREATE MACRO draw_whole(low, high, stream, id) AS low + CAST(floor((high - low + 1) * draw(stream, id)) AS BIGINT);
CREATE MACRO draw_normal(stream, id) AS
    sqrt(-2 * ln(greatest(draw(stream || '/a', id), 1e-12))) * cos(2 * pi() * draw(stream || '/b', id));
CREATE MACRO draw_around(middle, spread, stream, id) AS middle * exp(spread * draw_normal(stream, id));
CREATE MACRO draw_weibull(shape, life, stream, id) AS life * pow(-ln(1 - draw(stream, id)), 1.0 / shape);
-- A whole number whose expectation is x: the floor, and one more with the probability of the rest.
CREATE MACRO draw_round(x, stream, id) AS CAST(floor(x + draw(stream, id)) AS BIGINT);
CREATE MACRO pick(choices, stream, id) AS choices[1 + CAST(floor(len(choices) * draw(stream, id)) AS BIGINT)];
-- lpad cuts what is longer than the width: a number that outgrows it must keep all its digits.
CREATE MACRO padded(number, width) AS
    lpad(CAST(number AS VARCHAR), CAST(greatest(width, length(CAST(number AS VARCHAR))) AS INTEGER), '0');
CREATE MACRO limited(x, low, high) AS least(greatest(x, low), high);
CREATE MACRO add_minutes(moment, minutes) AS moment + to_seconds(CAST(round((minutes) * 60) AS BIGINT));
CREATE MACRO add_days(day, days) AS CAST(day AS DATE) + CAST(days AS INTEGER);

-- Prices as people quote them: the dearer, the rounder.
CREATE MACRO price_of(x, currency) AS
    round(x, CASE WHEN x >= 20000 THEN -2 WHEN x >= 2000 THEN -1 WHEN x >= 100 AND currency = 'CNY' THEN 0 WHEN x >= 100 THEN 1 ELSE 2 END);

CREATE TABLE calendar AS
SELECT
    CAST(days.day AS DATE) AS day,
    COALESCE(holidays.working, isodow(days.day) <= 5) AS is_working
FROM range(TIMESTAMP '2023-01-01', TIMESTAMP '2027-01-01', INTERVAL 1 DAY) AS days(day)
LEFT JOIN holidays ON holidays.day = CAST(days.day AS DATE);

SET VARIABLE work_days = (SELECT list(day ORDER BY day) FROM calendar WHERE is_working);
SET VARIABLE work_flags = (SELECT list(is_working ORDER BY day) FROM calendar);
SET VARIABLE work_before = (
    SELECT list(before ORDER BY day)
    FROM (SELECT day, CAST(count(*) FILTER (WHERE is_working) OVER (ORDER BY day) - CAST(is_working AS INTEGER) AS BIGINT) AS before FROM calendar)
);

-- Business time as a line: 540 minutes (08:30 to 17:30) for each working day since 2023-01-01.
CREATE MACRO day_number(moment) AS date_diff('day', DATE '2023-01-01', CAST(moment AS DATE)) + 1;
CREATE MACRO minute_of_day(moment) AS hour(moment) * 60 + minute(moment) + second(moment) / 60.0;
CREATE MACRO business_minute(moment) AS
    getvariable('work_before')[day_number(moment)] * 540
    + CASE WHEN getvariable('work_flags')[day_number(moment)] THEN limited(minute_of_day(moment) - 510, 0, 540) ELSE 0 END;
CREATE MACRO at_business_minute(line) AS
    add_minutes(CAST(getvariable('work_days')[1 + CAST(floor((line) / 540) AS BIGINT)] AS TIMESTAMP), 510 + (line) % 540);
-- Half days: even ones start at 08:30, odd ones at 13:00.
CREATE MACRO next_slot(moment) AS CAST(ceil(business_minute(moment) / 270) AS BIGINT);
CREATE MACRO at_slot(slot) AS
    add_minutes(CAST(getvariable('work_days')[1 + (slot) // 2] AS TIMESTAMP), CASE WHEN (slot) % 2 = 0 THEN 510 ELSE 780 END);

-- The volume of requests over time: growth, a summer peak, weekdays, and the days around Spring Festival.
CREATE TABLE intensity AS
SELECT
    day,
    pow(1 + getvariable('growth'), date_diff('day', DATE '2023-07-01', day) / 365.25)
    * (1 + getvariable('amplitude') * cos(2 * pi() * (dayofyear(day) - getvariable('peak_day')) / 365.25))
    * CASE WHEN is_working THEN 1 WHEN isodow(day) >= 6 THEN 0.14 ELSE 0.10 END
    * CASE
        WHEN day BETWEEN DATE '2024-02-02' AND DATE '2024-02-24' THEN 0.45
        WHEN day BETWEEN DATE '2025-01-20' AND DATE '2025-02-12' THEN 0.45
        WHEN day BETWEEN DATE '2026-02-07' AND DATE '2026-03-01' THEN 0.45
        ELSE 1
    END AS weight
FROM calendar
WHERE day BETWEEN DATE '2023-07-01' AND DATE '2026-06-30';

-- share_before[n]: the share of all volume before day n of the three years; day_of_share[k]: the day at share k / 20000.
SET VARIABLE share_before = (
    SELECT list(share ORDER BY day)
    FROM (
        SELECT day, COALESCE(sum(CAST(weight * 1e9 AS HUGEINT)) OVER (ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
            / (SELECT sum(CAST(weight * 1e9 AS HUGEINT)) FROM intensity) AS share
        FROM (FROM intensity UNION ALL SELECT DATE '2026-07-01', 0)
    )
);
SET VARIABLE day_of_share = (
    SELECT list(day ORDER BY k)
    FROM (SELECT k, k / 20000.0 AS share FROM range(20000) AS steps(k)) AS steps
    ASOF JOIN (
        SELECT DATE '2023-07-01' + CAST(n - 1 AS INTEGER) AS day, getvariable('share_before')[n] AS share
        FROM range(1, 1097) AS days(n)
    ) AS days ON steps.share >= days.share
);
CREATE MACRO share_at(day) AS
    getvariable('share_before')[1 + limited(date_diff('day', DATE '2023-07-01', CAST(day AS DATE)), 0, 1096)];
CREATE MACRO day_at(share) AS getvariable('day_of_share')[1 + CAST(limited(floor((share) * 20000), 0, 19999) AS BIGINT)];

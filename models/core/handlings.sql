-- description: How a request, task or opportunity went from hand to hand.
-- grain: [entity, record_id]
-- columns:
--   entity: requests, tasks or opportunities.
--   record_id: The request, task or opportunity.
--   holder_id: Who holds it now; empty while it lies with a department that named nobody.
--   department: The department that holds it now.
--   transfers: How often it went from one holder to another. A department that names nobody holds it itself.
--   ping_pongs: How often a holder got it back from the one it was given to.
--   reopenings: How often it was opened again after it was resolved or closed.
--   hand_offs: How often it went to another department.
--   is_handed_off: It lies with another department than the first, and never came back to that one since it left.
--   held_since: Since when its holder, or the department that named nobody, has it.
-- audits:
--   - unique: [entity, record_id]
WITH
    spans AS (SELECT * FROM core.history_spans),
    -- Where nobody is named the department holds it: that counts once it is another department than before.
    lying AS (
        SELECT
            *,
            LAG(department) OVER in_order AS department_before
        FROM spans
        WINDOW
            in_order AS (
                PARTITION BY entity, record_id
                ORDER BY place
            )
    ),
    held AS (
        SELECT
            entity,
            record_id,
            place,
            holder_id,
            department,
            began_at,
            -- The person who takes it up in the department where it lay unnamed carries on what that department held.
            CASE
                WHEN LAG(place) OVER in_order IS NULL THEN TRUE
                WHEN holder_id IS NULL
                OR LAG(holder_id) OVER in_order IS NULL THEN department IS DISTINCT FROM LAG(
                    department
                ) OVER in_order
                ELSE holder_id != LAG(holder_id) OVER in_order
            END AS is_move
        FROM lying
        WHERE
            holder_id IS NOT NULL
            OR (department IS NOT NULL AND department IS DISTINCT FROM department_before)
        WINDOW
            in_order AS (
                PARTITION BY entity, record_id
                ORDER BY place
            )
    ),
    numbered AS (
        SELECT
            *,
            COUNT(*)
                FILTER (WHERE is_move)
                OVER (
                    PARTITION BY entity, record_id
                    ORDER BY place
                    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
                ) AS holding
        FROM held
    ),
    holdings AS (
        SELECT
            entity,
            record_id,
            holding,
            -- No id of an employee begins with a blank.
            COALESCE(MAX(holder_id), CONCAT(' ', MAX(department))) AS holder,
            MIN(began_at) AS began_at
        FROM numbered
        GROUP BY entity, record_id, holding
    ),
    returns AS (
        SELECT
            entity,
            record_id,
            holding,
            began_at,
            holder = LAG(holder, 2) OVER in_order AS is_return,
            LEAD(holding) OVER in_order IS NULL AS is_last
        FROM holdings
        WINDOW
            in_order AS (
                PARTITION BY entity, record_id
                ORDER BY holding
            )
    ),
    by_holder AS (
        SELECT
            entity,
            record_id,
            COUNT(*) - 1 AS transfers,
            COUNT(*) FILTER (WHERE is_return) AS ping_pongs,
            MAX(
                CASE
                    WHEN is_last THEN began_at
                END
            ) AS held_since
        FROM returns
        GROUP BY entity, record_id
    ),
    named AS (
        SELECT
            entity,
            record_id,
            holder_id,
            ROW_NUMBER() OVER (
                PARTITION BY entity, record_id
                ORDER BY place DESC
            ) AS from_last
        FROM spans
    ),
    placed AS (
        SELECT
            entity,
            record_id,
            place,
            department,
            LAG(department) OVER in_order AS department_before,
            FIRST_VALUE(department) OVER in_order AS first_department,
            ROW_NUMBER() OVER (
                PARTITION BY entity, record_id
                ORDER BY place DESC
            ) AS from_last
        FROM spans
        WHERE department IS NOT NULL
        WINDOW
            in_order AS (
                PARTITION BY entity, record_id
                ORDER BY place
            )
    ),
    by_department AS (
        SELECT
            entity,
            record_id,
            COUNT(*) FILTER (WHERE department != department_before) AS hand_offs,
            MAX(
                CASE
                    WHEN from_last = 1 THEN department
                END
            ) AS department,
            COALESCE(
                MAX(
                    CASE
                        WHEN from_last = 1 THEN department
                    END
                ) != MAX(first_department),
                FALSE
            ) AS is_away
        FROM placed
        GROUP BY entity, record_id
    ),
    records AS (
        SELECT
            entity,
            record_id,
            COUNT(*) FILTER (WHERE is_reopening) AS reopenings
        FROM spans
        GROUP BY entity, record_id
    )
SELECT
    records.entity,
    records.record_id,
    named.holder_id,
    by_department.department,
    COALESCE(by_holder.transfers, 0) AS transfers,
    COALESCE(by_holder.ping_pongs, 0) AS ping_pongs,
    records.reopenings,
    COALESCE(by_department.hand_offs, 0) AS hand_offs,
    COALESCE(by_department.is_away, FALSE) AS is_handed_off,
    by_holder.held_since
FROM
    records
    INNER JOIN named
        ON named.entity = records.entity AND named.record_id = records.record_id AND named.from_last = 1
    LEFT JOIN by_holder ON by_holder.entity = records.entity AND by_holder.record_id = records.record_id
    LEFT JOIN by_department
        ON by_department.entity = records.entity AND by_department.record_id = records.record_id

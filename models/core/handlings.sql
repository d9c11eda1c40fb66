-- description: How a request, task or opportunity went from hand to hand.
-- grain: [entity, record_id]
-- columns:
--   entity: requests, tasks or opportunities.
--   record_id: The request, task or opportunity.
--   holder_id: Who holds it now.
--   department: The department that holds it now.
--   transfers: How often it went from one holder to another.
--   ping_pongs: How often a holder got it back from the one it was given to.
--   reopenings: How often it was opened again after it was resolved or closed.
--   hand_offs: How often it went to another department.
--   is_handed_off: It lies with another department than the first, and never came back to that one since it left.
--   held_since: Since when its holder has it.
-- audits:
--   - unique: [entity, record_id]
WITH
    spans AS (SELECT * FROM core.history_spans),
    -- Spans in a row of one holder are one holding.
    held AS (
        SELECT
            entity,
            record_id,
            place,
            holder_id,
            began_at,
            COALESCE(holder_id != LAG(holder_id) OVER in_order, TRUE) AS is_holding
        FROM spans
        WHERE holder_id IS NOT NULL
        WINDOW
            in_order AS (
                PARTITION BY entity, record_id
                ORDER BY place
            )
    ),
    holdings AS (
        SELECT
            entity,
            record_id,
            place,
            holder_id,
            began_at,
            LAG(holder_id, 1) OVER in_order AS before,
            LAG(holder_id, 2) OVER in_order AS before_that,
            ROW_NUMBER() OVER (
                PARTITION BY entity, record_id
                ORDER BY place DESC
            ) AS from_last
        FROM held
        WHERE is_holding
        WINDOW
            in_order AS (
                PARTITION BY entity, record_id
                ORDER BY place
            )
    ),
    by_holder AS (
        SELECT
            entity,
            record_id,
            COUNT(before) AS transfers,
            COUNT(*) FILTER (WHERE holder_id = before_that) AS ping_pongs,
            MAX(
                CASE
                    WHEN from_last = 1 THEN holder_id
                END
            ) AS holder_id,
            MAX(
                CASE
                    WHEN from_last = 1 THEN began_at
                END
            ) AS held_since
        FROM holdings
        GROUP BY entity, record_id
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
    by_holder.holder_id,
    by_department.department,
    COALESCE(by_holder.transfers, 0) AS transfers,
    COALESCE(by_holder.ping_pongs, 0) AS ping_pongs,
    records.reopenings,
    COALESCE(by_department.hand_offs, 0) AS hand_offs,
    COALESCE(by_department.is_away, FALSE) AS is_handed_off,
    by_holder.held_since
FROM
    records
    LEFT JOIN by_holder ON by_holder.entity = records.entity AND by_holder.record_id = records.record_id
    LEFT JOIN by_department
        ON by_department.entity = records.entity AND by_department.record_id = records.record_id

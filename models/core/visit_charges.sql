-- description: Visits that are charged by the policy of their day, of customers whose recorded class of that day has a charge. What warranty or contract include, and what was charged as labour, is not charged again. Reporting currency.
-- grain: [task_id]
-- columns:
--   charged_class: Recorded class of the customer on the day of the visit; default where that class has no charge of its own.
--   amount: Above zero.
-- audits:
--   - unique: [task_id]
--   - not_null: [customer_id, done_on, amount]
WITH
    charges AS (
        SELECT
            crm_class,
            amount,
            valid_from,
            valid_until
        FROM policy.visit_charges
    ),
    visits AS (
        SELECT tasks.task_id, tasks.request_id, tasks.customer_id, tasks.done_on
        FROM core.tasks
        WHERE
            tasks.is_visit
            AND tasks.customer_id IS NOT NULL
            AND EXISTS (
                SELECT 1 AS found
                FROM charges
                WHERE tasks.done_on >= charges.valid_from AND tasks.done_on < charges.valid_until
            )
    ),
    billed AS (
        SELECT DISTINCT request_id
        FROM core.service_lines
        WHERE is_chargeable AND NOT is_part AND request_id IS NOT NULL
    ),
    free AS (
        SELECT request_id FROM core.entitlements WHERE is_labour_included
        UNION
        SELECT request_id FROM billed
    ),
    classed AS (
        SELECT
            visits.task_id,
            versions.crm_class,
            ROW_NUMBER() OVER (
                PARTITION BY visits.task_id
                ORDER BY
                    CASE
                        WHEN LOCAL_DATE(versions.known_from) <= visits.done_on THEN 0
                        ELSE 1
                    END,
                    CASE
                        WHEN LOCAL_DATE(versions.known_from) <= visits.done_on THEN versions.known_from
                    END DESC,
                    versions.known_from
            ) AS place
        FROM
            visits
            INNER JOIN staging.customer_versions AS versions ON versions.customer_id = visits.customer_id
    ),
    charged AS (
        SELECT
            visits.task_id,
            visits.request_id,
            visits.customer_id,
            CASE
                WHEN own.crm_class IS NOT NULL THEN own.crm_class
                ELSE 'default'
            END AS charged_class,
            COALESCE(own.amount, common.amount) AS amount,
            visits.done_on
        FROM
            visits
            LEFT JOIN free ON free.request_id = visits.request_id
            LEFT JOIN classed ON classed.task_id = visits.task_id AND classed.place = 1
            LEFT JOIN charges AS own
                ON own.crm_class = classed.crm_class
                AND visits.done_on >= own.valid_from
                AND visits.done_on < own.valid_until
            LEFT JOIN charges AS common
                ON common.crm_class = 'default'
                AND visits.done_on >= common.valid_from
                AND visits.done_on < common.valid_until
        WHERE free.request_id IS NULL
    )
SELECT
    task_id,
    request_id,
    customer_id,
    charged_class,
    CAST(amount AS DECIMAL(18, 2)) AS amount,
    done_on
FROM charged
WHERE amount > 0

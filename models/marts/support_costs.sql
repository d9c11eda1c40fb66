-- description: Where the costs of serving departments come to rest, by each of the three methods side by side. Reporting currency.
-- grain: [month, support_method, origin_department, department]
-- columns:
--   support_method: direct, step_down or reciprocal.
--   is_chosen: The method of the policy.
--   origin_department: Department that serves others.
--   department: Department its costs come to rest with.
--   amount: To the cent; the parts of a serving department and method sum to its pools.
--   month: First day of the month.
-- audits:
--   - unique: [month, support_method, origin_department, department]
WITH
    gathered AS (
        SELECT month, origin_department, SUM(amount) AS amount
        FROM core.cost_pools
        WHERE campaign_id = 'none'
        GROUP BY month, origin_department
    ),
    shared AS (
        SELECT
            gathered.month,
            gathered.origin_department,
            gathered.amount,
            shares.method,
            shares.is_chosen,
            shares.to_department,
            CAST(ABS(gathered.amount) AS DOUBLE) * 100 * shares.share AS cents
        FROM
            gathered
            INNER JOIN policy.support_shares AS shares
                ON shares.from_department = gathered.origin_department
                AND gathered.month >= shares.valid_from
                AND gathered.month < shares.valid_until
    ),
    ranked AS (
        SELECT
            *,
            SUM(FLOOR(cents)) OVER (
                by_rest
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) AS whole_cents,
            ROW_NUMBER() OVER by_rest AS place
        FROM shared
        WINDOW
            by_rest AS (
                PARTITION BY month, method, origin_department
                ORDER BY cents - FLOOR(cents) DESC, to_department
            )
    )
SELECT
    method AS support_method,
    is_chosen,
    origin_department,
    to_department AS department,
    CAST(
        CAST(
            SIGN(amount) * (
                FLOOR(cents) + CASE
                    WHEN place <= CAST(ABS(amount) * 100 AS DOUBLE) - whole_cents THEN 1
                    ELSE 0
                END
            ) AS DECIMAL(18, 0)
        ) / 100 AS DECIMAL(18, 2)
    ) AS amount,
    month
FROM ranked

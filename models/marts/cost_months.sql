-- description: Where every cent of the ledger went, by month, department and category. Reporting currency.
-- grain: [month, department, category, destination]
-- columns:
--   destination: traced, labour, idle, untracked, allocated or unallocated.
--   lines: Lines of the ledger; told with the destination traced alone.
--   lines_with_amount: Lines whose amount in the reporting currency is known.
--   amount: Part of the ledger that went there.
--   month: First day of the month.
-- audits:
--   - unique: [month, department, category, destination]
--   - name: { en: 'the ledger is spread without rest', zh: 账目全部有去向 }
--     rows: >
--       SELECT here.amount, ledger.amount
--       FROM (SELECT COALESCE(SUM(amount), 0) AS amount FROM marts.cost_months) AS here
--       CROSS JOIN (SELECT COALESCE(SUM(amount), 0) AS amount FROM core.expenses) AS ledger
--       WHERE here.amount <> ledger.amount
WITH
    worked AS (
        SELECT
            balance.*,
            CASE
                WHEN COALESCE(capacity.keeps_hours, FALSE) THEN CAST(
                    ROUND(
                        CAST(balance.covered_by_labour AS DOUBLE) * CASE
                            WHEN capacity.supplied_hours > 0 THEN LEAST(
                                CAST(capacity.used_hours AS DOUBLE) / CAST(capacity.supplied_hours AS DOUBLE),
                                1
                            )
                            ELSE 1
                        END,
                        2
                    ) AS DECIMAL(18, 2)
                )
                ELSE 0
            END AS labour,
            COALESCE(capacity.keeps_hours, FALSE) AS keeps_hours
        FROM
            core.cost_balance AS balance
            LEFT JOIN core.capacity_months AS capacity
                ON capacity.month = balance.month AND capacity.department = balance.department
    ),
    parts AS (
        SELECT
            month,
            department,
            category,
            lines,
            lines_with_amount,
            'traced' AS destination,
            traced AS amount
        FROM worked
        UNION ALL
        SELECT
            month,
            department,
            category,
            0 AS lines,
            0 AS lines_with_amount,
            'labour' AS destination,
            labour AS amount
        FROM worked
        UNION ALL
        SELECT
            month,
            department,
            category,
            0 AS lines,
            0 AS lines_with_amount,
            CASE
                WHEN keeps_hours THEN 'idle'
                ELSE 'untracked'
            END AS destination,
            covered_by_labour - labour AS amount
        FROM worked
        UNION ALL
        SELECT
            month,
            department,
            category,
            0 AS lines,
            0 AS lines_with_amount,
            'allocated' AS destination,
            allocated AS amount
        FROM worked
        UNION ALL
        SELECT
            month,
            department,
            category,
            0 AS lines,
            0 AS lines_with_amount,
            'unallocated' AS destination,
            unallocated AS amount
        FROM worked
    )
SELECT
    department,
    category,
    destination,
    lines,
    lines_with_amount,
    CAST(amount AS DECIMAL(18, 2)) AS amount,
    month
FROM parts
WHERE amount != 0 OR lines > 0

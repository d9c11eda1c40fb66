-- description: Costs that no record leads to a customer, gathered by month, department and category, and what they are spread by. Costs of a serving department stand with the departments it serves. Reporting currency.
-- grain: [month, origin_department, category, campaign_id, department]
-- columns:
--   origin_department: Department whose ledger has the cost.
--   campaign_id: Campaign the cost was for, where customers responded to it; none for all other costs.
--   department: Department the cost comes to rest with, after serving departments gave theirs on.
--   driver: What it is spread by; responses for campaigns, none where the policy spreads it by nothing.
--   amount: To the cent; the parts of a serving department sum to its cost.
--   month: First day of the month.
-- audits:
--   - unique: [month, origin_department, category, campaign_id, department]
--   - not_null: [driver, amount]
WITH
    responded AS (
        SELECT DISTINCT responses.campaign_id
        FROM
            staging.campaign_responses AS responses
            INNER JOIN core.customers ON customers.customer_id = responses.customer_id
            CROSS JOIN policy.clock
        WHERE responses.happened_on <= clock.as_of
    ),
    gathered AS (
        SELECT
            CAST(DATE_TRUNC('month', expenses.incurred_on) AS DATE) AS month,
            expenses.department AS origin_department,
            expenses.category,
            COALESCE(responded.campaign_id, 'none') AS campaign_id,
            SUM(expenses.amount) AS amount
        FROM
            core.expenses
            LEFT JOIN responded ON responded.campaign_id = expenses.campaign_id
        WHERE NOT expenses.is_traced AND NOT expenses.is_covered_by_rates AND expenses.amount IS NOT NULL
        GROUP BY
            DATE_TRUNC('month', expenses.incurred_on),
            expenses.department,
            expenses.category,
            COALESCE(responded.campaign_id, 'none')
    ),
    -- Campaigns answer for themselves; other costs of a serving department go to those it serves.
    served AS (
        SELECT
            gathered.*,
            COALESCE(shares.to_department, gathered.origin_department) AS department,
            COALESCE(shares.share, 1) AS share
        FROM
            gathered
            LEFT JOIN policy.support_shares AS shares
                ON shares.is_chosen
                AND gathered.month >= shares.valid_from
                AND gathered.month < shares.valid_until
                AND shares.from_department = gathered.origin_department
                AND gathered.campaign_id = 'none'
    ),
    floored AS (
        SELECT
            *,
            FLOOR(CAST(ABS(amount) AS DOUBLE) * 100 * share) AS cents,
            CAST(ABS(amount) AS DOUBLE) * 100 * share - FLOOR(
                CAST(ABS(amount) AS DOUBLE) * 100 * share
            ) AS rest
        FROM served
    ),
    ranked AS (
        SELECT
            *,
            CAST(ABS(amount) * 100 AS DOUBLE) - SUM(cents) OVER (
                PARTITION BY month, origin_department, category, campaign_id
            ) AS missing_cents,
            ROW_NUMBER() OVER (
                PARTITION BY month, origin_department, category, campaign_id
                ORDER BY rest DESC, department
            ) AS place
        FROM floored
    ),
    parts AS (
        SELECT
            month,
            origin_department,
            category,
            campaign_id,
            department,
            CAST(
                SIGN(amount) * (
                    cents + CASE
                        WHEN place <= missing_cents THEN 1
                        ELSE 0
                    END
                ) AS DECIMAL(18, 0)
            ) / 100 AS amount
        FROM ranked
    ),
    fitting AS (
        SELECT
            parts.*,
            pools.driver,
            ROW_NUMBER() OVER (
                PARTITION BY
                    parts.month,
                    parts.origin_department,
                    parts.category,
                    parts.campaign_id,
                    parts.department
                ORDER BY pools.place
            ) AS choice
        FROM
            parts
            LEFT JOIN policy.cost_pools AS pools
                ON parts.month >= pools.valid_from
                AND parts.month < pools.valid_until
                AND (pools.department IS NULL OR pools.department = parts.department)
                AND (pools.category IS NULL OR pools.category = parts.category)
    )
SELECT
    origin_department,
    category,
    campaign_id,
    department,
    CASE
        WHEN campaign_id != 'none' THEN 'responses'
        ELSE COALESCE(driver, 'none')
    END AS driver,
    CAST(amount AS DECIMAL(18, 2)) AS amount,
    month
FROM fitting
WHERE choice = 1

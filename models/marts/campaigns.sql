-- description: Every campaign begun by the business date, what it cost, who answered and what came of the opportunities that name it. Reporting currency.
-- grain: [campaign_id]
-- columns:
--   campaign: Name, else the id.
--   campaign_kind: Kind; unknown where nobody entered one.
--   targets: Customers it was meant for; empty where nobody entered how many.
--   responses: Customers who answered by the business date.
--   leads: Opportunities that name it.
--   won_leads: Those won.
--   won_leads_with_margin: Those won that name an order, so that their margin is known.
--   won_amount: Value of those won.
--   won_margin: Sales margin of the orders they became.
--   budget: As planned; empty where nobody entered one.
--   cost: Expenses that name it.
--   month: First day of the month it began.
-- audits:
--   - unique: [campaign_id]
--   - name: { en: 'every expense that names a campaign is in its cost', zh: 每笔归属活动的费用都计入活动成本 }
--     severity: warn
--     rows: >
--       SELECT expenses.expense_id FROM core.expenses LEFT JOIN marts.campaigns ON campaigns.campaign_id = expenses.campaign_id
--       WHERE expenses.campaign_id IS NOT NULL AND campaigns.campaign_id IS NULL
WITH
    answered AS (
        SELECT responses.campaign_id, COUNT(*) AS responses
        FROM
            staging.campaign_responses AS responses
            CROSS JOIN policy.clock
        WHERE responses.happened_on <= clock.as_of OR responses.happened_on IS NULL
        GROUP BY responses.campaign_id
    ),
    spent AS (
        SELECT campaign_id, SUM(amount) AS cost
        FROM core.expenses
        WHERE campaign_id IS NOT NULL
        GROUP BY campaign_id
    ),
    led AS (
        SELECT
            campaign_id,
            COUNT(*) AS leads,
            COUNT(*) FILTER (WHERE is_won) AS won_leads,
            COUNT(margin) FILTER (WHERE is_won) AS won_leads_with_margin,
            SUM(amount) FILTER (WHERE is_won) AS won_amount,
            SUM(margin) FILTER (WHERE is_won) AS won_margin
        FROM marts.opportunities
        GROUP BY campaign_id
    )
SELECT
    campaigns.campaign_id,
    COALESCE(campaigns.name, campaigns.campaign_id) AS campaign,
    COALESCE(campaigns.kind, 'unknown') AS campaign_kind,
    campaigns.target_count AS targets,
    COALESCE(answered.responses, 0) AS responses,
    COALESCE(led.leads, 0) AS leads,
    COALESCE(led.won_leads, 0) AS won_leads,
    COALESCE(led.won_leads_with_margin, 0) AS won_leads_with_margin,
    CAST(COALESCE(led.won_amount, 0) AS DECIMAL(18, 2)) AS won_amount,
    CAST(COALESCE(led.won_margin, 0) AS DECIMAL(18, 2)) AS won_margin,
    campaigns.budget,
    CAST(COALESCE(spent.cost, 0) AS DECIMAL(18, 2)) AS cost,
    CAST(DATE_TRUNC('month', campaigns.starts_on) AS DATE) AS month,
    campaigns.starts_on,
    campaigns.ends_on
FROM
    staging.campaigns
    CROSS JOIN policy.clock
    LEFT JOIN answered ON answered.campaign_id = campaigns.campaign_id
    LEFT JOIN spent ON spent.campaign_id = campaigns.campaign_id
    LEFT JOIN led ON led.campaign_id = campaigns.campaign_id
WHERE campaigns.starts_on <= clock.as_of OR campaigns.starts_on IS NULL

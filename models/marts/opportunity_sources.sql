-- description: Opportunities by the month they were opened, where they came from and whose they are. Reporting currency.
-- grain: [month, lead_source, opportunity_kind, opportunity_owner, region, industry, customer_kind, crm_class]
-- columns:
--   month: First day of the month.
--   lead_source: Where the lead came from; unknown where nobody entered it.
--   opportunities: Opportunities opened.
--   opportunities_with_source: Opportunities whose lead source was entered.
--   opportunities_with_amount: Opportunities whose amount is known.
--   won_opportunities: Won by the business date.
--   won_opportunities_with_days: Won, and the closing day is known.
--   lost_opportunities: Lost by the business date.
--   open_opportunities: Neither won nor lost by the business date.
--   days_to_win: Sum of days from opening to closing of won opportunities.
--   amount: Amount of all opportunities.
--   won_amount: Amount of those won.
--   lost_amount: Amount of those lost.
--   open_amount: Amount of those neither won nor lost.
--   service_sourced: The lead source is one of policy.service_lead_sources.
-- audits:
--   - unique: [month, lead_source, opportunity_kind, opportunity_owner, region, industry, customer_kind, crm_class]
--   - balance: opportunities = won_opportunities + lost_opportunities + open_opportunities
--   - balance: amount = won_amount + lost_amount + open_amount
--   - name: { en: 'no opportunity is lost or counted twice', zh: 没有机会被遗漏或重复计算 }
--     rows: >
--       SELECT months.opportunities, opened.opportunities
--       FROM (SELECT COALESCE(SUM(opportunities), 0) AS opportunities FROM marts.opportunity_sources) AS months
--       CROSS JOIN (SELECT COUNT(*) AS opportunities FROM core.opportunities) AS opened
--       WHERE months.opportunities <> opened.opportunities
WITH
    months AS (
        SELECT
            opportunities.lead_source,
            opportunities.opportunity_kind,
            opportunities.opportunity_owner,
            customers.region,
            customers.industry,
            customers.customer_kind,
            customers.crm_class,
            COUNT(*) AS opportunities,
            COUNT(*) FILTER (WHERE opportunities.has_source) AS opportunities_with_source,
            COUNT(opportunities.amount) AS opportunities_with_amount,
            COUNT(*) FILTER (WHERE opportunities.is_won) AS won_opportunities,
            COUNT(opportunities.days_to_close) FILTER (
                WHERE opportunities.is_won
            ) AS won_opportunities_with_days,
            COUNT(*) FILTER (WHERE opportunities.is_lost) AS lost_opportunities,
            SUM(opportunities.days_to_close) FILTER (WHERE opportunities.is_won) AS days_to_win,
            SUM(opportunities.amount) AS amount,
            SUM(opportunities.amount) FILTER (WHERE opportunities.is_won) AS won_amount,
            SUM(opportunities.amount) FILTER (WHERE opportunities.is_lost) AS lost_amount,
            opportunities.is_service_sourced,
            DATE_TRUNC('month', opportunities.opened_on) AS month
        FROM
            core.opportunities
            INNER JOIN core.customers ON customers.customer_id = opportunities.customer_id
        GROUP BY
            opportunities.lead_source,
            opportunities.opportunity_kind,
            opportunities.opportunity_owner,
            customers.region,
            customers.industry,
            customers.customer_kind,
            customers.crm_class,
            opportunities.is_service_sourced,
            DATE_TRUNC('month', opportunities.opened_on)
    )
SELECT
    lead_source,
    opportunity_kind,
    opportunity_owner,
    region,
    industry,
    customer_kind,
    crm_class,
    opportunities,
    opportunities_with_source,
    opportunities_with_amount,
    won_opportunities,
    won_opportunities_with_days,
    lost_opportunities,
    opportunities - won_opportunities - lost_opportunities AS open_opportunities,
    CAST(COALESCE(days_to_win, 0) AS BIGINT) AS days_to_win,
    CAST(COALESCE(amount, 0) AS DECIMAL(18, 2)) AS amount,
    CAST(COALESCE(won_amount, 0) AS DECIMAL(18, 2)) AS won_amount,
    CAST(COALESCE(lost_amount, 0) AS DECIMAL(18, 2)) AS lost_amount,
    CAST(
        COALESCE(amount, 0) - COALESCE(won_amount, 0) - COALESCE(lost_amount, 0) AS DECIMAL(18, 2)
    ) AS open_amount,
    is_service_sourced AS service_sourced,
    CAST(month AS DATE) AS month
FROM months

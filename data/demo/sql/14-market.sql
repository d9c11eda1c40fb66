-- Campaigns, and the opportunities behind machine sales, lost ones and open ones.
CREATE TABLE campaigns AS
SELECT
    campaign_no, 'MK' || padded(campaign_no, 3) AS campaign_id, starts_on,
    add_days(starts_on, draw_whole(5, 40, 'campaign-days', campaign_no)) AS ends_on,
    pick(['展会', '客户研讨会', '邮件推广', '以旧换新活动', '节能改造推介'], 'campaign-kind', campaign_no) AS kind,
    strftime(starts_on, '%Y') || '年' || CAST(month(starts_on) AS VARCHAR) || '月' || pick(['华东', '华南', '华北', '华中', '西南'], 'campaign-where', campaign_no)
        || pick(['展会', '客户研讨会', '邮件推广', '以旧换新活动', '节能改造推介'], 'campaign-kind', campaign_no) AS name,
    draw_whole(3, 24, 'budget', campaign_no) * 10000 AS budget, draw_whole(40, 260, 'campaign-targets', campaign_no) AS target_count
FROM (SELECT campaign_no, add_days(DATE '2023-07-05', (campaign_no - 1) * 45 + draw_whole(0, 20, 'campaign-on', campaign_no)) AS starts_on FROM range(1, 25) AS numbers(campaign_no));

CREATE TABLE campaign_responses AS
SELECT campaign_id, campaign_no, customer_no, customer_id,
    pick(['登记', '到场', '询价', '下载资料'], 'response', customer_no * 32 + campaign_no) AS kind,
    at_business_minute(business_minute(CAST(add_days(starts_on, draw_whole(0, date_diff('day', starts_on, ends_on), 'response-on', customer_no * 32 + campaign_no)) AS TIMESTAMP)) + draw_whole(5, 500, 'response-at', customer_no * 32 + campaign_no)) AS responded_at
FROM campaigns, customers
WHERE part <> 'dealer' AND draw('responds', customer_no * 32 + campaign_no) < 0.04 AND starts_on > registered_on
    AND ends_on <= DATE '2026-06-28';

CREATE TABLE opportunity_drafts AS
WITH won AS (
    SELECT orders.order_no AS draft_key, orders.order_id, machines.customer_no, machines.product_no,
        CAST(sum(amount_cny) AS DECIMAL(18, 2)) AS amount, any_value(orders.ordered_at) AS closed_at, 'won' AS outcome
    FROM orders
    JOIN machines USING (machine_key)
    JOIN order_lines USING (order_no)
    WHERE draw('has-opportunity', orders.order_no) < 0.85
    GROUP BY orders.order_no, orders.order_id, machines.customer_no, machines.product_no
),
lost_days AS (
    SELECT
        customer_no, -(customer_no * 64 + k) AS draft_key,
        (draw_whole(1, 6, 'main-family', customer_no) - 1) * 5 + 1 + CAST(floor(5 * pow(draw('lost-size', customer_no * 64 + k), 1.5)) AS BIGINT) AS product_no,
        CAST(day_at(draw_between(share_at(registered_on), 1, 'lost-on', customer_no * 64 + k)) AS TIMESTAMP) AS lost_on
    FROM customers,
    unnest(range(1, 1 + draw_round(CASE WHEN part = 'dealer' THEN 0 WHEN part = 'parasite' THEN 1.5
        ELSE 0.5 + 0.22 * size END, 'lost', customer_no))) AS numbers(k)
),
lost_lines AS (SELECT *, business_minute(lost_on) + draw_whole(5, 500, 'lost-at', draft_key) + 540 * draw_whole(0, 45, 'lost-days', draft_key) AS line FROM lost_days),
not_won AS (SELECT draft_key, NULL, customer_no, product_no, NULL, at_business_minute(line), 'lost' FROM lost_lines),
drafts AS (FROM won UNION ALL FROM not_won),
priced AS (
    SELECT drafts.* REPLACE (COALESCE(amount, CAST(round(products.list_price * draw_between(0.86, 0.98, 'asked', draft_key), -2) AS DECIMAL(18, 2))) AS amount),
        products.family_no, products.product_id, products.name AS product_name
    FROM drafts JOIN products USING (product_no)
),
opened_lines AS (
    SELECT *,
        greatest(business_minute(closed_at) - 540 * draw_whole(12, 95, 'cycle', draft_key) - draw_whole(0, 500, 'opened-minute', draft_key), business_minute(TIMESTAMP '2023-06-05')) AS line
    FROM priced
),
opened AS (SELECT * EXCLUDE (line), at_business_minute(line) AS opened_at FROM opened_lines),
last_visits AS (
    SELECT visits.request_no, visits.customer_no, max(visits.ends) AS ends, any_value(assets.family_no) AS family_no
    FROM visits
    JOIN requests_base USING (request_no)
    JOIN assets ON assets.asset_no = requests_base.asset_no
    GROUP BY visits.request_no, visits.customer_no
),
visited AS (
    SELECT
        opened.draft_key,
        max_by(request_no, ends) FILTER (WHERE last_visits.family_no = opened.family_no) AS same_request,
        max_by(request_no, ends) FILTER (WHERE last_visits.family_no <> opened.family_no) AS other_request
    FROM opened
    JOIN last_visits ON last_visits.customer_no = opened.customer_no AND last_visits.ends < opened.opened_at
        AND last_visits.ends > opened.opened_at - INTERVAL 30 DAY
    GROUP BY opened.draft_key
)
SELECT opened.*, same_request, other_request
FROM opened
LEFT JOIN visited USING (draft_key)
WHERE opened_at < TIMESTAMP '2026-06-30 18:00:00';

CREATE TABLE opportunities AS
WITH sorted AS (
    SELECT
        opportunity_drafts.*, customers.customer_id, customers.kind AS customer_kind, customers.part, customers.region_no,
        customers.sales_post, customers.dealer_no, customers.registered_on,
        closed_at > TIMESTAMP '2026-06-30 20:00:00' AS is_open, draw('source', draft_key) AS source_draw,
        row_number() OVER (ORDER BY opened_at, draft_key) AS opportunity_no
    FROM opportunity_drafts JOIN customers USING (customer_no)
),
truths AS (
    SELECT
        *, CASE
            WHEN same_request IS NOT NULL AND source_draw < 0.34 THEN 'hidden'
            WHEN same_request IS NOT NULL AND source_draw < 0.72 THEN 'marked'
            WHEN same_request IS NULL AND other_request IS NOT NULL AND source_draw < 0.5 THEN 'decoy'
            ELSE 'other'
        END AS truth
    FROM sorted
),
sourced AS (
    SELECT
        *, CASE truth WHEN 'hidden' THEN NULL WHEN 'decoy' THEN NULL WHEN 'marked' THEN 'service' ELSE CASE
            WHEN source_draw > 0.95 THEN NULL WHEN customer_kind = 'indirect' AND draw('by-dealer', draft_key) < 0.75 THEN 'dealer'
            WHEN draw('by-sales', draft_key) < 0.62 THEN 'sales' WHEN draw('by-sales', draft_key) < 0.88 THEN 'marketing'
                ELSE 'referral' END
        END AS lead_source
    FROM truths
)
SELECT
    sourced.*, 'OP' || strftime(opened_at, '%y') || padded(opportunity_no, 6) AS opportunity_id,
    product_name || CASE truth WHEN 'decoy' THEN '公开招标' WHEN 'hidden' THEN '更新' WHEN 'marked' THEN '更新改造' ELSE '采购项目' END AS name,
    CASE WHEN registered_on > DATE '2023-06-30' OR customer_kind = 'prospect' THEN 'new' WHEN truth IN ('hidden', 'marked') THEN 'upsell'
        WHEN draw('opportunity-kind', draft_key) < 0.5 THEN 'cross_sell' ELSE 'upsell' END AS kind,
    CASE WHEN is_open THEN pick(['qualified', 'quoted', 'quoted', 'lead', 'negotiation'], 'stage', draft_key) ELSE outcome END AS stage,
    CASE
        WHEN lead_source = 'marketing'
            THEN (SELECT list(campaign_id ORDER BY campaign_no) FROM campaigns)[1 + CAST(limited(date_diff('day', DATE '2023-07-05', CAST(opened_at AS DATE)) // 45, 0, 23) AS BIGINT)] END AS campaign_id,
    holder_of(sales_post, opened_at) AS owner_id
FROM sourced;

-- A contract that ends is an opportunity to renew it: the promise of the next year, or its loss.
INSERT INTO opportunities BY NAME
WITH ending AS (
    SELECT
        contracts.*, contract_amounts.amount, COALESCE(next.contract_no IS NOT NULL, false) AS is_renewed,
        CAST(contracts.ends_on AS TIMESTAMP) - to_days(CAST(draw_whole(40, 75, 'renewal-opened', contracts.contract_no) AS INTEGER)) AS wanted_open
    FROM contracts
    JOIN contract_amounts USING (contract_no)
    LEFT JOIN contracts AS next ON next.customer_no = contracts.customer_no AND next.starts_on = contracts.ends_on + 1
),
timed AS (
    SELECT
        *, at_business_minute(business_minute(wanted_open) + draw_whole(5, 500, 'renewal-at', contract_no)) AS opened_at,
        at_business_minute(business_minute(CAST(CASE WHEN is_renewed THEN ends_on - 12 ELSE ends_on + 20 END AS TIMESTAMP))
            + draw_whole(-4000, 4000, 'renewal-closed', contract_no)) AS closed_at
    FROM ending
    WHERE ends_on >= DATE '2023-09-20' AND wanted_open <= TIMESTAMP '2026-06-29'
),
sourced AS (
    SELECT
        timed.*, customers.sales_post, customers.kind AS customer_kind, closed_at > TIMESTAMP '2026-06-30 20:00:00' AS is_open,
        CASE WHEN draw('renewal-source', contract_no) < 0.5 THEN 'service' WHEN draw('renewal-source', contract_no) < 0.95 THEN 'sales' END AS lead_source
    FROM timed JOIN customers USING (customer_no)
)
SELECT
    4000000000 + contract_no AS draft_key, customer_no, customer_id, customer_kind, part, region_no, amount, opened_at, closed_at, is_open,
    CASE WHEN is_renewed THEN 'won' ELSE 'lost' END AS outcome, 'renewal' AS truth, lead_source,
    'OP' || strftime(opened_at, '%y') || padded(opportunity_no, 6) AS opportunity_id, opportunity_no,
    kind || '续签 ' || CAST(year(ends_on + 1) AS VARCHAR) AS name, 'renewal' AS kind,
    CASE WHEN is_open THEN pick(['qualified', 'quoted', 'negotiation'], 'renewal-stage', contract_no) WHEN is_renewed THEN 'won' ELSE 'lost' END AS stage,
    holder_of(sales_post, opened_at) AS owner_id
FROM (SELECT *, (SELECT count(*) FROM opportunities) + row_number() OVER (ORDER BY opened_at, contract_no) AS opportunity_no FROM sourced);

-- One in twelve passes to a colleague on the way.
CREATE TABLE handovers AS
SELECT opportunity_id, opportunity_no, owner_id AS from_id, to_id, handed_at
FROM (
    SELECT *, at_business_minute(business_minute(opened_at) + 0.37 * (business_minute(closed_at) - business_minute(opened_at))) AS handed_at,
        holder_of(pick(getvariable('sales_posts'), 'handed-to', draft_key), opened_at) AS to_id
    FROM opportunities
    WHERE draw('handed-over', draft_key) < 0.085
)
WHERE to_id <> owner_id AND handed_at < TIMESTAMP '2026-06-30 18:00:00';

CREATE TABLE opportunity_events AS
WITH lined AS (
    SELECT *, business_minute(opened_at) AS opens, business_minute(closed_at) AS closes,
        CASE WHEN is_open THEN stage IN ('quoted', 'negotiation') ELSE outcome = 'won' OR draw('reached-quote', draft_key) < 0.6 END AS is_quoted,
        CASE WHEN is_open THEN stage <> 'lead' ELSE is_quoted OR draw('reached-qualified', draft_key) < 0.65 END AS is_qualified
    FROM opportunities
),
steps AS (
    SELECT opportunity_id, opportunity_no, add_minutes(opened_at, 3) AS happened_at, 'stage' AS kind, NULL AS from_value,
        'lead' AS to_value, owner_id
    FROM opportunities
    UNION ALL
    SELECT opportunity_id, opportunity_no, at_business_minute(opens + 0.2 * (closes - opens)), 'stage', 'lead', 'qualified', owner_id
    FROM lined
    WHERE is_qualified
    UNION ALL
    SELECT opportunity_id, opportunity_no, at_business_minute(opens + 0.55 * (closes - opens)), 'stage', 'qualified', 'quoted', owner_id
    FROM lined
    WHERE is_quoted
    UNION ALL
    SELECT opportunity_id, opportunity_no, closed_at, 'stage',
        CASE WHEN is_quoted THEN 'quoted' WHEN is_qualified THEN 'qualified' ELSE 'lead' END, outcome, owner_id
    FROM lined
    WHERE NOT is_open
    UNION ALL
    SELECT opportunity_id, opportunity_no, handed_at, 'owner', from_id, to_id, to_id FROM handovers
)
SELECT * FROM steps WHERE happened_at <= TIMESTAMP '2026-06-30 20:00:00';
UPDATE opportunities SET owner_id = to_id FROM handovers WHERE handovers.opportunity_id = opportunities.opportunity_id;

-- description: What service did with the customer in the days before an opportunity was opened (policy), the likeliest cause first. Renewals come from the contract that ends and are left out.
-- grain: [opportunity_id, place]
-- columns:
--   place: 1 for the likeliest cause, which is the same product family before others, a visit before a part before a question, the latest first.
--   has_family: The machine or part is of the product family that the opportunity is about.
--   trace_age: Days before the opportunity, in steps – 14, 30, 60, 90 or more.
--   days_before: Days from what service did to the opportunity.
-- audits:
--   - unique: [opportunity_id, place]
WITH
    wanted AS (
        SELECT
            opportunities.opportunity_id,
            opportunities.customer_id,
            products.family,
            opportunities.opened_on
        FROM
            core.opportunities
            LEFT JOIN core.products ON products.product_id = opportunities.product_id
        WHERE opportunities.opportunity_kind != 'renewal'
    ),
    near AS (
        SELECT
            wanted.opportunity_id,
            traces.trace_kind,
            traces.trace_id,
            traces.request_id,
            traces.employee_id,
            traces.asset_id,
            traces.trace_name,
            traces.family,
            COALESCE(traces.family = wanted.family, FALSE) AS has_family,
            DATE_DIFF('day', traces.traced_on, wanted.opened_on) AS days_before,
            traces.traced_on
        FROM
            wanted
            CROSS JOIN policy.leads
            INNER JOIN core.service_traces AS traces
                ON traces.customer_id = wanted.customer_id
                AND traces.traced_on <= wanted.opened_on
                AND traces.traced_on >= wanted.opened_on - INTERVAL '1' DAY * leads.hidden_days
    )
SELECT
    opportunity_id,
    ROW_NUMBER() OVER (
        PARTITION BY opportunity_id
        ORDER BY
            CASE
                WHEN has_family THEN 0
                ELSE 1
            END,
            CASE trace_kind
                WHEN 'visit' THEN 0
                WHEN 'part' THEN 1
                ELSE 2
            END,
            traced_on DESC,
            trace_id
    ) AS place,
    trace_kind,
    trace_id,
    request_id,
    employee_id,
    asset_id,
    trace_name,
    family,
    has_family,
    CASE
        WHEN days_before <= 14 THEN '14'
        WHEN days_before <= 30 THEN '30'
        WHEN days_before <= 60 THEN '60'
        WHEN days_before <= 90 THEN '90'
        ELSE 'more'
    END AS trace_age,
    days_before,
    traced_on
FROM near

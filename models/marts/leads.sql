-- description: Whom to call about what. One lead for each customer, signal and object, with the reason, the margin that may be expected and its owner. Reporting currency.
-- grain: [lead_id]
-- columns:
--   lead_id: Signal, customer and object; by it decisions name a lead.
--   customer_name: Name.
--   sales_owner: Name of the sales owner; unknown where there is none.
--   signal: What tells of it.
--   object_id: Machine, contract, product or customer it is about.
--   object_name: Serial number of a machine, name of a product or kind of a contract, else the object.
--   offer: contract, renewal, replacement, upgrade, product, quote or contact.
--   offer_name: Product or product family on offer; unknown where it is open.
--   told_text: The fault, the words, the product that is owned already, or whose lives the chance stands on; empty where the signal has none.
--   status: open, taken or converted.
--   decided_by: Who took or converted it; empty while open.
--   told_days: Days until or since, as the signal says.
--   told_count: How many, as the signal says.
--   told_share: Which share, as the signal says.
--   chance: How often such leads came true within the horizon (policy), as far as is known; empty of a signal that never told before.
--   margin: What such a sale leaves on average.
--   expected_margin: Chance times margin.
--   owner_rank: Place among the leads of its owner by expected margin; no more are listed than policy allows.
--   has_lift: In the backtest the signal found more than chance and than calling the largest first.
--   told_on: Day it goes by.
-- audits:
--   - unique: [lead_id]
--   - not_null: [customer_name, sales_owner, status]
WITH
    decided AS (
        SELECT lead_id, kind, decided_by
        FROM staging.lead_decisions
        WHERE is_newest
    ),
    told AS (
        SELECT
            candidates.*,
            CONCAT(candidates.signal, '/', candidates.customer_id, '/', candidates.object_id) AS lead_id,
            rates.chance,
            CASE candidates.offer
                WHEN 'product' THEN 'product'
                WHEN 'contract' THEN 'contract'
                WHEN 'contact' THEN 'order'
                WHEN 'quote' THEN 'order'
                ELSE 'machine'
            END AS margin_offer
        FROM
            core.lead_candidates AS candidates
            LEFT JOIN core.lead_rates AS rates
                ON rates.seen = candidates.seen
                AND rates.signal = candidates.signal
                AND rates.is_strong = (candidates.score >= rates.edge)
        WHERE candidates.seen = 'now' AND candidates.is_told
    ),
    shares AS (
        SELECT CAST(SUM(contract_result) AS DOUBLE) / NULLIF(CAST(SUM(earned) AS DOUBLE), 0) AS share
        FROM marts.contracts
    ),
    valued AS (
        SELECT
            told.*,
            customers.customer_name,
            customers.customer_kind,
            customers.region,
            customers.sales_owner,
            COALESCE(
                assets.serial_no,
                products.product_name,
                contracts.kind,
                customers.customer_name
            ) AS object_name,
            COALESCE(offered.product_name, told.offer_id, 'unknown') AS offer_name,
            CASE
                WHEN told.offer = 'renewal' THEN CAST(
                    CAST(contracts.amount AS DOUBLE) * shares.share AS DECIMAL(18, 2)
                )
                ELSE margins.margin
            END AS margin,
            CASE
                WHEN decided.kind IN ('taken', 'converted') THEN decided.kind
                ELSE 'open'
            END AS status,
            CASE
                WHEN decided.kind IN ('taken', 'converted') THEN decided.decided_by
            END AS decided_by
        FROM
            told
            CROSS JOIN shares
            INNER JOIN core.customers ON customers.customer_id = told.customer_id
            LEFT JOIN staging.assets ON assets.asset_id = told.object_id
            LEFT JOIN core.products ON products.product_id = told.object_id
            LEFT JOIN core.products AS offered ON offered.product_id = told.offer_id
            LEFT JOIN staging.contracts ON contracts.contract_id = told.object_id
            LEFT JOIN core.lead_margins AS margins
                ON margins.offer = told.margin_offer
                AND margins.offer_id = CASE
                    WHEN told.margin_offer IN ('product', 'machine') THEN told.offer_id
                    ELSE ''
                END
            LEFT JOIN decided ON decided.lead_id = told.lead_id
    ),
    ranked AS (
        SELECT
            valued.*,
            CAST(valued.chance * CAST(valued.margin AS DOUBLE) AS DECIMAL(18, 2)) AS expected_margin,
            ROW_NUMBER() OVER (
                PARTITION BY valued.sales_owner
                ORDER BY
                    CASE
                        WHEN valued.status = 'open' THEN 1
                        ELSE 0
                    END,
                    COALESCE(valued.chance * CAST(valued.margin AS DOUBLE), 0) DESC,
                    valued.lead_id
            ) AS owner_rank
        FROM valued
    )
SELECT
    ranked.lead_id,
    ranked.customer_id,
    ranked.customer_name,
    ranked.customer_kind,
    ranked.region,
    ranked.sales_owner,
    ranked.signal,
    ranked.object_id,
    ranked.object_name,
    ranked.offer,
    ranked.offer_name,
    ranked.told_text,
    ranked.status,
    ranked.decided_by,
    ranked.told_days,
    ranked.told_count,
    ranked.told_share,
    ranked.chance,
    CAST(ranked.margin AS DECIMAL(18, 2)) AS margin,
    ranked.expected_margin,
    ranked.owner_rank,
    COALESCE(backtest.verdict = 'lift', FALSE) AS has_lift,
    ranked.told_on
FROM
    ranked
    CROSS JOIN policy.leads
    LEFT JOIN marts.lead_backtest AS backtest ON backtest.signal = ranked.signal
WHERE ranked.owner_rank <= leads.per_owner OR ranked.status != 'open'

-- description: The records that each lead stands on; requests and their words, faults, contracts, machines, purchases.
-- grain: [lead_id, entity, record_id]
-- materialised: view
-- columns:
--   entity: requests, contracts, assets or orders.
--   record_id: The record.
--   evidence_on: Day it was opened, ordered, or ends.
--   evidence_text: What it says; text and topic of a request, kind of a contract, serial number of a machine, product that was bought.
-- audits:
--   - unique: [lead_id, entity, record_id]
--   - not_null: [customer_id]
WITH
    leads AS (
        SELECT lead_id, customer_id, customer_name, customer_kind, region, signal, object_id, told_text
        FROM marts.leads
    ),
    asked AS (
        SELECT
            leads.lead_id,
            requests.request_id AS record_id,
            requests.opened_on AS evidence_on,
            COALESCE(requests.summary, requests.topic) AS evidence_text
        FROM
            leads
            INNER JOIN staging.requests
                ON requests.customer_id = leads.customer_id
                AND COALESCE(requests.asset_id, requests.customer_id) = leads.object_id
            INNER JOIN core.lead_intents AS intents
                ON intents.request_id = requests.request_id AND intents.seen = 'now'
        WHERE leads.signal IN ('intent_words', 'prospect_asks')
    ),
    failed AS (
        SELECT
            leads.lead_id,
            requests.request_id AS record_id,
            requests.opened_on AS evidence_on,
            COALESCE(requests.topic, requests.summary) AS evidence_text
        FROM
            leads
            CROSS JOIN policy.clock
            INNER JOIN staging.requests ON requests.asset_id = leads.object_id
        WHERE
            leads.signal IN ('often_repaired', 'same_fault')
            AND requests.kind = 'fault'
            AND requests.opened_on > clock.as_of - INTERVAL '365' DAY
            AND requests.opened_on <= clock.as_of
            AND (leads.signal = 'often_repaired' OR requests.topic = leads.told_text)
    ),
    machines AS (
        SELECT
            leads.lead_id,
            assets.asset_id AS record_id,
            CASE
                WHEN leads.signal = 'warranty_ends' THEN assets.warranty_ends_on
                ELSE COALESCE(assets.commissioned_on, assets.installed_on)
            END AS evidence_on,
            assets.serial_no AS evidence_text
        FROM
            leads
            INNER JOIN staging.assets ON assets.asset_id = leads.object_id
        WHERE leads.signal IN ('warranty_ends', 'near_life_end')
    ),
    covered AS (
        SELECT
            leads.lead_id,
            contracts.contract_id AS record_id,
            contracts.ends_on AS evidence_on,
            contracts.kind AS evidence_text
        FROM
            leads
            INNER JOIN staging.contracts ON contracts.contract_id = leads.object_id
        WHERE leads.signal = 'contract_ends'
    ),
    -- Of what owners buy as well, what it owns already; of consumables, that product; of who went quiet, all.
    bought AS (
        SELECT
            leads.lead_id,
            lines.order_id AS record_id,
            MAX(lines.ordered_on) AS evidence_on,
            MIN(COALESCE(products.product_name, lines.product_id)) AS evidence_text
        FROM
            leads
            INNER JOIN core.order_lines AS lines ON lines.customer_id = leads.customer_id
            LEFT JOIN core.products ON products.product_id = lines.product_id
        WHERE
            (
                leads.signal = 'owners_also_buy'
                AND leads.told_text IN (products.product_name, lines.product_id)
            )
            OR (leads.signal = 'consumable_due' AND lines.product_id = leads.object_id)
            OR leads.signal = 'gone_quiet'
        GROUP BY leads.lead_id, lines.order_id
    ),
    owned AS (
        SELECT
            leads.lead_id,
            assets.asset_id AS record_id,
            COALESCE(assets.commissioned_on, assets.installed_on) AS evidence_on,
            COALESCE(assets.serial_no, products.product_name) AS evidence_text
        FROM
            leads
            INNER JOIN staging.assets ON assets.customer_id = leads.customer_id
            INNER JOIN core.products
                ON products.product_id = assets.product_id
                AND leads.told_text IN (products.product_name, products.product_id)
        WHERE leads.signal = 'owners_also_buy'
    ),
    evidence AS (
        SELECT lead_id, 'requests' AS entity, record_id, evidence_on, evidence_text FROM asked
        UNION ALL
        SELECT lead_id, 'requests' AS entity, record_id, evidence_on, evidence_text FROM failed
        UNION ALL
        SELECT lead_id, 'assets' AS entity, record_id, evidence_on, evidence_text FROM machines
        UNION ALL
        SELECT lead_id, 'assets' AS entity, record_id, evidence_on, evidence_text FROM owned
        UNION ALL
        SELECT lead_id, 'contracts' AS entity, record_id, evidence_on, evidence_text FROM covered
        UNION ALL
        SELECT lead_id, 'orders' AS entity, record_id, evidence_on, evidence_text FROM bought
    )
SELECT
    evidence.lead_id,
    leads.signal,
    evidence.entity,
    evidence.record_id,
    leads.customer_id,
    leads.customer_name,
    leads.customer_kind,
    leads.region,
    evidence.evidence_text,
    evidence.evidence_on
FROM
    evidence
    INNER JOIN leads ON leads.lead_id = evidence.lead_id

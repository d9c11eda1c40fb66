-- description: What requests and contracts say at a look. Words of buying, prospects who ask, contracts that end.
-- grain: [seen, signal, customer_id, object_id]
-- materialised: view
-- columns:
--   signal: intent_words, prospect_asks or contract_ends.
--   object_id: Machine asked about, else the customer; of contract_ends, the contract.
--   offer: quote or renewal.
--   offer_id: Product family of the machine; kind of the contract; empty where neither is known.
--   wants: The sale that would make it right, as core.lead_sales names it.
--   score: The larger, the stronger.
--   is_told: Strong enough (policy) to be a lead. The others are what it is held against.
--   told_days: Days until the contract ends.
--   told_count: Requests of those days.
--   told_share: Empty.
--   told_text: The words.
--   told_on: Day of the last request, or on which the contract ends.
WITH
    asked AS (
        SELECT
            looks.seen,
            requests.customer_id,
            requests.asset_id,
            customers.customer_kind,
            intents.words,
            COALESCE(intents.intent_count, 0) AS intent_count,
            requests.opened_on,
            ROW_NUMBER() OVER (
                PARTITION BY
                    looks.seen,
                    requests.customer_id,
                    COALESCE(requests.asset_id, requests.customer_id)
                ORDER BY COALESCE(intents.intent_count, 0) DESC, requests.opened_on DESC, requests.request_id
            ) AS place,
            COUNT(*) OVER (
                PARTITION BY
                    looks.seen,
                    requests.customer_id,
                    COALESCE(requests.asset_id, requests.customer_id)
            ) AS requests
        FROM
            core.lead_looks AS looks
            CROSS JOIN policy.leads
            INNER JOIN staging.request_versions AS requests
                ON requests.known_from <= looks.known_at
                AND COALESCE(requests.known_to > looks.known_at, TRUE)
                AND requests.opened_on <= looks.seen_on
                AND requests.opened_on > looks.seen_on - INTERVAL '1' DAY * leads.intent_days
            INNER JOIN core.lead_customers AS customers
                ON customers.seen = looks.seen AND customers.customer_id = requests.customer_id
            LEFT JOIN core.lead_intents AS intents
                ON intents.seen = looks.seen AND intents.request_id = requests.request_id
    ),
    contracts AS (
        SELECT
            looks.seen,
            contracts.contract_id,
            contracts.customer_id,
            contracts.kind,
            contracts.ends_on,
            DATE_DIFF('day', looks.seen_on, contracts.ends_on) AS days_left,
            leads.soon_days,
            ROW_NUMBER() OVER (
                PARTITION BY looks.seen, contracts.customer_id
                ORDER BY contracts.ends_on DESC, contracts.contract_id
            ) AS place
        FROM
            core.lead_looks AS looks
            CROSS JOIN policy.leads
            INNER JOIN staging.contract_versions AS contracts
                ON contracts.known_from <= looks.known_at
                AND COALESCE(contracts.known_to > looks.known_at, TRUE)
                AND contracts.ends_on >= looks.seen_on
        WHERE NOT contracts.is_cancelled
    )
SELECT
    asked.seen,
    CASE
        WHEN asked.customer_kind = 'prospect' THEN 'prospect_asks'
        ELSE 'intent_words'
    END AS signal,
    asked.customer_id,
    COALESCE(asked.asset_id, asked.customer_id) AS object_id,
    'quote' AS offer,
    machines.family AS offer_id,
    'any' AS wants,
    CAST(asked.intent_count AS DOUBLE) AS score,
    asked.intent_count > 0 AS is_told,
    CAST(NULL AS BIGINT) AS told_days,
    asked.requests AS told_count,
    CAST(NULL AS DOUBLE) AS told_share,
    asked.words AS told_text,
    asked.opened_on AS told_on
FROM
    asked
    LEFT JOIN core.lead_machines AS machines
        ON machines.seen = asked.seen AND machines.asset_id = asked.asset_id
WHERE asked.place = 1
UNION ALL
SELECT
    seen,
    'contract_ends' AS signal,
    customer_id,
    contract_id AS object_id,
    'renewal' AS offer,
    kind AS offer_id,
    'contract' AS wants,
    CAST(soon_days - days_left AS DOUBLE) AS score,
    days_left <= soon_days AS is_told,
    days_left AS told_days,
    CAST(NULL AS BIGINT) AS told_count,
    CAST(NULL AS DOUBLE) AS told_share,
    CAST(NULL AS VARCHAR) AS told_text,
    ends_on AS told_on
FROM contracts
WHERE place = 1

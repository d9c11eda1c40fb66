-- description: Every machine as it was known at a look, with its contract and what was asked of service for it.
-- grain: [seen, asset_id]
-- columns:
--   product_id: Model; empty where nobody entered one.
--   family: Product family; unknown where the model was not known.
--   faults: Requests about a fault in the year before the look.
--   same_faults: The most requests about one and the same topic among them.
--   same_topic: That topic; the first by name of several.
--   contract_until: Last day of the contracts that cover it at the look or later; empty without.
--   contracts_since: Contracts covering it that began since the look before.
--   is_retired: It was in use no more.
--   used_from: Commissioned, else installed.
--   retired_on: Day it was taken out of use; empty while in use or where it is not known.
--   is_watched: When it began and, where it is retired, when it ended is known.
-- audits:
--   - unique: [seen, asset_id]
WITH
    machines AS (
        SELECT
            looks.seen,
            looks.seen_on,
            looks.since_on,
            looks.known_at,
            assets.asset_id,
            assets.customer_id,
            assets.product_id,
            COALESCE(products.family, 'unknown') AS family,
            COALESCE(
                assets.retired_on <= looks.seen_on,
                assets.is_retired AND assets.loaded_at <= looks.known_at
            ) AS is_retired,
            COALESCE(assets.commissioned_on, assets.installed_on) AS used_from,
            assets.warranty_ends_on,
            CASE
                WHEN assets.retired_on <= looks.seen_on THEN assets.retired_on
            END AS retired_on
        FROM
            core.lead_looks AS looks
            INNER JOIN staging.asset_versions AS assets
                ON assets.known_from <= looks.known_at AND COALESCE(assets.known_to > looks.known_at, TRUE)
            LEFT JOIN staging.product_versions AS products
                ON products.product_id = assets.product_id
                AND products.known_from <= looks.known_at
                AND COALESCE(products.known_to > looks.known_at, TRUE)
        WHERE
            NOT assets.is_part
            AND COALESCE(products.kind, 'machine') = 'machine'
            AND COALESCE(assets.installed_on, assets.commissioned_on, looks.seen_on) <= looks.seen_on
    ),
    asked AS (
        SELECT
            looks.seen,
            requests.asset_id,
            COALESCE(requests.topic, '') AS topic,
            COUNT(*) AS faults
        FROM
            core.lead_looks AS looks
            INNER JOIN staging.request_versions AS requests
                ON requests.known_from <= looks.known_at
                AND COALESCE(requests.known_to > looks.known_at, TRUE)
                AND requests.opened_on <= looks.seen_on
                AND requests.opened_on > looks.seen_on - INTERVAL '365' DAY
        WHERE requests.kind = 'fault' AND requests.asset_id IS NOT NULL
        GROUP BY looks.seen, requests.asset_id, COALESCE(requests.topic, '')
    ),
    ranked AS (
        SELECT
            seen,
            asset_id,
            topic,
            faults,
            SUM(faults) OVER (PARTITION BY seen, asset_id) AS all_faults,
            ROW_NUMBER() OVER (
                PARTITION BY seen, asset_id
                ORDER BY
                    CASE
                        WHEN topic = '' THEN 1
                        ELSE 0
                    END,
                    faults DESC,
                    topic
            ) AS place
        FROM asked
    ),
    covered AS (
        SELECT
            looks.seen,
            lines.asset_id,
            MAX(
                CASE
                    WHEN contracts.ends_on >= looks.seen_on THEN contracts.ends_on
                END
            ) AS contract_until,
            COUNT(*) FILTER (
                WHERE contracts.starts_on > looks.since_on AND contracts.starts_on <= looks.seen_on
            ) AS contracts_since
        FROM
            core.lead_looks AS looks
            INNER JOIN staging.contract_asset_versions AS lines
                ON lines.known_from <= looks.known_at AND COALESCE(lines.known_to > looks.known_at, TRUE)
            INNER JOIN staging.contract_versions AS contracts
                ON contracts.contract_id = lines.contract_id
                AND contracts.known_from <= looks.known_at
                AND COALESCE(contracts.known_to > looks.known_at, TRUE)
        WHERE NOT contracts.is_cancelled
        GROUP BY looks.seen, lines.asset_id
    )
SELECT
    machines.seen,
    machines.asset_id,
    machines.customer_id,
    machines.product_id,
    machines.family,
    CASE
        WHEN ranked.topic != '' THEN ranked.topic
    END AS same_topic,
    COALESCE(ranked.all_faults, 0) AS faults,
    CASE
        WHEN ranked.topic != '' THEN ranked.faults
        ELSE 0
    END AS same_faults,
    COALESCE(covered.contracts_since, 0) AS contracts_since,
    machines.is_retired,
    machines.used_from <= machines.seen_on
    AND (NOT machines.is_retired OR machines.retired_on IS NOT NULL) AS is_watched,
    machines.used_from,
    machines.warranty_ends_on,
    covered.contract_until,
    machines.retired_on
FROM
    machines
    LEFT JOIN ranked
        ON ranked.seen = machines.seen AND ranked.asset_id = machines.asset_id AND ranked.place = 1
    LEFT JOIN covered ON covered.seen = machines.seen AND covered.asset_id = machines.asset_id

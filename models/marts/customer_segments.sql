-- description: Whom to write to, each customer by what it owns and by how long its warranty runs; customers without a machine stand in one row. The business date.
-- grain: [customer_id, product_id, warranty_ending]
-- columns:
--   product_name: Product owned; none where the customer owns no machine, unknown where the machine names none.
--   product_id: The product, none and unknown as above.
--   product_family: Family of the product owned; none and unknown as above.
--   warranty_ending: ended, within_90 (days), within_365, later, or unknown; none where the customer owns no machine.
--   last_purchase: within_90 (days), within_365, earlier, or never.
--   contract_standing: running, ending (within 90 days, and none after it), ended or never.
--   machines: Machines at the customer in this row.
--   warranty_until: The first of their warranties to end from the business date on; empty where none runs.
--   last_ordered_on: Day of the last order; empty where there was none.
-- audits:
--   - unique: [customer_id, product_id, warranty_ending]
--   - name: { en: 'every customer is in a segment', zh: 每个客户都在某个名单中 }
--     rows: >
--       SELECT customers.customer_id FROM core.customers LEFT JOIN marts.customer_segments AS segments ON segments.customer_id = customers.customer_id
--       WHERE segments.customer_id IS NULL
WITH
    owned AS (
        SELECT
            machines.customer_id,
            COALESCE(assets.product_id, 'unknown') AS product_id,
            COALESCE(products.product_name, assets.product_id, 'unknown') AS product_name,
            COALESCE(products.family, 'unknown') AS product_family,
            machines.warranty_until,
            CASE
                WHEN machines.warranty_until IS NULL THEN 'unknown'
                WHEN machines.warranty_until < clock.as_of THEN 'ended'
                WHEN machines.warranty_until <= clock.as_of + INTERVAL '90' DAY THEN 'within_90'
                WHEN machines.warranty_until <= clock.as_of + INTERVAL '365' DAY THEN 'within_365'
                ELSE 'later'
            END AS warranty_ending,
            clock.as_of
        FROM
            marts.machines
            CROSS JOIN policy.clock
            INNER JOIN staging.assets ON assets.asset_id = machines.asset_id
            LEFT JOIN core.products ON products.product_id = assets.product_id
    ),
    holdings AS (
        SELECT
            customer_id,
            product_id,
            product_name,
            product_family,
            warranty_ending,
            COUNT(*) AS machines,
            MIN(
                CASE
                    WHEN warranty_until >= as_of THEN warranty_until
                END
            ) AS warranty_until
        FROM owned
        GROUP BY customer_id, product_id, product_name, product_family, warranty_ending
    ),
    agreements AS (
        SELECT
            contracts.customer_id,
            MAX(
                CASE
                    WHEN contracts.starts_on <= clock.as_of THEN contracts.ends_on
                END
            ) AS ends_on,
            MAX(
                CASE
                    WHEN contracts.starts_on > clock.as_of THEN 1
                    ELSE 0
                END
            ) AS has_next
        FROM
            staging.contracts
            CROSS JOIN policy.clock
        WHERE NOT contracts.is_cancelled
        GROUP BY contracts.customer_id
    )
SELECT
    customers.customer_id,
    customers.customer_name,
    customers.customer_kind,
    customers.region,
    customers.industry,
    customers.crm_class,
    customers.sales_owner,
    customers.service_owner,
    COALESCE(holdings.product_id, 'none') AS product_id,
    COALESCE(holdings.product_name, 'none') AS product_name,
    COALESCE(holdings.product_family, 'none') AS product_family,
    COALESCE(holdings.warranty_ending, 'none') AS warranty_ending,
    CASE
        WHEN purchases.last_ordered_on IS NULL THEN 'never'
        WHEN purchases.last_ordered_on > clock.as_of - INTERVAL '90' DAY THEN 'within_90'
        WHEN purchases.last_ordered_on > clock.as_of - INTERVAL '365' DAY THEN 'within_365'
        ELSE 'earlier'
    END AS last_purchase,
    CASE
        WHEN agreements.customer_id IS NULL THEN 'never'
        WHEN agreements.has_next = 1 THEN 'running'
        WHEN agreements.ends_on < clock.as_of THEN 'ended'
        WHEN agreements.ends_on <= clock.as_of + INTERVAL '90' DAY THEN 'ending'
        ELSE 'running'
    END AS contract_standing,
    COALESCE(holdings.machines, 0) AS machines,
    holdings.warranty_until,
    purchases.last_ordered_on
FROM
    core.customers
    CROSS JOIN policy.clock
    LEFT JOIN holdings ON holdings.customer_id = customers.customer_id
    LEFT JOIN agreements ON agreements.customer_id = customers.customer_id
    LEFT JOIN core.purchase_cycles AS purchases ON purchases.customer_id = customers.customer_id

-- description: Every customer, with the names of those who answer for it; also those that only facts name.
-- grain: [customer_id]
-- columns:
--   customer_name: Name, the last one known where its source no longer has it, or the id where it never had.
--   customer_kind: direct, indirect or prospect; unregistered customers are direct where they ordered, else unknown.
--   crm_class: Class in the CRM; unknown where nobody set one.
--   region: Region; unknown where nobody entered one.
--   industry: Industry; unknown where nobody entered one.
--   sales_owner: Name of the sales owner; unknown where there is none.
--   service_owner: Name of the service owner; unknown where there is none.
--   dealer_name: Name of the dealer, where there is one.
--   is_registered: False where facts name the customer but the source of customers does not, or no longer.
-- audits:
--   - unique: [customer_id]
--   - not_null: [customer_id, customer_name, customer_kind, crm_class, region, industry, sales_owner, service_owner]
WITH
    named AS (
        SELECT customer_id, 1 AS has_ordered FROM staging.orders WHERE NOT is_cancelled
        UNION ALL
        SELECT customer_id, 0 AS has_ordered FROM staging.requests
        UNION ALL
        SELECT customer_id, 0 AS has_ordered FROM staging.tasks
        UNION ALL
        SELECT customer_id, 0 AS has_ordered FROM staging.service_orders
        UNION ALL
        SELECT customer_id, 0 AS has_ordered FROM staging.contracts
        UNION ALL
        SELECT customer_id, 0 AS has_ordered FROM staging.expenses
        UNION ALL
        SELECT customer_id, 0 AS has_ordered FROM staging.opportunities
        UNION ALL
        SELECT customer_id, 0 AS has_ordered FROM staging.invoices
    ),
    unregistered AS (
        SELECT
            named.customer_id,
            CASE
                WHEN MAX(named.has_ordered) = 1 THEN 'direct'
                ELSE 'unknown'
            END AS kind
        FROM
            named
            LEFT JOIN staging.customers ON customers.customer_id = named.customer_id
        WHERE named.customer_id IS NOT NULL AND customers.customer_id IS NULL
        GROUP BY named.customer_id
    ),
    -- Who was merged into another, split or deleted keeps what was last known of it: its past stays its own.
    last_known AS (
        SELECT
            versions.*,
            ROW_NUMBER() OVER (
                PARTITION BY versions.customer_id
                ORDER BY versions.known_from DESC, versions.known_to DESC
            ) AS place
        FROM
            staging.customer_versions AS versions
            INNER JOIN unregistered ON unregistered.customer_id = versions.customer_id
    ),
    everyone AS (
        SELECT
            customer_id,
            parent_customer_id,
            dealer_id,
            sales_owner_id,
            service_owner_id,
            name,
            kind,
            crm_class,
            region,
            industry,
            TRUE AS is_registered,
            crm_class_set_on,
            first_contact_on,
            registered_on
        FROM staging.customers
        UNION ALL
        SELECT
            unregistered.customer_id,
            last_known.parent_customer_id,
            last_known.dealer_id,
            last_known.sales_owner_id,
            last_known.service_owner_id,
            COALESCE(last_known.name, unregistered.customer_id) AS name,
            COALESCE(last_known.kind, unregistered.kind) AS kind,
            last_known.crm_class,
            last_known.region,
            last_known.industry,
            FALSE AS is_registered,
            NULL AS crm_class_set_on,
            NULL AS first_contact_on,
            NULL AS registered_on
        FROM
            unregistered
            LEFT JOIN last_known ON last_known.customer_id = unregistered.customer_id AND last_known.place = 1
    )
SELECT
    everyone.customer_id,
    everyone.parent_customer_id,
    everyone.dealer_id,
    everyone.sales_owner_id,
    everyone.service_owner_id,
    everyone.name AS customer_name,
    everyone.kind AS customer_kind,
    COALESCE(everyone.crm_class, 'unknown') AS crm_class,
    COALESCE(everyone.region, 'unknown') AS region,
    COALESCE(everyone.industry, 'unknown') AS industry,
    COALESCE(sales_owners.name, everyone.sales_owner_id, 'unknown') AS sales_owner,
    COALESCE(service_owners.name, everyone.service_owner_id, 'unknown') AS service_owner,
    COALESCE(dealers.name, everyone.dealer_id) AS dealer_name,
    everyone.is_registered,
    everyone.crm_class_set_on,
    everyone.first_contact_on,
    everyone.registered_on
FROM
    everyone
    LEFT JOIN staging.employees AS sales_owners ON sales_owners.employee_id = everyone.sales_owner_id
    LEFT JOIN staging.employees AS service_owners ON service_owners.employee_id = everyone.service_owner_id
    LEFT JOIN staging.dealers ON dealers.dealer_id = everyone.dealer_id

-- description: Who buys, directly or through a dealer, and who might.
-- grain: [customer_id]
-- columns:
--   crm_class_set_on: The day of crm_class_set_at in the company's time zone.
--   first_contact_on: The day of first_contact_at in the company's time zone.
--   registered_on: The day of registered_at in the company's time zone.
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    customers.customer_id,
    customers.parent_customer_id,
    customers.dealer_id,
    customers.sales_owner_id,
    customers.service_owner_id,
    customers.recorded_by,
    customers.name,
    customers.kind,
    customers.crm_class,
    customers.region,
    customers.industry,
    customers.source,
    local_date(customers.crm_class_set_at) AS crm_class_set_on,
    local_date(customers.first_contact_at) AS first_contact_on,
    local_date(customers.registered_at) AS registered_on,
    local_date(customers.recorded_at) AS recorded_on,
    customers.crm_class_set_at,
    customers.first_contact_at,
    customers.registered_at,
    customers.recorded_at
FROM raw.customers

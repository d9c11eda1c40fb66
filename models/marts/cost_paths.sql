-- description: What each customer bears of each pool of cost, and by which rule; the path of every allocated cent. Reporting currency.
-- grain: [month, origin_department, category, campaign_id, department, customer_id]
-- materialised: view
-- columns:
--   pool_amount: The pool that was spread.
--   units: What the customer took of the driver.
--   total_units: What all customers took of it.
--   amount: What the customer bears.
-- audits:
--   - unique: [month, origin_department, category, campaign_id, department, customer_id]
SELECT
    allocations.origin_department,
    allocations.category,
    allocations.campaign_id,
    allocations.department,
    allocations.customer_id,
    customers.customer_name,
    customers.customer_kind,
    allocations.driver,
    allocations.units,
    allocations.total_units,
    allocations.pool_amount,
    allocations.amount,
    allocations.month
FROM
    core.allocations
    INNER JOIN core.customers ON customers.customer_id = allocations.customer_id

-- description: Part without a price; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: products
--   role: finance
--   weight: 3
--   words: { en: Part without a price, zh: 配件没有价格 }
--   remedy: { en: Enter the list price., zh: 补填目录价。 }
SELECT
    product_id AS record_id,
    CAST(NULL AS VARCHAR) AS customer_id,
    CAST(NULL AS VARCHAR) AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    LEAST(COALESCE(priced_on, as_of), as_of) AS happened_on,
    list_price IS NULL AS is_fault
FROM
    staging.products
    CROSS JOIN policy.clock
WHERE COALESCE(priced_on, as_of) <= as_of AND kind IN ('part', 'consumable')

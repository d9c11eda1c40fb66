-- One row per machine ever sold: the stock of July 2023 and the sales of the three years.
CREATE TABLE machines AS
WITH wanted AS (
    SELECT
        *,
        CASE
            WHEN registered_on > DATE '2023-06-30' OR part IN ('dealer', 'prospect') THEN 0
            WHEN part = 'parasite' THEN draw_whole(7, 11, 'stock', customer_no)
            ELSE draw_round(0.55 + 0.42 * size, 'stock', customer_no)
        END AS stock,
        CASE
            WHEN part IN ('dealer', 'prospect') THEN 0
            WHEN part = 'parasite' THEN draw_whole(9, 11, 'sales', customer_no) + CASE WHEN still_buys THEN 1 ELSE 0 END
            WHEN part = 'indirect' THEN draw_round(0.16 + 0.14 * size, 'sales', customer_no)
            ELSE draw_round(0.06 + 0.22 * size, 'sales', customer_no)
        END AS sold
    FROM customers
),
each AS (
    SELECT
        *, k, k > stock AS is_window_sale, customer_no * 64 + k AS machine_key,
        -- Parasites buy less and smaller each year: three or four small machines in the last one, four before that, or none at last.
        CASE WHEN part = 'parasite' AND k > stock THEN k - stock
            - CASE WHEN still_buys THEN 3 + draw_round(0.3, 'small-machines', customer_no) ELSE 0 END END AS turn
    FROM wanted, unnest(range(1, 1 + stock + sold)) AS numbers(k)
),
dated AS (
    SELECT
        *,
        -- Firms keep to one or two families.
        CASE WHEN draw('second-family', machine_key) < 0.25 THEN draw_whole(1, 6, 'family', machine_key)
            ELSE draw_whole(1, 6, 'main-family', customer_no) END AS family_no,
        CASE WHEN part = 'parasite' THEN 0
            ELSE 1 + CAST(floor(5 * pow(draw('machine-size', machine_key), 1.5)) AS BIGINT) END AS machine_size,
        CASE
            WHEN NOT is_window_sale THEN NULL
            WHEN turn <= 0 THEN day_at(draw_between(share_at(DATE '2025-07-10'), share_at(DATE '2026-05-15'), 'sold-on', machine_key))
            WHEN turn <= 4 THEN day_at(draw_between(share_at(DATE '2024-07-10'), share_at(DATE '2025-05-20'), 'sold-on', machine_key))
            WHEN turn > 4 THEN day_at(draw_between(0.01, share_at(DATE '2024-06-10'), 'sold-on', machine_key))
            ELSE day_at(draw_between(share_at(greatest(registered_on, DATE '2023-07-01')), 1, 'sold-on', machine_key))
        END AS sold_on
    FROM each
),
timed AS (
    SELECT
        *,
        at_business_minute(business_minute(CAST(sold_on AS TIMESTAMP)) + draw_whole(10, 520, 'sold-at', machine_key)) AS ordered_at
    FROM dated
),
installed AS (
    SELECT
        *,
        CASE
            -- On the first working day from then on.
            WHEN is_window_sale THEN CAST(at_business_minute(business_minute(date_trunc('day', ordered_at)
                + to_days(CAST(draw_whole(24, 75, 'lead-time', machine_key) AS INTEGER)))) AS DATE)
            ELSE least(DATE '2023-06-20', greatest(registered_on, DATE '2012-01-05') + CAST(floor(date_diff('day', greatest(registered_on, DATE '2012-01-05'), DATE '2023-06-20') * sqrt(draw('stock-age', machine_key))) AS INTEGER))
        END AS installed_on
    FROM timed
)
SELECT
    installed.machine_key, customer_no, customer_id, part, region_no, dealer_no, is_window_sale, ordered_at, installed_on, temper,
    service_post,
    products.product_no, products.product_id, products.family_no, products.list_price, products.unit_cost, products.life_shape,
    products.life_years,
    installed_on + CAST(draw_whole(1, 12, 'commissioned', machine_key) AS INTEGER) AS commissioned_on,
    draw_weibull(products.life_shape, products.life_years, 'life', machine_key) AS life,
    CASE WHEN draw('warranty-years', machine_key) < 0.3 THEN 24 ELSE 12 END AS warranty_months
FROM installed
JOIN products ON products.product_no = (installed.family_no - 1) * 5 + CASE
    WHEN turn <= 0 THEN [2, 3, 3, 1, 1, 2][installed.family_no] WHEN part = 'parasite' THEN [4, 4, 4, 2, 2, 4][installed.family_no] ELSE machine_size END;

-- What stands or stood at customers since July 2023. Machines worn out before that are in no system.
CREATE TABLE assets AS
WITH lived AS (
    SELECT *, commissioned_on + CAST(floor(life * 365.25) AS INTEGER) AS worn_out_on
    FROM machines
    WHERE installed_on <= DATE '2026-06-30'
),
kept AS (SELECT * FROM lived WHERE worn_out_on >= DATE '2023-07-01'),
numbered AS (SELECT *, row_number() OVER (ORDER BY installed_on, machine_key) AS asset_no FROM kept)
SELECT
    asset_no, 'A' || padded(asset_no, 6) AS asset_id, * EXCLUDE (asset_no),
    upper(product_id) || '-' || strftime(installed_on, '%y%m') || '-' || padded(asset_no % 10000, 4) AS serial_no,
    CASE WHEN commissioned_on <= DATE '2026-06-30' THEN commissioned_on END AS started_on,
    commissioned_on AS warranty_starts_on, CAST(commissioned_on + to_months(warranty_months) AS DATE) AS warranty_ends_on,
    CASE WHEN worn_out_on <= DATE '2026-06-30' THEN worn_out_on END AS retired_on,
    add_minutes(CAST(installed_on AS TIMESTAMP), draw_whole(540, 1040, 'asset-recorded', asset_no)) AS known_at
FROM numbered;

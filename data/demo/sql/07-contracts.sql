-- Yearly service contracts, renewed or not. The dearer the promise, the larger the share of the machines' value.
CREATE TABLE contracts AS
WITH owners AS (
    SELECT customer_no, any_value(customer_id) AS customer_id, any_value(part) AS part, any_value(region_no) AS region_no,
        min(started_on) AS first_start
    FROM assets
    WHERE started_on IS NOT NULL
    GROUP BY customer_no
),
willing AS (
    SELECT
        *, draw('tier', customer_no) AS tier_draw,
        CASE
            WHEN first_start < DATE '2023-07-01'
                AND draw('contract-late', customer_no) < 0.8
                    THEN add_days(DATE '2022-07-01', draw_whole(0, 364, 'contract-anchor', customer_no))
            ELSE greatest(first_start, DATE '2023-07-01') + CAST(draw_whole(10, 400, 'contract-anchor', customer_no) AS INTEGER)
        END AS anchor
    FROM owners
    WHERE draw('contract', customer_no) < CASE part WHEN 'parasite' THEN 0.35 WHEN 'indirect' THEN 0.5 ELSE 0.78 END
),
years AS (
    SELECT *, CAST(anchor + to_years(CAST(k AS INTEGER)) AS DATE) AS starts_on, customer_no * 8 + k AS contract_key
    FROM willing, range(0, 4) AS numbers(k)
),
renewed AS (
    SELECT * FROM years
    WHERE starts_on <= DATE '2026-06-25' AND k < 1 + floor(ln(greatest(draw('renewals', customer_no), 1e-9)) / ln(0.86))
),
tiers AS (
    SELECT
        *, CAST(starts_on + INTERVAL 1 YEAR - INTERVAL 1 DAY AS DATE) AS ends_on,
        CASE WHEN part = 'parasite' THEN 3 WHEN tier_draw < 0.22 THEN 1 WHEN tier_draw < 0.65 THEN 2 ELSE 3 END AS tier
    FROM renewed
)
SELECT
    row_number() OVER (ORDER BY starts_on, contract_key) AS contract_no,
    'SC' || year(starts_on) || '-' || padded(row_number() OVER (PARTITION BY year(starts_on) ORDER BY starts_on, contract_key), 4) AS contract_id,
    customer_no, customer_id, region_no, part, starts_on, ends_on, tier, contract_key,
    ['全保服务合约', '标准服务合约', '巡检保养合约'][tier] AS kind,
    ['around_the_clock', 'business_hours', 'next_business_day'][tier] AS response_kind,
    [4, 8, 9][tier] AS response_hours,
    CASE WHEN part = 'parasite' THEN 0.012
        ELSE [0.060, 0.045, 0.032][tier] * draw_between(0.85, 1.1, 'contract-price', customer_no) END AS price_share,
    CASE WHEN ends_on < DATE '2026-07-01' THEN 'expired' ELSE 'active' END AS status,
    at_business_minute(business_minute(CAST(greatest(starts_on, DATE '2023-01-10') AS TIMESTAMP)) + draw_whole(-2700, 1600, 'contract-recorded', contract_key)) AS known_at
FROM tiers;

CREATE TABLE contract_assets AS
SELECT contracts.contract_no, contracts.contract_id, assets.asset_no, assets.asset_id, contracts.customer_no, contracts.starts_on,
    contracts.ends_on, contracts.tier, assets.list_price
FROM contracts
JOIN assets ON assets.customer_no = contracts.customer_no
WHERE assets.started_on <= contracts.starts_on AND COALESCE(assets.retired_on, DATE '2999-12-31') > contracts.starts_on
    AND draw('covered', contracts.contract_key * 4096 + assets.asset_no) < 0.92;

-- `amount` in CNY, `billed` in the currency of the contract: customers abroad pay in theirs.
CREATE TABLE contract_amounts AS
WITH priced AS (
    SELECT contracts.contract_no, any_value(contracts.region_no) AS region_no, any_value(contracts.customer_no) AS customer_no,
        CAST(greatest(round(sum(CAST(contract_assets.list_price AS DECIMAL(18, 2))) * any_value(price_share), -2), 2400) AS DECIMAL(18, 2)) AS amount
    FROM contracts
    JOIN contract_assets USING (contract_no)
    GROUP BY contracts.contract_no
)
SELECT contract_no, amount, currency_of(region_no, customer_no) AS currency,
    CASE currency_of(region_no, customer_no) WHEN 'CNY' THEN amount ELSE CAST(round(amount / 7.5, -1) AS DECIMAL(18, 2)) END AS billed
FROM priced;
DELETE FROM contracts WHERE contract_no NOT IN (SELECT contract_no FROM contract_amounts);

-- description: What the machines in use at a look say. Warranties that end without a contract, machines near the end of their life or often repaired, the same fault again.
-- grain: [seen, signal, object_id]
-- materialised: view
-- columns:
--   signal: warranty_ends, near_life_end, often_repaired or same_fault.
--   object_id: Machine.
--   offer: contract, replacement or upgrade.
--   offer_id: Product family; of a contract, empty.
--   wants: The sale that would make it right, as core.lead_sales names it.
--   score: The larger, the stronger.
--   is_told: Strong enough (policy) to be a lead. The others are what it is held against.
--   told_days: Days until the warranty ends.
--   told_count: Faults within a year, or those of the same kind.
--   told_share: Chance to end within the horizon.
--   told_text: The fault, or whose lives the chance stands on.
--   told_on: Day the warranty ends.
WITH
    machines AS (
        SELECT
            machines.*,
            CONCAT('machine/', machines.family) AS machine_sale,
            lives.end_chance,
            lives.age_years,
            lives.life_basis,
            looks.seen_on,
            leads.soon_days,
            leads.life_chance,
            leads.often_repairs,
            leads.same_faults AS same_fault_limit,
            DATE_DIFF('day', looks.seen_on, machines.warranty_ends_on) AS warranty_days
        FROM
            core.lead_machines AS machines
            INNER JOIN core.lead_looks AS looks ON looks.seen = machines.seen
            CROSS JOIN policy.leads
            LEFT JOIN core.lead_lives AS lives
                ON lives.seen = machines.seen AND lives.asset_id = machines.asset_id
        WHERE NOT machines.is_retired
    )
SELECT
    seen,
    'warranty_ends' AS signal,
    customer_id,
    asset_id AS object_id,
    'contract' AS offer,
    CAST(NULL AS VARCHAR) AS offer_id,
    CONCAT('contract/', asset_id) AS wants,
    CASE
        WHEN warranty_days BETWEEN 0 AND soon_days THEN CAST(soon_days - warranty_days AS DOUBLE)
        ELSE -1
    END AS score,
    COALESCE(warranty_days BETWEEN 0 AND soon_days, FALSE) AS is_told,
    warranty_days AS told_days,
    CAST(NULL AS BIGINT) AS told_count,
    CAST(NULL AS DOUBLE) AS told_share,
    CAST(NULL AS VARCHAR) AS told_text,
    warranty_ends_on AS told_on
FROM machines
WHERE contract_until IS NULL
UNION ALL
SELECT
    seen,
    'near_life_end' AS signal,
    customer_id,
    asset_id AS object_id,
    'replacement' AS offer,
    family AS offer_id,
    machine_sale AS wants,
    end_chance AS score,
    end_chance >= life_chance AS is_told,
    CAST(NULL AS BIGINT) AS told_days,
    CAST(FLOOR(age_years) AS BIGINT) AS told_count,
    end_chance AS told_share,
    life_basis AS told_text,
    CAST(NULL AS DATE) AS told_on
FROM machines
WHERE end_chance IS NOT NULL
UNION ALL
SELECT
    seen,
    'often_repaired' AS signal,
    customer_id,
    asset_id AS object_id,
    'replacement' AS offer,
    family AS offer_id,
    machine_sale AS wants,
    CAST(faults AS DOUBLE) AS score,
    faults >= often_repairs AS is_told,
    CAST(NULL AS BIGINT) AS told_days,
    faults AS told_count,
    CAST(NULL AS DOUBLE) AS told_share,
    CAST(NULL AS VARCHAR) AS told_text,
    CAST(NULL AS DATE) AS told_on
FROM machines
UNION ALL
SELECT
    seen,
    'same_fault' AS signal,
    customer_id,
    asset_id AS object_id,
    'upgrade' AS offer,
    family AS offer_id,
    machine_sale AS wants,
    CAST(same_faults AS DOUBLE) AS score,
    same_faults >= same_fault_limit AS is_told,
    CAST(NULL AS BIGINT) AS told_days,
    same_faults AS told_count,
    CAST(NULL AS DOUBLE) AS told_share,
    same_topic AS told_text,
    CAST(NULL AS DATE) AS told_on
FROM machines

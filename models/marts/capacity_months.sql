-- description: Capacity of the departments that keep hours, by month, what was worked of it and what idleness costs. Reporting currency.
-- grain: [month, department]
-- columns:
--   idle_cost: Idle hours at the capacity rate of the month. Reported, never spread over customers.
-- audits:
--   - unique: [month, department]
SELECT
    department,
    people,
    supplied_hours,
    used_hours,
    idle_hours,
    pay,
    labour_charged,
    CAST(CAST(idle_hours AS DOUBLE) * CAST(capacity_rate AS DOUBLE) AS DECIMAL(18, 2)) AS idle_cost,
    month
FROM core.capacity_months
WHERE keeps_hours

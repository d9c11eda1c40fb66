-- description: Working time each department could give to customers in each month, what was worked of it, and what its pay comes to. Reporting currency.
-- grain: [month, department]
-- columns:
--   people: People employed on some working day of the month.
--   supplied_hours: Working hours of those people times the practical capacity of the policy.
--   used_hours: Hours of tasks done, travel included, whether or not their customer is known.
--   idle_hours: Supplied less used hours; zero where more was worked than supplied.
--   pay: Ledger of the categories that hourly rates cover.
--   labour_charged: What customers bear of it; hours of their tasks at the hourly cost of the day.
--   capacity_rate: Pay by supplied hour; empty where there is no pay or nobody was there.
--   keeps_hours: People of the department ever recorded hours; pay of one that does not is neither worked nor idle.
--   month: First day of the month.
-- audits:
--   - unique: [month, department]
--   - not_null: [supplied_hours, used_hours, idle_hours, pay, keeps_hours]
WITH
    supplied AS (
        SELECT
            months.month,
            employees.department,
            COUNT(DISTINCT employees.employee_id) AS people,
            SUM(days.minutes) / 60 * MAX(capacities.practical_capacity) AS hours
        FROM
            staging.months
            INNER JOIN staging.working_days AS days ON days.day BETWEEN months.month AND months.last_on
            INNER JOIN core.employees
                ON COALESCE(employees.hired_on, days.day) <= days.day
                AND COALESCE(employees.left_on, days.day) >= days.day
            INNER JOIN policy.capacities
                ON months.month >= capacities.valid_from AND months.month < capacities.valid_until
        GROUP BY months.month, employees.department
    ),
    worked AS (
        SELECT
            CAST(DATE_TRUNC('month', tasks.done_on) AS DATE) AS month,
            employees.department,
            SUM(tasks.service_hours) AS hours,
            SUM(
                CASE
                    WHEN tasks.customer_id IS NOT NULL THEN tasks.labour_cost
                END
            ) AS labour_charged
        FROM
            core.tasks
            INNER JOIN core.employees ON employees.employee_id = tasks.employee_id
        GROUP BY DATE_TRUNC('month', tasks.done_on), employees.department
    ),
    keeping AS (SELECT DISTINCT department FROM worked WHERE hours > 0),
    paid AS (
        SELECT
            CAST(DATE_TRUNC('month', incurred_on) AS DATE) AS month,
            department,
            SUM(amount) AS pay
        FROM core.expenses
        WHERE is_covered_by_rates
        GROUP BY DATE_TRUNC('month', incurred_on), department
    ),
    present AS (
        SELECT month, department FROM supplied
        UNION
        SELECT month, department FROM worked
        UNION
        SELECT month, department FROM paid
    )
SELECT
    present.department,
    COALESCE(supplied.people, 0) AS people,
    CAST(COALESCE(supplied.hours, 0) AS DECIMAL(18, 4)) AS supplied_hours,
    CAST(COALESCE(worked.hours, 0) AS DECIMAL(18, 4)) AS used_hours,
    CAST(
        GREATEST(COALESCE(supplied.hours, 0) - CAST(COALESCE(worked.hours, 0) AS DOUBLE), 0) AS DECIMAL(18, 4)
    ) AS idle_hours,
    CAST(COALESCE(paid.pay, 0) AS DECIMAL(18, 2)) AS pay,
    CAST(COALESCE(worked.labour_charged, 0) AS DECIMAL(18, 2)) AS labour_charged,
    CASE
        WHEN supplied.hours > 0
        AND paid.pay > 0 THEN CAST(CAST(paid.pay AS DOUBLE) / supplied.hours AS DECIMAL(18, 6))
    END AS capacity_rate,
    keeping.department IS NOT NULL AS keeps_hours,
    present.month
FROM
    present
    LEFT JOIN supplied ON supplied.month = present.month AND supplied.department = present.department
    LEFT JOIN worked ON worked.month = present.month AND worked.department = present.department
    LEFT JOIN paid ON paid.month = present.month AND paid.department = present.department
    LEFT JOIN keeping ON keeping.department = present.department

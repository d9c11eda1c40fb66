-- description: The cost ledger of the departments. A line names at most one cost object.
-- grain: [expense_id]
-- columns:
--   amount: In the reporting currency, at the rate of the day or the last one before it; empty where there is none.
--   original_amount: As the source gave it, in its own currency.
--   currency: Currency of original_amount; the reporting currency where the source names none.
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    expenses.expense_id,
    expenses.employee_id,
    expenses.task_id,
    expenses.request_id,
    expenses.contract_id,
    expenses.campaign_id,
    expenses.customer_id,
    expenses.recorded_by,
    expenses.department,
    expenses.category,
    COALESCE(expenses.currency, settings.currency) AS currency,
    expenses.source,
    TRY(
        CAST(
            CAST(expenses.amount AS DECIMAL(20, 2)) * CASE
                WHEN expenses.currency IS NULL
                OR expenses.currency = settings.currency THEN 1
                ELSE currency_days.rate
            END AS DECIMAL(18, 2)
        )
    ) AS amount,
    expenses.amount AS original_amount,
    expenses.incurred_on,
    local_date(expenses.recorded_at) AS recorded_on,
    expenses.recorded_at
FROM
    raw.expenses
    CROSS JOIN policy.settings
    LEFT JOIN staging.currency_days
        ON currency_days.currency = expenses.currency AND currency_days.day = expenses.incurred_on

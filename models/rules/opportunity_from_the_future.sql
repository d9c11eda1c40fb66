-- description: Opportunity opened or closed in the future; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: opportunities
--   role: sales
--   weight: 2
--   words: { en: Opportunity opened or closed in the future, zh: 机会的开始或结束时间在未来 }
--   remedy: { en: Correct the time. Until then it counts in no figure., zh: 更正时间；更正前不计入任何数字。 }
SELECT
    opportunities.opportunity_id AS record_id,
    opportunities.customer_id AS customer_id,
    opportunities.owner_id AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    LEAST(opportunities.opened_on, clock.as_of) AS happened_on,
    opportunities.opened_at > clock.known_at + INTERVAL '1' DAY
    OR COALESCE(opportunities.closed_at > clock.known_at + INTERVAL '1' DAY, FALSE) AS is_fault
FROM
    staging.opportunities
    CROSS JOIN policy.clock
WHERE opportunities.opened_on <= clock.as_of OR opportunities.opened_at > clock.known_at + INTERVAL '1' DAY

-- description: Survey without an answer; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: surveys
--   role: service_desk
--   weight: 1
--   words: { en: Survey without an answer, zh: 满意度调查没有回复 }
--   remedy: { en: 'Ask again, by another channel.', zh: 换一种渠道再次询问。 }
SELECT
    surveys.survey_id AS record_id,
    surveys.customer_id,
    requests.opened_by_id AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    surveys.sent_on AS happened_on,
    surveys.answered_at IS NULL OR surveys.answered_on > clock.as_of AS is_fault
FROM
    staging.surveys
    CROSS JOIN policy.clock
    LEFT JOIN staging.requests ON requests.request_id = surveys.request_id
WHERE surveys.sent_on <= clock.as_of

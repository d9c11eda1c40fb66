-- description: Survey without an answer after 14 days; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: surveys
--   role: service_desk
--   weight: 1
--   lasting: true
--   words: { en: Survey without an answer for 14 days, zh: 满意度调查 14 天未回复 }
--   remedy: { en: 'Ask again soon, by another channel.', zh: 及时换一种渠道再次询问。 }
SELECT
    surveys.survey_id AS record_id,
    surveys.customer_id,
    requests.opened_by_id AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    surveys.sent_on AS happened_on,
    COALESCE(surveys.answered_on > clock.as_of, TRUE)
    AND clock.as_of > surveys.sent_on + INTERVAL '14' DAY AS is_fault
FROM
    staging.surveys
    CROSS JOIN policy.clock
    LEFT JOIN staging.requests ON requests.request_id = surveys.request_id
WHERE surveys.sent_on <= clock.as_of

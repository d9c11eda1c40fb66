-- description: Open opportunity without a move for weeks; one row for each record that was looked at.
-- grain: [record_id]
-- rule:
--   entity: opportunities
--   role: sales
--   weight: 1
--   words: { en: Open opportunity without a move for weeks, zh: 机会长期没有进展 }
--   remedy: { en: 'Move it on, or close it.', zh: 推进该机会，或予以关闭。 }
WITH
    last_moves AS (
        SELECT opportunity_id, MAX(happened_on) AS last_on
        FROM
            staging.opportunity_events
            CROSS JOIN policy.clock
        WHERE happened_on <= as_of
        GROUP BY opportunity_id
    )
SELECT
    opportunities.opportunity_id AS record_id,
    opportunities.customer_id,
    opportunities.owner_id AS employee_id,
    CAST(NULL AS VARCHAR) AS dealer_id,
    opportunities.opened_on AS happened_on,
    DATE_DIFF(
        'day',
        COALESCE(last_moves.last_on, opportunities.opened_on),
        clock.as_of
    ) > settings.stale_opportunity_days AS is_fault
FROM
    staging.opportunities
    CROSS JOIN policy.clock
    CROSS JOIN policy.settings
    LEFT JOIN last_moves ON last_moves.opportunity_id = opportunities.opportunity_id
WHERE
    opportunities.opened_on <= clock.as_of
    AND opportunities.outcome IS NULL
    AND (opportunities.closed_on IS NULL OR opportunities.closed_on > clock.as_of)

-- description: The steps of the funnel that each opportunity reached, with when and what became of it there. A step that was passed over was passed; who was won passed all.
-- grain: [opportunity_id, step]
-- columns:
--   step: lead, qualified, quoted or won, as policy.stages reads the stage.
--   place: 1 for lead to 4 for won.
--   days_in_step: From entering to leaving it; empty while it is there.
--   is_told: A stage before the end is told of the opportunity, so that its steps are known and not only its outcome.
--   is_seen: A history or the record itself tells that it was in this very step, so that what became of it there can be counted.
--   has_moved_on: It reached the next step.
--   has_left: It moved on, or was lost from here.
--   entered_on: The day it reached this step or one beyond it.
--   left_on: The day it moved on or was lost.
-- audits:
--   - unique: [opportunity_id, step]
--   - not_null: [entered_on, is_told, is_seen, has_moved_on, has_left]
--   - rows: has_moved_on AND NOT has_left
--     name: { en: 'who moved on has left', zh: 推进到下一步的机会已离开本步 }
WITH
    told AS (
        SELECT spans.record_id AS opportunity_id, stages.place, MIN(spans.began_on) AS began_on
        FROM
            (
                SELECT record_id, LOWER(TRIM(stage)) AS stage, local_date(began_at) AS began_on
                FROM core.history_spans
                WHERE entity = 'opportunities' AND stage IS NOT NULL
            ) AS spans
            INNER JOIN policy.stages ON stages.stage = spans.stage
        WHERE stages.place < 4
        GROUP BY spans.record_id, stages.place
    ),
    -- What the record itself says today counts where no history has it.
    known AS (
        SELECT opportunity_id, place, began_on, TRUE AS is_told
        FROM told
        UNION ALL
        SELECT
            opportunities.opportunity_id,
            stages.place,
            opportunities.opened_on AS began_on,
            TRUE AS is_told
        FROM
            core.opportunities
            INNER JOIN policy.stages ON stages.stage = LOWER(TRIM(opportunities.stage))
            LEFT JOIN told ON told.opportunity_id = opportunities.opportunity_id AND told.place = stages.place
        WHERE stages.place < 4 AND told.opportunity_id IS NULL
        UNION ALL
        SELECT opportunity_id, 1 AS place, opened_on AS began_on, FALSE AS is_told
        FROM core.opportunities
        UNION ALL
        SELECT opportunity_id, 4 AS place, decided_on AS began_on, FALSE AS is_told
        FROM core.opportunities
        WHERE is_won
    ),
    steps AS (
        SELECT DISTINCT place, step
        FROM policy.stages
        WHERE place < 5
    ),
    reached AS (
        SELECT
            known.opportunity_id,
            steps.place,
            steps.step,
            MIN(known.began_on) AS began_on,
            MAX(
                CASE
                    WHEN known.is_told
                    AND known.place = steps.place THEN 1
                    ELSE 0
                END
            ) = 1 AS is_seen
        FROM
            known
            INNER JOIN steps ON steps.place <= known.place
        GROUP BY known.opportunity_id, steps.place, steps.step
    ),
    tellings AS (
        SELECT
            opportunity_id,
            MAX(
                CASE
                    WHEN is_told THEN 1
                    ELSE 0
                END
            ) = 1 AS is_told
        FROM known
        GROUP BY opportunity_id
    ),
    dated AS (
        SELECT
            reached.opportunity_id,
            reached.step,
            reached.place,
            reached.is_seen,
            LEAST(
                GREATEST(reached.began_on, opportunities.opened_on),
                opportunities.decided_on
            ) AS entered_on,
            opportunities.is_lost,
            opportunities.decided_on,
            tellings.is_told
        FROM
            reached
            INNER JOIN core.opportunities ON opportunities.opportunity_id = reached.opportunity_id
            INNER JOIN tellings ON tellings.opportunity_id = reached.opportunity_id
    ),
    followed AS (
        SELECT
            *,
            LEAD(entered_on) OVER (
                PARTITION BY opportunity_id
                ORDER BY place
            ) AS moved_on
        FROM dated
    )
SELECT
    opportunity_id,
    step,
    place,
    CASE
        WHEN moved_on IS NOT NULL THEN DATE_DIFF('day', entered_on, moved_on)
        WHEN is_lost THEN DATE_DIFF('day', entered_on, decided_on)
    END AS days_in_step,
    is_told,
    is_seen,
    moved_on IS NOT NULL AS has_moved_on,
    moved_on IS NOT NULL OR is_lost AS has_left,
    entered_on,
    CASE
        WHEN moved_on IS NOT NULL THEN moved_on
        WHEN is_lost THEN decided_on
    END AS left_on
FROM followed

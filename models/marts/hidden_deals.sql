-- description: Opportunities of which nothing entered says where they came from and which service may have brought, the likeliest first. Reporting currency.
-- grain: [opportunity_id]
-- columns:
--   lead_id: By what decisions name it.
--   opportunity_name: Name, else the id.
--   outcome: open, won or lost on the business date.
--   trace_kind: The likeliest cause, a visit, a part or a question.
--   trace_id: The task of a visit, the line of a part (service order and line), the request of a question.
--   trace_name: Topic of the request, or name of the part; unknown where there is neither.
--   engineer: Who was there or answered; unknown where nobody is named.
--   has_family: It was about the same product family.
--   days_before: Days from then to the opportunity.
--   traces: Visits, parts and questions in the days looked at (policy).
--   service_chance: Share that service brought of the opportunities whose source is known and which had such a cause so long before. Where there are few of them it leans on those with a like cause.
--   like_cases: Opportunities of known source that it stands on.
--   amount: Value; empty where nobody entered one.
--   decision: confirmed or rejected by sales; open where nobody decided.
--   decided_by: Who decided; empty where nobody did.
-- audits:
--   - unique: [opportunity_id]
--   - not_null: [service_chance, decision]
WITH
    decided AS (
        SELECT lead_id, kind, decided_by
        FROM staging.lead_decisions
        WHERE is_newest AND kind IN ('confirmed', 'rejected')
    ),
    causes AS (
        SELECT
            opportunities.opportunity_id,
            CONCAT('hidden/', opportunities.opportunity_id) AS lead_id,
            traces.trace_kind,
            traces.trace_id,
            traces.request_id,
            traces.employee_id,
            traces.asset_id,
            traces.trace_name,
            COALESCE(traces.has_family, FALSE) AS has_family,
            COALESCE(traces.trace_age, 'none') AS trace_age,
            traces.days_before,
            traces.traced_on,
            decided.kind AS decision,
            decided.decided_by,
            opportunities.has_source OR opportunities.sourced_by NOT IN ('none', 'confirmed') AS is_known,
            CASE
                WHEN opportunities.has_source
                OR opportunities.sourced_by NOT IN ('none', 'confirmed') THEN opportunities.is_service_sourced
                ELSE decided.kind = 'confirmed'
            END AS is_service
        FROM
            core.opportunities
            LEFT JOIN core.opportunity_traces AS traces
                ON traces.opportunity_id = opportunities.opportunity_id AND traces.place = 1
            LEFT JOIN decided ON decided.lead_id = CONCAT('hidden/', opportunities.opportunity_id)
        WHERE opportunities.opportunity_kind != 'renewal'
    ),
    -- Half a case of each kind, so that nothing is certain of nothing.
    alike AS (
        SELECT
            has_family,
            trace_age,
            CAST(COUNT(*) FILTER (WHERE is_service) + 0.5 AS DOUBLE) / CAST(COUNT(*) + 1 AS DOUBLE) AS share
        FROM causes
        WHERE is_service IS NOT NULL
        GROUP BY has_family, trace_age
    ),
    same AS (
        SELECT
            has_family,
            trace_age,
            trace_kind,
            COUNT(*) FILTER (WHERE is_service) AS by_service,
            COUNT(*) AS cases
        FROM causes
        WHERE is_service IS NOT NULL
        GROUP BY has_family, trace_age, trace_kind
    ),
    counted AS (
        SELECT opportunity_id, COUNT(*) AS traces
        FROM core.opportunity_traces
        GROUP BY opportunity_id
    )
SELECT
    causes.lead_id,
    causes.opportunity_id,
    opportunities.customer_id,
    opportunities.customer_name,
    opportunities.customer_kind,
    opportunities.region,
    opportunities.opportunity_name,
    opportunities.opportunity_owner,
    opportunities.outcome,
    causes.trace_kind,
    causes.trace_id,
    causes.request_id,
    causes.asset_id,
    COALESCE(causes.trace_name, 'unknown') AS trace_name,
    COALESCE(employees.employee_name, causes.employee_id, 'unknown') AS engineer,
    COALESCE(causes.decision, 'open') AS decision,
    causes.decided_by,
    causes.days_before,
    counted.traces,
    (CAST(COALESCE(same.by_service, 0) AS DOUBLE) + 5 * COALESCE(alike.share, 0.5)) / (
        CAST(COALESCE(same.cases, 0) AS DOUBLE) + 5
    ) AS service_chance,
    COALESCE(same.cases, 0) AS like_cases,
    opportunities.amount,
    causes.has_family,
    causes.traced_on,
    opportunities.opened_on
FROM
    causes
    INNER JOIN counted ON counted.opportunity_id = causes.opportunity_id
    INNER JOIN marts.opportunities ON opportunities.opportunity_id = causes.opportunity_id
    LEFT JOIN alike ON alike.has_family = causes.has_family AND alike.trace_age = causes.trace_age
    LEFT JOIN same
        ON same.has_family = causes.has_family
        AND same.trace_age = causes.trace_age
        AND same.trace_kind = causes.trace_kind
    LEFT JOIN core.employees ON employees.employee_id = causes.employee_id
WHERE NOT causes.is_known

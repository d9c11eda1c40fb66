-- description: For every request, which contract or warranty covered it, with what was known then and now, and what that means in money.
-- grain: [request_id]
-- columns:
--   claimed_contract_id: The contract the request itself names.
--   contract_id: The contract that covers it as is known now; empty where none does.
--   contract_id_then: The contract that covered it as was known when it was opened.
--   contract_kind: Kind of the contract that covers it; none where none does.
--   contract_verdict: matched, missed (a contract covers it and the request names none), wrong (it names one that does not cover it) or none.
--   reason: Why no contract was found; no_machine (the request names none), no_list (the customer's contracts of that day list no machines), not_listed (they list others), no_contract, or cancelled; empty where one was found.
--   response_kind: What was promised; empty where nothing was.
--   calendar_id: Working calendar of the promise.
--   response_hours: How many hours were promised.
--   covering_contracts: How many contracts cover it as is known now; more than one overlap.
--   charged_amount: Amount of its chargeable parts and labour. Reporting currency.
--   free_value: List value of its parts and labour that were not charged.
--   wrongly_charged_amount: Charged although warranty or the contract includes it.
--   wrongly_free_value: Not charged although neither warranty nor a contract includes it.
--   is_in_warranty: Opened while the warranty of its asset ran, as is known now.
--   was_in_warranty_then: The same, as was known when it was opened.
--   is_labour_included: Warranty or the contract includes labour, so that it is not to be charged.
-- audits:
--   - unique: [request_id]
--   - not_null: [contract_verdict, calendar_id, covering_contracts, is_in_warranty, is_labour_included]
WITH
    asked AS (
        SELECT
            requests.request_id,
            requests.customer_id,
            requests.asset_id,
            requests.contract_id AS claimed_contract_id,
            requests.opened_on,
            requests.opened_at
        FROM
            staging.requests
            CROSS JOIN policy.clock
        WHERE requests.opened_on <= clock.as_of
    ),
    now_found AS (SELECT * FROM core.covers WHERE place = 1 AND is_known_now),
    counted AS (
        SELECT
            request_id,
            COUNT(*) FILTER (WHERE is_known_now) AS covering_contracts,
            MIN(contract_id) FILTER (WHERE was_known_then) AS contract_id_then
        FROM core.covers
        GROUP BY request_id
    ),
    claimed AS (
        SELECT asked.request_id
        FROM
            asked
            INNER JOIN core.covers
                ON covers.request_id = asked.request_id AND covers.contract_id = asked.claimed_contract_id
        WHERE covers.is_known_now
    ),
    listed AS (SELECT contract_id, COUNT(*) AS machines FROM staging.contract_assets GROUP BY contract_id),
    -- The customer's contracts of that day, for the reason why none covers the request.
    of_day AS (
        SELECT
            asked.request_id,
            COUNT(*) FILTER (WHERE NOT contracts.is_cancelled) AS running,
            COUNT(*) FILTER (WHERE NOT contracts.is_cancelled AND listed.machines > 0) AS with_list
        FROM
            asked
            INNER JOIN staging.contracts
                ON contracts.customer_id = asked.customer_id
                AND asked.opened_on BETWEEN contracts.starts_on AND contracts.ends_on
            LEFT JOIN listed ON listed.contract_id = contracts.contract_id
        GROUP BY asked.request_id
    ),
    warranties AS (
        SELECT
            asked.request_id,
            BOOL_OR(versions.known_to IS NULL) AS is_in_warranty,
            MAX(
                CASE
                    WHEN versions.known_to IS NULL THEN COALESCE(versions.warranty_scope, 'default')
                END
            ) AS warranty_scope,
            BOOL_OR(
                versions.known_from <= asked.opened_at AND COALESCE(versions.known_to > asked.opened_at, TRUE)
            ) AS was_in_warranty_then
        FROM
            asked
            INNER JOIN staging.asset_versions AS versions
                ON versions.asset_id = asked.asset_id
                AND asked.opened_on BETWEEN versions.warranty_starts_on AND versions.warranty_ends_on
        GROUP BY asked.request_id
    ),
    -- What warranty or contract of each request include.
    included AS (
        SELECT warranties.request_id, warranted.line_kind
        FROM
            warranties
            INNER JOIN policy.warranty_includes AS warranted
                ON warranted.warranty_scope = CASE
                    WHEN warranties.warranty_scope IN (
                        SELECT warranty_scope FROM policy.warranty_includes
                    ) THEN warranties.warranty_scope
                    WHEN warranties.warranty_scope IS NOT NULL THEN 'default'
                END
        WHERE warranted.line_kind IS NOT NULL
        UNION
        SELECT now_found.request_id, contracted.line_kind
        FROM
            now_found
            INNER JOIN policy.contract_includes AS contracted
                ON contracted.contract_kind = CASE
                    WHEN now_found.contract_kind IN (
                        SELECT contract_kind FROM policy.contract_includes
                    ) THEN now_found.contract_kind
                    WHEN now_found.contract_kind IS NOT NULL THEN 'default'
                END
        WHERE contracted.line_kind IS NOT NULL
    ),
    judged AS (
        SELECT
            lines.request_id,
            lines.is_chargeable,
            CASE
                WHEN lines.is_chargeable THEN COALESCE(lines.revenue, 0)
                ELSE 0
            END AS charged_amount,
            CASE
                WHEN lines.is_chargeable THEN 0
                ELSE COALESCE(lines.list_value, 0)
            END AS free_value,
            included.line_kind IS NOT NULL AS is_included
        FROM
            core.service_lines AS lines
            LEFT JOIN included
                ON included.request_id = lines.request_id AND included.line_kind = lines.line_kind
        WHERE lines.request_id IS NOT NULL
    ),
    money AS (
        SELECT
            request_id,
            SUM(charged_amount) AS charged_amount,
            SUM(free_value) AS free_value,
            SUM(
                CASE
                    WHEN is_included THEN charged_amount
                    ELSE 0
                END
            ) AS wrongly_charged_amount,
            SUM(
                CASE
                    WHEN is_included THEN 0
                    ELSE free_value
                END
            ) AS wrongly_free_value
        FROM judged
        GROUP BY request_id
    )
SELECT
    asked.request_id,
    asked.customer_id,
    asked.asset_id,
    asked.claimed_contract_id,
    now_found.contract_id,
    counted.contract_id_then,
    COALESCE(now_found.contract_kind, 'none') AS contract_kind,
    CASE
        WHEN now_found.contract_id IS NOT NULL
        AND asked.claimed_contract_id IS NULL THEN 'missed'
        WHEN asked.claimed_contract_id IS NOT NULL
        AND claimed.request_id IS NULL THEN 'wrong'
        WHEN now_found.contract_id IS NOT NULL THEN 'matched'
        ELSE 'none'
    END AS contract_verdict,
    CASE
        WHEN now_found.contract_id IS NOT NULL THEN NULL
        WHEN of_day.request_id IS NULL THEN 'no_contract'
        WHEN of_day.running = 0 THEN 'cancelled'
        WHEN asked.asset_id IS NULL THEN 'no_machine'
        WHEN of_day.with_list = 0 THEN 'no_list'
        ELSE 'not_listed'
    END AS reason,
    now_found.response_kind,
    COALESCE(now_found.calendar_id, 'default') AS calendar_id,
    now_found.response_hours,
    COALESCE(counted.covering_contracts, 0) AS covering_contracts,
    CAST(COALESCE(money.charged_amount, 0) AS DECIMAL(18, 2)) AS charged_amount,
    CAST(COALESCE(money.free_value, 0) AS DECIMAL(18, 2)) AS free_value,
    CAST(COALESCE(money.wrongly_charged_amount, 0) AS DECIMAL(18, 2)) AS wrongly_charged_amount,
    CAST(COALESCE(money.wrongly_free_value, 0) AS DECIMAL(18, 2)) AS wrongly_free_value,
    COALESCE(warranties.is_in_warranty, FALSE) AS is_in_warranty,
    COALESCE(warranties.was_in_warranty_then, FALSE) AS was_in_warranty_then,
    labour.request_id IS NOT NULL AS is_labour_included,
    asked.opened_on
FROM
    asked
    LEFT JOIN now_found ON now_found.request_id = asked.request_id
    LEFT JOIN counted ON counted.request_id = asked.request_id
    LEFT JOIN claimed ON claimed.request_id = asked.request_id
    LEFT JOIN of_day ON of_day.request_id = asked.request_id
    LEFT JOIN warranties ON warranties.request_id = asked.request_id
    LEFT JOIN money ON money.request_id = asked.request_id
    LEFT JOIN included AS labour ON labour.request_id = asked.request_id AND labour.line_kind = 'labour'

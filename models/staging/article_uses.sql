-- description: A search of the knowledge base; without an article nothing was found.
-- grain: [use_id]
-- columns:
--   happened_on: The day of at in the company's time zone.
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    article_uses.use_id,
    article_uses.article_id,
    article_uses.request_id,
    article_uses.employee_id,
    article_uses.recorded_by,
    article_uses.source,
    article_uses.solved,
    local_date(article_uses.at) AS happened_on,
    local_date(article_uses.recorded_at) AS recorded_on,
    article_uses.at,
    article_uses.recorded_at
FROM raw.article_uses

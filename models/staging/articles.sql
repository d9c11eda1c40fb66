-- description: Written solutions.
-- grain: [article_id]
-- columns:
--   created_on: The day of created_at in the company's time zone.
--   updated_on: The day of updated_at in the company's time zone.
--   recorded_on: The day of recorded_at in the company's time zone.
SELECT
    articles.article_id,
    articles.author_id,
    articles.recorded_by,
    articles.title,
    articles.topic,
    articles.source,
    local_date(articles.created_at) AS created_on,
    local_date(articles.updated_at) AS updated_on,
    local_date(articles.recorded_at) AS recorded_on,
    articles.created_at,
    articles.updated_at,
    articles.recorded_at
FROM raw.articles

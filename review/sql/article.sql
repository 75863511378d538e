-- What is known of an article? The id of a duplicate leads to the article that stands for the same words.
select a.article_id, a.version_id, a.title, a.byline, a.canonical_url, a.source, a.published_on,
       coalesce(nullif(n.language, 'und'), a.language) as language
from current_articles a
left join current_analyses n on n.article_id = a.article_id
where a.article_id = coalesce(
    (select duplicate_of from articles where article_id = $article_id), $article_id)

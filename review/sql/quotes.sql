-- Who said what, the newest first, within an article in its order?
-- Every parameter may be null.
select q.quote_id, q.text, q.kind, q.speaker, q.speaker_id,
       q.article_id, a.title, a.source, a.published_on,
       coalesce(nullif(n.language, 'und'), a.language) as language
from current_quotes q
join current_analyses n using (analysis_id)
join current_articles a on a.article_id = q.article_id
where ($article_id::varchar is null or q.article_id = $article_id)
  and ($speaker_id::varchar is null or q.speaker_id = $speaker_id)
order by q.published_on desc nulls last, q.article_id, q.start, q.quote_id
limit $limit

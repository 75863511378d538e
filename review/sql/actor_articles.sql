-- Which articles mention an actor, the newest first?
select a.article_id, a.title, a.source, a.published_on, coalesce(nullif(n.language, 'und'), a.language) as language
from current_articles a
join current_analyses n on n.article_id = a.article_id
where a.article_id in (select article_id from current_mentions where actor_id = $actor_id)
order by a.published_on desc nulls last, a.article_id
limit $limit

-- By which other names is an actor called?
select l.alias
from aliases l
join current_analyses c using (analysis_id)
join actor_names n on n.alias_id = l.actor_id
left join actors_of_one_article o on o.alias_id = l.actor_id and o.article_id = l.article_id
where coalesce(n.actor_id, o.actor_id) = $actor_id and l.alias <> coalesce(n.name, n.alias)
union
select alias from actor_aliases where actor_id = $actor_id
order by alias

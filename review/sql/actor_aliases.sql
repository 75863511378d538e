-- By which other names is an actor called?
select distinct l.alias
from aliases l
join current_analyses n using (analysis_id)
join actors a using (actor_id)
where l.actor_id = $actor_id and l.alias <> a.name
order by l.alias

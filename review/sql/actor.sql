-- Who is this person or organisation, and how much is there?
select actor_id, kind, name,
       (select count(distinct article_id) from current_mentions m where m.actor_id = $actor_id) as articles,
       (select count(*) from current_measures where proposer_id = $actor_id) as proposed,
       (select count(*) from current_measures where addressee_id = $actor_id) as asked
from actors
where actor_id = $actor_id
  and actor_id not in (select target_id from dismissed where target_kind in ('person', 'organisation'))

-- Who is in the news, the most mentioned first, and with how many measures?
-- Every parameter may be null. $name: a part of the name, or of another name for the same.
with seen as (
    select actor_id, kind, any_value(name) as name, sum(articles)::bigint as articles, sum(mentions)::bigint as mentions
    from rollup_actors
    where grain = 'month'
    group by actor_id, kind
),
proposing as (
    select proposer_id as actor_id, sum(measures)::bigint as proposed
    from rollup_proposers
    where grain = 'month' and proposer_id is not null
    group by proposer_id
),
asked as (
    select addressee_id as actor_id, count(*) as asked
    from current_measures
    where addressee_id is not null
    group by addressee_id
)
select actor_id, kind, name, articles, coalesce(proposed, 0) as proposed, coalesce(asked, 0) as asked
from seen
left join proposing using (actor_id)
left join asked using (actor_id)
where ($kind::varchar is null or kind = $kind)
  and ($name::varchar is null or contains(lower(name), lower($name)) or actor_id in (
        select n.actor_id from actor_names n where contains(lower(n.alias), lower($name))
        union
        select n.actor_id from aliases l join actor_names n on n.alias_id = l.actor_id
        where contains(lower(l.alias), lower($name))))
order by articles desc, mentions desc, name, actor_id
limit $limit offset coalesce($offset, 0)

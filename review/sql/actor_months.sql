-- In how many articles is an actor, month by month?
select period, articles
from rollup_actors
where grain = 'month' and actor_id = $actor_id and period is not null
order by period

-- Which people are in the news, period by period?
-- $grain: week or month; $since: from the period of this date on
select period, name as person, articles, mentions
from rollup_actors
where kind = 'person' and grain = $grain and period is not null
  and ($since::date is null or period >= date_trunc($grain, $since::date))
order by period, articles desc, mentions desc, person

-- Which topics are the measures about, period by period?
-- $grain: week or month; $since: from the period of this date on. A measure of several topics counts in each.
select period, name as topic, sum(measures)::bigint as measures,
       coalesce(sum(measures) filter (modality = 'decided'), 0)::bigint as decided,
       coalesce(sum(measures) filter (modality = 'rejected'), 0)::bigint as rejected
from rollup_topics
where grain = $grain and period is not null
  and ($since::date is null or period >= date_trunc($grain, $since::date))
group by period, name
order by period, measures desc, topic

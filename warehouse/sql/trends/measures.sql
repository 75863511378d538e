-- How many measures are proposed, demanded, planned, decided and rejected, period by period?
-- $grain: week or month; $since: from the period of this date on
select period, modality, measures, articles
from rollup_measures
where grain = $grain and period is not null
  and ($since::date is null or period >= date_trunc($grain, $since::date))
order by period, measures desc, modality

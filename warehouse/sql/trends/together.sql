-- Which organisations appear together?
-- $grain: week or month; $since: from the period of this date on; without it undated articles count too
select organisation, other_organisation, sum(articles)::bigint as articles
from rollup_together
where grain = $grain
  and ($since::date is null or period >= date_trunc($grain, $since::date))
group by organisation_id, organisation, other_organisation_id, other_organisation
order by articles desc, organisation, other_organisation

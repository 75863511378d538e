-- Which stories were carried most, and by whom?
-- $grain: week or month; $since: from the period of this date on; without it undated stories count too
select story, sources, articles, carried_by
from rollup_reprints
where $since::date is null or date_trunc($grain, first_on) >= date_trunc($grain, $since::date)
order by sources desc, articles desc, story, carried_by

-- Who proposes most?
-- $grain: week or month; $since: from the period of this date on; without it undated articles count too
select any_value(proposer) as proposer, coalesce(min(a.kind), 'unknown') as kind, sum(measures)::bigint as measures,
       coalesce(sum(measures) filter (modality = 'proposed'), 0)::bigint as proposed,
       coalesce(sum(measures) filter (modality = 'demanded'), 0)::bigint as demanded,
       coalesce(sum(measures) filter (modality = 'planned'), 0)::bigint as planned,
       coalesce(sum(measures) filter (modality = 'decided'), 0)::bigint as decided,
       coalesce(sum(measures) filter (modality = 'rejected'), 0)::bigint as rejected
from rollup_proposers p
left join actors a on a.actor_id = p.proposer_id
where grain = $grain
  and ($since::date is null or period >= date_trunc($grain, $since::date))
group by coalesce(proposer_id, proposer)  -- where nobody can tell who that is, one name is one proposer
order by measures desc, proposer, kind

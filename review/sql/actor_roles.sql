-- Which roles has a person, or which people has an organisation, the latest seen first?
select person_id, person, role, organisation, organisation_id, max(published_on) as last_on
from current_roles
where person_id = $actor_id or organisation_id = $actor_id
group by all
order by last_on desc nulls last, person, role
limit $limit

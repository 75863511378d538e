-- Which names did reading find in the articles that count, and in how many?
select o.organisation_id as alias_id, o.name, 'organisation' as kind, count(distinct n.article_id) as articles
from organisations o
left join mentions m on m.actor_id = o.organisation_id
left join current_analyses n on n.analysis_id = m.analysis_id
group by all
union all
select p.person_id, p.name, 'person', count(distinct n.article_id)
from people p
left join mentions m on m.actor_id = p.person_id
left join current_analyses n on n.analysis_id = m.analysis_id
group by all

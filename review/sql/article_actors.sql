-- Who is mentioned in an article, in the order of the text, and in which role?
select m.actor_id, any_value(m.name) as name, m.label as kind,
       any_value(r.role) as role, any_value(r.organisation) as organisation
from current_mentions m
left join current_roles r on r.person_id = m.actor_id and r.article_id = m.article_id
where m.article_id = $article_id and m.actor_id is not null
group by m.actor_id, m.label
order by min(m.start)

-- One story, and who carried it: the main article and its reprints, each under the main one's id.
create view carried_by as
select coalesce(a.duplicate_of, a.article_id) as story_id, a.article_id, a.duplicate_of is null as main,
       a.source_id, coalesce(s.name, a.source_id) as source, a.canonical_url, v.title, v.published_on, a.gone_at
from articles a
join article_versions v using (version_id)
left join sources s on s.source_id = a.source_id;

-- Stories that more than one source carried. A story is of the day on which it was first published.
create table rollup_reprints as
select story_id, min(title) filter (main) as story, min(published_on) as first_on,
       count(distinct source_id) as sources, count(*) as articles,
       string_agg(distinct source, ', ' order by source) as carried_by
from carried_by
where story_id in (select duplicate_of from articles)
group by story_id
having count(distinct source_id) > 1
order by sources desc, story, story_id;

-- What a wording of an article has other than the one before it.
create view article_changes as
select c.article_id, a.canonical_url, v.title, v.collected_at as changed_at, c.place, c.kind, c.before, c.after
from changes c
join articles a using (article_id)
join article_versions v on v.version_id = c.version_id;

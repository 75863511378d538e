-- What people see: the latest analysis of the latest wording of every main article, with the verdicts applied.
-- The tables underneath keep every row.

create view current_articles as
select a.article_id, a.version_id, a.canonical_url, a.source_id, coalesce(s.name, a.source_id) as source,
       v.title, v.byline, v.published_on, v.published_at, v.language, v.section,
       nullif(v.text, '') as text, coalesce(v.is_stub, false) as is_stub
from articles a
join article_versions v using (version_id)
left join sources s on s.source_id = a.source_id
where a.duplicate_of is null;

-- A table, and a narrow one: every view below starts from it.
create table current_analyses as
select analysis_id, article_id, version_id, model, n.language, published_on
from (
    select * from analyses
    qualify row_number() over (partition by version_id order by analysed_at desc, analysis_id) = 1
) n
join (select article_id, version_id from articles where duplicate_of is null) a using (article_id, version_id)
join (select version_id, published_on from article_versions) v using (version_id)
order by published_on, article_id;

create view latest_verdicts as
select * from verdicts
qualify row_number() over (partition by target_kind, target_id order by decided_at desc, verdict_id) = 1;

-- What a person called wrong is not shown, and counts nowhere.
create view dismissed as
select target_kind, target_id from latest_verdicts where verdict = 'wrong';

create view current_mentions as
select n.article_id, n.published_on, m.text, m.label, m.start, m."end", coalesce(a.name, m.name) as name,
       coalesce(a.actor_id, o.actor_id) as actor_id, n.analysis_id
from mentions m
join current_analyses n using (analysis_id)
left join actor_names a on a.alias_id = m.actor_id
left join actors_of_one_article o on o.alias_id = m.actor_id and o.article_id = m.article_id
where m.actor_id is null
   or (m.actor_id not in (select target_id from dismissed where target_kind in ('person', 'organisation'))
       and coalesce(a.actor_id, o.actor_id)
           not in (select target_id from dismissed where target_kind in ('person', 'organisation')));

-- People and organisations alike, in one list: who an actor_id, proposer_id, addressee_id or speaker_id is.
create view actors as
select distinct actor_id, kind, name from actor_names where actor_id is not null
union all
select o.actor_id, a.kind, a.alias from actors_of_one_article o join actor_names a using (alias_id);

-- Names that only one actor has: an article may name its proposer without the model seeing a name there.
create view names_of_one as
select alias as name, any_value(actor_id) as actor_id
from actor_names group by alias having count(*) = 1 and count(actor_id) = 1;

create view current_measures as
select m.measure_id, n.article_id, n.published_on, m.thread_id, m.text, m.start, m."end",
       m.sentence, m.sentence_start, m.sentence_end, m.modality, m.cue,
       m.proposer, coalesce(pa.actor_id, pp.actor_id, p.actor_id) as proposer_id,
       m.addressee, coalesce(da.actor_id, dp.actor_id, d.actor_id) as addressee_id,
       m.topics, m.confidence, n.model, n.analysis_id
from measures m
join current_analyses n using (analysis_id)
left join actor_names pa on pa.alias_id = m.proposer_id
left join actors_of_one_article pp on pp.alias_id = m.proposer_id and pp.article_id = m.article_id
left join names_of_one p on p.name = m.proposer and m.proposer_id is null
left join actor_names da on da.alias_id = m.addressee_id
left join actors_of_one_article dp on dp.alias_id = m.addressee_id and dp.article_id = m.article_id
left join names_of_one d on d.name = m.addressee and m.addressee_id is null
where m.measure_id not in (select target_id from dismissed where target_kind = 'measure');

create view current_quotes as
select q.quote_id, n.article_id, n.published_on, q.text, q.start, q."end", q.kind, q.speaker,
       coalesce(a.actor_id, o.actor_id) as speaker_id, n.analysis_id
from quotes q
join current_analyses n using (analysis_id)
left join actor_names a on a.alias_id = q.speaker_id
left join actors_of_one_article o on o.alias_id = q.speaker_id and o.article_id = q.article_id
where q.quote_id not in (select target_id from dismissed where target_kind = 'quote');

create view current_roles as
select coalesce(a.actor_id, o.actor_id) as person_id, coalesce(a.name, a.alias) as person, r.role,
       r.organisation, coalesce(b.actor_id, bo.actor_id) as organisation_id, n.article_id, n.published_on
from roles r
join current_analyses n using (analysis_id)
join actor_names a on a.alias_id = r.person_id
left join actors_of_one_article o on o.alias_id = r.person_id and o.article_id = r.article_id
left join actor_names b on b.alias_id = r.organisation_id
left join actors_of_one_article bo on bo.alias_id = r.organisation_id and bo.article_id = r.article_id
where r.person_id not in (select target_id from dismissed where target_kind = 'person')
  and coalesce(a.actor_id, o.actor_id) not in (select target_id from dismissed where target_kind = 'person');

-- Where a figure comes from: measure, sentence, article, address, and the model that read it.
create view evidence as
select m.measure_id, m.text, m.modality, m.proposer, m.addressee, m.sentence,
       a.title, a.canonical_url, a.published_on, a.source, m.model
from current_measures m
join current_articles a using (article_id);

-- What sites keep from text and data mining: in which place they said so, when first and last, and when no longer.
create view reservations as
with said as (
    select source_id, url, fetched_at, reserved_by, reservation
    from fetches
    where reserved_by is not null or outcome in ('saved', 'duplicate') or (outcome = 'unchanged' and status_code = 200)
)
select source_id, url, arg_max(reserved_by, fetched_at) filter (reserved_by is not null) as reserved_by,
       arg_max(reservation, fetched_at) filter (reserved_by is not null) as reservation,
       min(fetched_at) filter (reserved_by is not null) as first_said_at,
       max(fetched_at) filter (reserved_by is not null) as last_said_at,
       if(max(fetched_at) > last_said_at, max(fetched_at), null) as lifted_at
from said
group by source_id, url
having bool_or(reserved_by is not null);

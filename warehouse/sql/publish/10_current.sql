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
select n.article_id, n.published_on, m.text, m.label, m.start, m."end", m.name, m.actor_id, n.analysis_id
from mentions m
join current_analyses n using (analysis_id)
where m.actor_id is null
   or m.actor_id not in (select target_id from dismissed where target_kind in ('person', 'organisation'));

-- People and organisations alike, in one list: who an actor_id, proposer_id, addressee_id or speaker_id is.
create view actors as
select person_id as actor_id, 'person' as kind, name from people
union all
select organisation_id, 'organisation', name from organisations;

-- Names that only one actor has: an article may name its proposer without the model seeing a name there.
create view names_of_one as
select name, any_value(actor_id) as actor_id from actors group by name having count(*) = 1;

create view current_measures as
select m.measure_id, n.article_id, n.published_on, m.thread_id, m.text, m.start, m."end",
       m.sentence, m.sentence_start, m.sentence_end, m.modality, m.cue,
       m.proposer, coalesce(m.proposer_id, p.actor_id) as proposer_id,
       m.addressee, coalesce(m.addressee_id, d.actor_id) as addressee_id,
       m.topics, m.confidence, n.model, n.analysis_id
from measures m
join current_analyses n using (analysis_id)
left join names_of_one p on p.name = m.proposer
left join names_of_one d on d.name = m.addressee
where m.measure_id not in (select target_id from dismissed where target_kind = 'measure');

create view current_quotes as
select q.quote_id, n.article_id, n.published_on, q.text, q.start, q."end", q.kind, q.speaker, q.speaker_id, n.analysis_id
from quotes q
join current_analyses n using (analysis_id)
where q.quote_id not in (select target_id from dismissed where target_kind = 'quote');

create view current_roles as
select r.person_id, p.name as person, r.role, r.organisation, r.organisation_id, n.article_id, n.published_on
from roles r
join current_analyses n using (analysis_id)
join people p using (person_id)
where r.person_id not in (select target_id from dismissed where target_kind = 'person');

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

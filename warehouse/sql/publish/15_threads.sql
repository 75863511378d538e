-- The same measure across articles. Until here measures.thread_id says which have the same words; thread_members, made
-- from what people see, says which of those are one thread.

update measures set thread_id = n.thread_id
from thread_members n
where n.wording_id = measures.thread_id and n.modality = measures.modality and n.proposer = measures.proposer
  and n.thread_id <> measures.thread_id;

-- text: of the earliest measure. course: how firmly it was said in the order of the days, each change once, as in
-- ['proposed', 'planned', 'decided']; modality: where it ends.
create table threads_made as
with said as (
    select m.*, a.source_id, m.topics[1] as topic,
           list_position(['proposed', 'demanded', 'planned', 'decided', 'rejected'], m.modality) as firmness
    from current_measures m join current_articles a using (article_id)
), steps as (
    select *, lag(modality) over (partition by thread_id order by published_on nulls last, firmness, measure_id) as before
    from said
)
select thread_id, first(text order by published_on nulls last, measure_id) as text,
       mode(topic order by topic) as topic,
       count(distinct article_id) as articles, count(distinct source_id) as sources, count(*) as measures,
       min(published_on) as first_on, max(published_on) as last_on,
       coalesce(list(distinct proposer order by proposer) filter (proposer <> ''), []) as proposers,
       coalesce(list(distinct addressee order by addressee) filter (addressee <> ''), []) as addressees,
       list(modality order by published_on nulls last, firmness, measure_id)
           filter (modality is distinct from before) as course,
       last(modality order by published_on nulls last, firmness, measure_id) as modality
from steps
group by thread_id;

-- Measures that nobody sees (of older readings, or called wrong) keep a row, and count nothing.
insert into threads_made (thread_id, text, articles, sources, measures)
select thread_id, any_value(lower(text) order by lower(text)), 0, 0, 0 from measures
where thread_id not in (select thread_id from threads_made) group by thread_id;

drop table measure_threads;
alter table threads_made rename to measure_threads;

create view threads as select * from measure_threads where articles > 0;

-- Measures by topic. A measure of several topics counts in each of them.

-- place: 1 is the surest topic of the measure.
create view current_topics as
select measure_id, article_id, published_on, modality, u.topic, coalesce(t.nb, u.topic) as name, u.place
from (
    select measure_id, article_id, published_on, modality,
           unnest(topics) as topic, generate_subscripts(topics, 1) as place
    from current_measures
) u
left join topics t on t.topic = u.topic;

create table rollup_topics as
select grain, date_trunc(grain, published_on)::date as period, topic, any_value(name) as name, modality,
       count(*) as measures, count(distinct article_id) as articles
from current_topics, grains
group by grain, period, topic, modality
order by all;

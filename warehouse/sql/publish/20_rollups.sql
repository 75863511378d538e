-- Counts by week (its Monday) and month (its first day): at a million articles a question over these answers in
-- milliseconds, over the rows themselves in many seconds. Undated articles have the period null.

create view grains as select unnest(['week', 'month']) as grain;

create table rollup_actors as
select grain, date_trunc(grain, published_on)::date as period, label as kind, actor_id, any_value(name) as name,
       count(distinct article_id) as articles, count(*) as mentions
from current_mentions, grains
where actor_id is not null
group by all
order by grain, kind, period, actor_id;

create table rollup_measures as
select grain, date_trunc(grain, published_on)::date as period, modality,
       count(*) as measures, count(distinct article_id) as articles
from current_measures, grains
group by all
order by all;

create table rollup_proposers as
select grain, date_trunc(grain, published_on)::date as period, coalesce(a.name, proposer) as proposer, proposer_id,
       modality, count(*) as measures
from current_measures left join actors a on a.actor_id = proposer_id, grains
where proposer <> ''
group by all
order by all;

create table rollup_together as
with met as (
    select distinct article_id, published_on, actor_id, name
    from current_mentions where label = 'organisation' and actor_id is not null
)
select grain, date_trunc(grain, one.published_on)::date as period,
       one.actor_id as organisation_id, one.name as organisation,
       other.actor_id as other_organisation_id, other.name as other_organisation, count(*) as articles
from met one
join met other on one.article_id = other.article_id and one.name < other.name, grains
group by all
order by all;

-- What each source was expected to bring, by its own rhythm, and what came. An article without a date counts on the day
-- on which it was first seen. Every source that led to an article has it, not only the one it is kept under.

create view articles_by_source_and_day as
select d.source_id, coalesce(v.published_on, a.first_seen_at::date) as day, count(distinct d.article_id) as articles,
       count(distinct d.article_id) filter (v.is_stub) as stubs
from addresses d
join articles a using (article_id)
join article_versions v using (version_id)
group by all;

-- How long a source is usually silent: nine of ten gaps between its days of publication are no longer. From the half
-- year before its latest article, where that has at least eight such days; else nobody can tell.
create view source_rhythm as
with days as (
    select source_id, day, day - lag(day) over (partition by source_id order by day) as gap_days,
           max(day) over (partition by source_id) as last_on
    from articles_by_source_and_day
)
select source_id, any_value(last_on) as last_on, quantile_disc(gap_days, 0.9) as usual_gap_days
from days where day > last_on - 183 and gap_days is not null
group by source_id having count(*) >= 7;

create view fetches_by_source_and_day as
with counted as (
    select source_id, fetched_at::date as day, outcome, coalesce(reason, '') as reason, count(*) as pages
    from fetches group by all
)
select source_id, day,
       sum(pages) as found,
       sum(pages) filter (outcome = 'saved') as saved,
       sum(pages) filter (outcome = 'unchanged') as unchanged,
       sum(pages) filter (outcome = 'duplicate') as duplicate,
       sum(pages) filter (outcome = 'skipped') as skipped,
       sum(pages) filter (outcome = 'failed') as failed,
       map_from_entries(list((reason, pages) order by reason) filter (reason <> '')) as why
from (select source_id, day, outcome, reason, sum(pages)::bigint as pages from counted group by all)
group by source_id, day;

-- The last 90 days. expected: what came on the same weekday, on average of the eight weeks before (null before there are
-- eight). came: articles of that day; stubs: those among them that are open in part only. stale: silent by then for more than three times the usual gap.
create view completeness as
with span as (
    select source_id, min(day) as first_on from articles_by_source_and_day group by source_id
), today as (
    select greatest(max(started_at)::date, (select max(day) from articles_by_source_and_day)) as day from runs
), calendar as (
    select source_id, unnest(generate_series(greatest(first_on, today.day - 146), today.day, interval 1 day))::date as day
    from span, today
), counted as (
    select c.source_id, c.day, coalesce(n.articles, 0) as came, coalesce(n.stubs, 0) as stubs,
           max(n.day) over (partition by c.source_id order by c.day) as latest_on
    from calendar c left join articles_by_source_and_day n on n.source_id = c.source_id and n.day = c.day
), expected as (
    select *, if(count(*) over before = 8, round(avg(came) over before, 1), null) as expected
    from counted
    window before as (
        partition by source_id, dayofweek(day) order by day rows between 8 preceding and 1 preceding
    )
)
select e.source_id, coalesce(s.name, e.source_id) as source, e.day, e.expected, e.came, e.stubs,
       coalesce(e.day - e.latest_on > 3 * greatest(r.usual_gap_days, 1), false) as stale,
       f.found, f.saved, f.unchanged, f.duplicate, f.skipped, f.failed, f.why
from expected e
left join sources s using (source_id)
left join source_rhythm r using (source_id)
left join fetches_by_source_and_day f on f.source_id = e.source_id and f.day = e.day
where e.day > (select day from today) - 90
order by e.source_id, e.day;

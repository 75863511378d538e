-- What is in this generation, and when it was published?
select (select count(*) from current_articles) as articles,
       (select count(*) from current_measures) as measures,
       (select count(distinct actor_id) from rollup_actors where kind = 'person') as people,
       (select count(distinct actor_id) from rollup_actors where kind = 'organisation') as organisations,
       (select count(distinct source_id) from current_articles) as sources,
       (select min(published_on) from current_articles) as first_day,
       (select max(published_on) from current_articles) as last_day,
       (select max(published_at) from generation) as published_at

-- At which other addresses does the same story stand?
select d.canonical_url, coalesce(s.name, d.source_id) as source
from articles d
left join sources s on s.source_id = d.source_id
where d.duplicate_of = $article_id
order by source, d.canonical_url

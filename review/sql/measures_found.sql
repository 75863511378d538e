-- Which measures pass a filter, the newest first?
-- Every parameter may be null. $words: all of them in the sentence or the title; $proposer: a part of the name.
-- Only their ids: what a page shows of them is fetched for those alone, which with 80,000 measures takes a fifth.
select m.measure_id
from current_measures m
left join current_articles a on $words::varchar[] is not null and a.article_id = m.article_id
where ($article_id::varchar is null or m.article_id = $article_id)
  and ($proposer_id::varchar is null or m.proposer_id = $proposer_id)
  and ($addressee_id::varchar is null or m.addressee_id = $addressee_id)
  and ($modality::varchar is null or m.modality = $modality)
  and ($topic::varchar is null
       or list_contains(m.topics, coalesce((select any_value(topic) from topics where nb = $topic), $topic)))
  and ($proposer::varchar is null or contains(lower(m.proposer), lower($proposer)))
  and ($proposer_exactly::varchar is null or m.proposer = $proposer_exactly
       or m.proposer_id in (select actor_id from names_of_one where name = $proposer_exactly))
  and ($since::date is null or m.published_on >= $since)
  and ($until::date is null or m.published_on <= $until)
  and ($words::varchar[] is null or list_bool_and(
        list_transform($words::varchar[], lambda word: contains(lower(m.sentence || ' ' || a.title), lower(word)))))
order by m.published_on desc nulls last, m.article_id, m.start, m.measure_id
limit $limit offset coalesce($offset, 0)

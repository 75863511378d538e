-- Which measures are there, the newest first, each with its evidence and its article?
-- Every parameter may be null. $words: all of them in the sentence or the title; $proposer: a part of the name.
select m.measure_id, m.text, m.start, m."end", m.sentence, m.sentence_start, m.modality, m.cue, m.topics,
       m.proposer, m.proposer_id, m.addressee, m.addressee_id, m.confidence, m.model,
       m.article_id, a.version_id, a.title, a.canonical_url, a.source, a.published_on,
       coalesce(nullif(n.language, 'und'), a.language) as language
from current_measures m
join current_analyses n using (analysis_id)
join current_articles a on a.article_id = m.article_id
where ($measure_id::varchar is null or m.measure_id = $measure_id)
  and ($article_id::varchar is null or m.article_id = $article_id)
  and ($proposer_id::varchar is null or m.proposer_id = $proposer_id)
  and ($addressee_id::varchar is null or m.addressee_id = $addressee_id)
  and ($modality::varchar is null or m.modality = $modality)
  and ($proposer::varchar is null or contains(lower(m.proposer), lower($proposer)))
  and ($proposer_exactly::varchar is null or m.proposer = $proposer_exactly)
  and ($since::date is null or m.published_on >= $since)
  and ($until::date is null or m.published_on <= $until)
  and ($words::varchar[] is null or list_bool_and(
        list_transform($words::varchar[], lambda word: contains(lower(m.sentence || ' ' || a.title), lower(word)))))
order by m.published_on desc nulls last, m.article_id, m.start, m.measure_id
limit $limit offset coalesce($offset, 0)

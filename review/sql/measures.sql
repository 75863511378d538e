-- What is known of these measures, the newest first, each with its evidence and its article?
-- $measure_ids: which
select m.measure_id, m.text, m.start, m."end", m.sentence, m.sentence_start, m.modality, m.cue,
       list_transform(m.topics, lambda one: coalesce(name_of[one], one)) as topics,
       m.proposer, m.proposer_id, m.addressee, m.addressee_id, m.confidence, m.model,
       m.article_id, a.version_id, a.title, a.canonical_url, a.source, a.published_on,
       coalesce(nullif(n.language, 'und'), a.language) as language
from current_measures m
join current_analyses n using (analysis_id)
cross join (select map(list(topic), list(nb)) as name_of from topics)
join current_articles a on a.article_id = m.article_id
where list_contains($measure_ids::varchar[], m.measure_id)
order by m.published_on desc nulls last, m.article_id, m.start, m.measure_id

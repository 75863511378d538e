-- Proposed measures with their evidence, and what people decided about what the machine read.

-- key: analysis_id, measure_id. measure_id is made of article, sentence text and place in the sentence, so that
-- another model, or the next wording of the article, names the same measure alike.
create table measures (
    measure_id varchar not null,
    analysis_id varchar not null,
    article_id varchar not null,
    thread_id varchar not null,
    text varchar not null,
    start integer not null,
    "end" integer not null,
    sentence varchar not null,
    sentence_start integer not null,
    sentence_end integer not null,
    modality varchar not null,
    cue varchar not null,
    proposer varchar not null,
    proposer_id varchar,
    addressee varchar not null,
    addressee_id varchar,
    topics varchar[] not null,
    confidence double not null
);

-- key: thread_id. The same measure across articles; for now, the same words with case and punctuation folded.
create table measure_threads (
    thread_id varchar not null,
    text varchar not null
);

-- key: verdict_id. A projection of the reviewers' journal: rows are added, the latest on a target counts.
create table verdicts (
    verdict_id varchar not null,
    target_kind varchar not null,
    target_id varchar not null,
    verdict varchar not null,
    value varchar,
    reviewer varchar not null,
    note varchar,
    decided_at timestamptz not null
);

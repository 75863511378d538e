-- Articles, their wordings, and the addresses at which they were met.

-- key: article_id. version_id is the wording last read; duplicate_of the article that stands for the same words.
-- source_id and url are the first in the alphabet of those that led to it, whichever came first in time.
create table articles (
    article_id varchar not null,
    source_id varchar not null,
    canonical_url varchar not null,
    url varchar not null,
    version_id varchar not null,
    duplicate_of varchar,
    first_seen_at timestamptz not null,
    fetched_at timestamptz not null
);

-- key: version_id
create table article_versions (
    version_id varchar not null,
    article_id varchar not null,
    fingerprint varchar not null,
    title varchar not null,
    byline varchar[] not null,
    published_on date,
    published_at timestamptz,
    published_from varchar,
    modified_at timestamptz,
    language varchar,
    section varchar,
    text varchar not null,
    blocks struct(kind varchar, text varchar)[] not null,
    collected_at timestamptz not null
);

-- key: url, source_id. What is remembered of an address: its article, or the reason why it has none.
create table addresses (
    url varchar not null,
    source_id varchar not null,
    article_id varchar,
    reason varchar,
    first_seen_at timestamptz not null,
    fetched_at timestamptz not null
);

-- One story once: which texts are nearly the same, what changed in an article, where it has moved, whether it is gone.

-- key: fingerprint. bands are what near texts probably share (warehouse/signatures.py); empty for very short texts.
create table signatures (
    fingerprint varchar not null,
    bands bigint[] not null
);

-- key: fingerprint, other_fingerprint, the smaller one first. similarity is the share of three-word runs in common.
create table near_texts (
    fingerprint varchar not null,
    other_fingerprint varchar not null,
    similarity double not null
);

-- key: version_id, place. What a wording has other than the one before it; kind is added, removed or changed.
create table changes (
    article_id varchar not null,
    version_id varchar not null,
    before_version_id varchar not null,
    place integer not null,
    kind varchar not null,
    before varchar,
    after varchar
);

-- key: url. A canonical address whose article was known before under another one, on which its identity rests.
create table moves (
    url varchar not null,
    known_as varchar not null
);

-- When a page was first found taken down (HTTP 404 or 410); null again when it is back.
alter table articles add column gone_at timestamptz;

-- What to ask a page against when it is looked at again.
alter table addresses add column etag varchar;
alter table addresses add column last_modified varchar;

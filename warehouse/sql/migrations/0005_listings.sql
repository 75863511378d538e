-- The state of feeds and sitemaps whose items were all dealt with: what to ask them against next time.

-- key: url
create table listings (
    source_id varchar not null,
    url varchar not null,
    etag varchar,
    last_modified varchar,
    content_hash varchar not null,
    fetched_at timestamptz not null
);

-- How far walks back in time have come: the pages of a feed's archive and the sitemaps whose items were all dealt with.

-- key: source_id, url. page is the number of a feed's page, null for a sitemap. since: older items
-- were left out, null if there were none. is_last: the archive ends here.
create table backfills (
    source_id varchar not null,
    url varchar not null,
    page integer,
    since date,
    newest_on date,
    is_last boolean not null,
    walked_at timestamptz not null
);

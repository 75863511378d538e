-- What sites reserve, which articles are open in part only, and how often a source is asked.

-- Where a site said that this page is kept from text and data mining, in whose words; null where it said no such thing.
-- With fetched_at that is a record of every page at the moment of fetching, and a later change of mind is a later row.
alter table fetches add column reserved_by varchar;
alter table fetches add column reservation varchar;

-- Whether this wording is only the open part of an article for subscribers; null for what was kept before we looked.
alter table article_versions add column is_stub boolean;

-- key: source_id. How a source was last asked, and when its time comes again.
create table polls (
    source_id varchar not null,
    polled_at timestamptz not null,
    nothing_new integer not null,
    due_at timestamptz not null
);

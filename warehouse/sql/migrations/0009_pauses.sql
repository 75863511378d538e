-- Sources that fail now: since when, how often in a row, and when to ask them again.

-- key: source_id. There is a row only as long as the source fails.
create table pauses (
    source_id varchar not null,
    failures integer not null,
    reason varchar,
    failed_at timestamptz not null,
    ask_after timestamptz not null
);

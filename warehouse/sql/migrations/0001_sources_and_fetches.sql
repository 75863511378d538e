-- Where articles come from, and what became of every address that was tried.
-- No keys, checks or indexes here or in any later migration: DuckLake knows none. Keys are the loader's promise.

-- key: source_id
create table sources (
    source_id varchar not null,
    name varchar not null,
    kind varchar not null,
    url varchar,
    path varchar,
    "group" varchar,
    verified boolean not null,
    enabled boolean not null
);

-- key: run_id; status is running until the run ends, interrupted when it never came to that; report is JSON
create table runs (
    run_id varchar not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    status varchar not null,
    report varchar
);

-- key: run_id, source_id, url
create table fetches (
    run_id varchar not null,
    source_id varchar not null,
    url varchar not null,
    outcome varchar not null,
    reason varchar,
    status_code integer,
    fetched_at timestamptz not null
);

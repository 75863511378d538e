-- What is never kept again, known only by keyed hashes (the key is a file beside the warehouse), and what was emptied.

-- key: subject. A request to forget somebody or something; subject is a keyed hash, of a source its id.
-- finished_at is null until the file is rewritten and every older published copy is gone.
create table forgettings (
    subject varchar not null,
    kind varchar not null,
    asked_at timestamptz not null,
    finished_at timestamptz
);

-- key: hash, subject. scope: everywhere (a whole name), article (a part of it, which means the person only in an
-- article that also has the whole name), url. words: how many words the name has.
create table forgotten (
    hash varchar not null,
    subject varchar not null,
    scope varchar not null,
    words integer not null
);

-- key: version_id. Wordings whose text was emptied when the retention period had passed.
create table emptied_texts (
    version_id varchar not null,
    emptied_at timestamptz not null
);

-- The topics that measures are given, with their names; measures.topics holds the ids, the surest first.

-- key: topic
create table topics (
    topic varchar not null,
    nb varchar not null,
    nn varchar not null,
    en varchar not null
);

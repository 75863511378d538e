-- What a model read in a wording of an article. Offsets are characters into article_versions.text.

-- key: analysis_id (version and model)
create table analyses (
    analysis_id varchar not null,
    version_id varchar not null,
    article_id varchar not null,
    model varchar not null,
    language varchar not null,
    run_id varchar not null,
    analysed_at timestamptz not null
);

-- key: analysis_id, start, end, label. actor_id: a person or an organisation.
create table mentions (
    analysis_id varchar not null,
    article_id varchar not null,
    text varchar not null,
    label varchar not null,
    start integer not null,
    "end" integer not null,
    name varchar not null,
    actor_id varchar
);

-- key: person_id, which is made of the name
create table people (
    person_id varchar not null,
    name varchar not null
);

-- key: organisation_id, which is made of the name
create table organisations (
    organisation_id varchar not null,
    name varchar not null
);

-- key: analysis_id, actor_id, alias
create table aliases (
    analysis_id varchar not null,
    article_id varchar not null,
    actor_id varchar not null,
    alias varchar not null
);

-- key: analysis_id, person_id, role, organisation. organisation is as the text names it.
create table roles (
    analysis_id varchar not null,
    article_id varchar not null,
    person_id varchar not null,
    role varchar,
    organisation varchar,
    organisation_id varchar
);

-- key: analysis_id, quote_id
create table quotes (
    quote_id varchar not null,
    analysis_id varchar not null,
    article_id varchar not null,
    text varchar not null,
    start integer not null,
    "end" integer not null,
    kind varchar not null,
    speaker varchar not null,
    speaker_id varchar
);

-- Who is who across articles. Filled when the copy is made, from what it holds: nothing of it is kept in the warehouse.

-- key: alias_id. What every name means: actor_id is the actor under whose name it is counted, null where the name means
-- somebody in its own article only ("direktoratet", a surname alone). rule, score and because say why.
create table actor_names (
    alias_id varchar not null,
    alias varchar not null,
    kind varchar not null,
    actor_id varchar,
    name varchar,
    articles bigint not null,
    rule varchar not null,
    score double not null,
    because varchar not null
);

-- key: alias_id, article_id. The actors that have a name in their own article only.
create table actors_of_one_article (
    alias_id varchar not null,
    article_id varchar not null,
    actor_id varchar not null
);

-- key: actor_id. What the registers say of a body.
create table register (
    actor_id varchar not null,
    name varchar not null,
    kind varchar not null,
    parent_id varchar,
    source varchar not null,
    own boolean not null
);

-- Why a name is counted as another one's: where it says so, and how sure that is.
create view actor_aliases as
select actor_id, kind, name, alias, articles, rule, score, because from actor_names
where actor_id is not null and articles > 0 and alias <> name
order by name, alias;

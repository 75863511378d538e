"""Who is who across articles: in a published copy every name gets the actor that it means, with the reason.

It is worked out anew for each copy from what the copy holds and the registers. So the order of loading cannot matter,
and who was forgotten is in none of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import duckdb

from corpus.article import content_id
from warehouse.bulk import insert
from warehouse.matching import Match, Seen
from warehouse.migrations import SQL
from warehouse.readings import organisation_id, person_id
from warehouse.register import Body
from warehouse.rows import Row
from warehouse.same_body import ABBREVIATION, Introduced, match_bodies
from warehouse.same_person import Evidence, match_people

RULES = "1"
"""Count this up when a rule changes, so that the next publish matches anew."""

_INTRODUCED = """
    select l.alias, o.name, min(a.canonical_url)
    from aliases l
    join current_analyses n using (analysis_id)
    join organisations o on o.organisation_id = l.actor_id
    join articles a on a.article_id = n.article_id
    where l.alias <> o.name and length(l.alias) <= 10 group by all
"""
_TOGETHER = """
    select p.name, l.alias, min(a.canonical_url)
    from aliases l
    join current_analyses n using (analysis_id)
    join people p on p.person_id = l.actor_id
    join articles a on a.article_id = n.article_id
    where l.alias <> p.name and contains(l.alias, ' ') group by all
"""
_ROLES = """
    select distinct p.name, r.organisation
    from roles r join current_analyses n using (analysis_id) join people p using (person_id)
    where r.organisation is not null
"""
_PLACES = "select distinct name from mentions where label = 'place' and name in (select name from organisations)"
_OF_ONE_ARTICLE = """
    with parts as (select alias_id from actor_names where actor_id is null)
    select actor_id as alias_id, article_id from mentions where actor_id in (from parts)
    union select speaker_id, article_id from quotes where speaker_id in (from parts)
    union select proposer_id, article_id from measures where proposer_id in (from parts)
    union select addressee_id, article_id from measures where addressee_id in (from parts)
    union select person_id, article_id from roles where person_id in (from parts)
    union select organisation_id, article_id from roles where organisation_id in (from parts)
"""


def match_actors(con: duckdb.DuckDBPyConnection, register: Sequence[Body]) -> None:
    """Fill a copy's tables of who is who (``05_actors.sql``); within its transaction."""
    names: dict[str, dict[str, int]] = {"organisation": {}, "person": {}}
    for _, name, kind, articles in con.execute((SQL / "actor_names.sql").read_text(encoding="utf-8")).fetchall():
        names[kind][name] = articles
    bodies = match_bodies(
        _seen(names["organisation"]),
        register,
        [
            Introduced(short=short, full=full, where=where)
            for short, full, where in con.execute(_INTRODUCED).fetchall()
            if ABBREVIATION.match(short)
        ],
        {name for (name,) in con.execute(_PLACES).fetchall()},
    )
    meant = {match.name: match.canonical for match in bodies}
    organisations: dict[str, set[str]] = defaultdict(set)
    for person, organisation in con.execute(_ROLES).fetchall():
        if canonical := meant.get(organisation, organisation):
            organisations[person].add(canonical)
    people = match_people(
        _seen(names["person"]),
        Evidence(
            organisations={person: frozenset(found) for person, found in organisations.items()},
            together={(name, other): where for name, other, where in con.execute(_TOGETHER).fetchall()},
        ),
    )
    insert(con, "actor_names", [_row("organisation", match, names["organisation"]) for match in bodies])
    insert(con, "actor_names", [_row("person", match, names["person"]) for match in people])
    insert(
        con,
        "actors_of_one_article",
        [
            {"alias_id": alias_id, "article_id": article_id, "actor_id": content_id("actor", alias_id, article_id)}
            for alias_id, article_id in con.execute(_OF_ONE_ARTICLE).fetchall()
        ],
    )
    insert(con, "register", [_register_row(body, meant) for body in register])


def _seen(names: dict[str, int]) -> Iterable[Seen]:
    return (Seen(name=name, articles=articles) for name, articles in names.items())


def _actor_id(kind: str, name: str) -> str:
    return person_id(name) if kind == "person" else organisation_id(name)


def _row(kind: str, match: Match, articles: dict[str, int]) -> Row:
    return {
        "alias_id": _actor_id(kind, match.name),
        "alias": match.name,
        "kind": kind,
        "actor_id": _actor_id(kind, match.canonical) if match.canonical else None,
        "name": match.canonical or None,
        "articles": articles.get(match.name, 0),
        "rule": match.rule,
        "score": match.score,
        "because": match.because,
    }


def _register_row(body: Body, meant: dict[str, str]) -> Row:
    return {
        "actor_id": organisation_id(meant.get(body.name) or body.name),
        "name": body.name,
        "kind": body.kind,
        "parent_id": organisation_id(meant.get(body.parent) or body.parent) if body.parent else None,
        "source": body.source,
        "own": body.own,
    }

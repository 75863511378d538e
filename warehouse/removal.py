"""Taking rows out of the tables: readings with whom only they knew, articles with everything that hangs on them."""

# ruff: noqa: S608 (names of tables and columns are our own; values are parameters)

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import duckdb

from warehouse.bulk import delete
from warehouse.names import Hashing
from warehouse.near_texts import drop_unused
from warehouse.readings import OF_ONE_ANALYSIS
from warehouse.suppression import forgotten_url


def drop_analyses(con: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> None:
    """Remove readings, and the people, bodies and threads that no other reading knows."""
    if not ids:
        return
    people = (
        _of(con, "actor_id", "mentions", ids)
        | _of(con, "person_id", "roles", ids)
        | _of(con, "actor_id", "aliases", ids)
    )
    threads = _of(con, "thread_id", "measures", ids)
    for table in ("analyses", *OF_ONE_ANALYSIS):
        delete(con, table, "analysis_id", ids)
    used = (
        "select actor_id from mentions where actor_id is not null union select person_id from roles "
        "union select actor_id from aliases union select speaker_id from quotes where speaker_id is not null "
        "union select organisation_id from roles where organisation_id is not null "
        "union select proposer_id from measures where proposer_id is not null "
        "union select addressee_id from measures where addressee_id is not null"
    )
    for table, key, candidates, users in (
        ("people", "person_id", people, used),
        ("organisations", "organisation_id", people, used),
        ("measure_threads", "thread_id", threads, "select thread_id from measures"),
    ):
        con.execute(
            f"delete from {table} where {key} in (select unnest($1::varchar[])) and {key} not in ({users})",
            [list(candidates)],
        )


def _of(con: duckdb.DuckDBPyConnection, key: str, table: str, ids: Sequence[str]) -> set[str]:
    rows = column(
        con,
        f"select distinct {key} from {table} where analysis_id in (select unnest($1::varchar[]))",
        ids,
    )
    return {row for row in rows if row is not None}


def remove_articles(
    con: duckdb.DuckDBPyConnection, hashing: Hashing, articles: Sequence[str], urls: Collection[str]
) -> Counter[str]:
    """Remove articles from every table; of their addresses hashes are left where the counts of runs need a row."""
    analyses = column(
        con, "select analysis_id from analyses where article_id in (select unnest($1::varchar[]))", articles
    )
    gone = Counter(
        articles=len(articles),
        versions=number(con, "article_versions where article_id in (select unnest($1::varchar[]))", articles),
        addresses=len(urls),
        readings=len(analyses),
        measures=number(con, "measures where article_id in (select unnest($1::varchar[]))", articles),
    )
    targets = "select measure_id from measures where article_id in (select unnest($1::varchar[]))"
    con.execute(f"delete from verdicts where target_id in ({targets})", [list(articles)])
    drop_analyses(con, analyses)
    con.execute(
        "update articles set duplicate_of = null where duplicate_of in (select unnest($1::varchar[]))", [list(articles)]
    )
    for table in tables_with(con, "article_id"):
        delete(con, table, "article_id", list(articles))
    for table in tables_with(con, "url", but=("fetches", "sources", "articles")):
        delete(con, table, "url", list(urls))
    delete(con, "moves", "known_as", list(urls))
    drop_unused(con)
    for url in urls:
        con.execute("update fetches set url = ? where url = ?", [forgotten_url(hashing, url), url])
    return gone


def addresses_of(con: duckdb.DuckDBPyConnection, articles: Collection[str]) -> list[str]:
    """Every address under which these articles are known."""
    return column(
        con,
        "select url from addresses where article_id in (select unnest($1::varchar[])) union select unnest("
        "[canonical_url, url]) from articles where article_id in (select unnest($1::varchar[]))",
        articles,
    )


def tables_with(con: duckdb.DuckDBPyConnection, name: str, but: Iterable[str] = ()) -> list[str]:
    """The tables that have a column of this name, those of later migrations too."""
    tables = column(
        con,
        "select table_name from information_schema.columns where column_name = $1 "
        "and table_catalog = current_database() order by 1",
        name,
    )
    return [table for table in tables if table not in set(but)]


def columns_like(con: duckdb.DuckDBPyConnection, pattern: str) -> list[tuple[str, str]]:
    """Table and name of every column of texts whose name is like this, those of later migrations too."""
    return con.execute(
        "select table_name, column_name from information_schema.columns where data_type = 'VARCHAR' "
        "and table_catalog = current_database() and column_name like $1 escape '\\' order by all",
        [pattern],
    ).fetchall()


def column(con: duckdb.DuckDBPyConnection, sql: str, value: Any) -> list[Any]:
    """The first column of what a query with one parameter, a text or several, gives."""
    value = value if isinstance(value, str) else list(value)
    return [row[0] for row in con.execute(sql, [value]).fetchall()]


def number(con: duckdb.DuckDBPyConnection, rows: str, value: Collection[str] | None = None) -> int:
    """How many rows there are in a table under a condition."""
    row = con.execute(f"select count(*) from {rows}", [] if value is None else [list(value)]).fetchone()
    return int(row[0]) if row else 0

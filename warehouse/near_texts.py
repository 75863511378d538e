"""Which texts are nearly the same: found for what is new in a run, and kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import duckdb
import pyarrow as pa

from warehouse.bulk import delete, insert
from warehouse.rows import Row
from warehouse.signatures import Compared, bands, likeness, runs

TEXTS_AT_ONCE = 500  # held in memory
PAIRS_AT_ONCE = 2_000

# So many texts that share a band are compared with each other, more only with those of them that are oldest: a site's
# boilerplate would else cost the square of its pages.
ALL_COMPARED = 100


def find_near_texts(con: duckdb.DuckDBPyConnection) -> int:
    """Compare the texts that have no signature yet with all others; returns how many pairs are nearly the same.

    What is found rests on the texts alone, not on the order or the runs in which they came, as long as no more than
    ``ALL_COMPARED`` texts share a band.
    """
    drop_unused(con)
    con.execute(
        """
        create or replace temp table new_texts as
        select fingerprint, row_number() over (order by fingerprint) - 1 as place
        from (select distinct fingerprint from article_versions anti join signatures using (fingerprint))
        """
    )
    for texts in _new_texts(con):
        insert(con, "signatures", [{"fingerprint": f, "bands": bands(runs(text))} for f, text in texts])
    found = 0
    for pairs in _candidates(con) if _count(con, "new_texts") else ():
        near = _near(con, pairs)
        insert(con, "near_texts", near)
        found += len(near)
    con.execute("drop table new_texts")
    return found


def drop_unused(con: duckdb.DuckDBPyConnection) -> None:
    """Remove what is kept of texts that are no more: their signatures, and what they were like."""
    for table, column in (
        ("signatures", "fingerprint"),
        ("near_texts", "fingerprint"),
        ("near_texts", "other_fingerprint"),
    ):
        con.execute(f"delete from {table} where {column} not in (select fingerprint from article_versions)")  # noqa: S608


def drop_comparisons(con: duckdb.DuckDBPyConnection, articles: Iterable[str]) -> None:
    """Remove what was worked out from wordings of articles that are other ones now; it is worked out again."""
    delete(con, "changes", "article_id", list(articles))
    drop_unused(con)


def stands_for(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """By text the text that stands for it, of those that are nearly the same as one on another site.

    On one site it is no reprint: there, what differs in little is a form that is filled in anew, or a correction.
    """
    pairs = con.execute(
        """
        with current as (
            select distinct fingerprint, split_part(canonical_url, '/', 3) as site
            from articles join article_versions using (version_id)
        )
        select distinct n.fingerprint, n.other_fingerprint, n.similarity
        from near_texts n
        join current one on one.fingerprint = n.fingerprint
        join current other on other.fingerprint = n.other_fingerprint and other.site <> one.site
        """
    ).fetchall()
    ranked = con.execute(
        """
        select v.fingerprint
        from articles a join article_versions v using (version_id)
        where v.fingerprint in (select unnest($1::varchar[]))
        group by v.fingerprint
        order by min((
            not exists (from analyses n where n.version_id = a.version_id),
            coalesce(v.published_on, date '9999-12-31'), a.canonical_url
        ))
        """,
        [sorted({fingerprint for pair in pairs for fingerprint in pair[:2]})],
    ).fetchall()
    mains = main_texts([fingerprint for (fingerprint,) in ranked], pairs)
    schema = pa.schema([("fingerprint", pa.string()), ("main_fingerprint", pa.string())])
    return pa.table({"fingerprint": list(mains), "main_fingerprint": list(mains.values())}, schema=schema)


def main_texts(ranked: Sequence[str], pairs: Iterable[tuple[str, str, float]]) -> dict[str, str]:
    """By text the one that stands for it, for those that do not stand for themselves.

    A text stands for itself unless it is like one before it that does; so one is never linked to what it is not like
    itself, by way of a third. Of several it belongs to the one that it is most like, then the smallest.

    Args:
        ranked: every text in ``pairs``; an earlier one rather stands for a later one than the other way round.
        pairs: texts that are nearly the same, and how alike they are.
    """
    like: dict[str, dict[str, float]] = {}
    for one, other, similarity in pairs:
        like.setdefault(one, {})[other] = like.setdefault(other, {})[one] = similarity
    main: set[str] = set()
    for text in ranked:
        if main.isdisjoint(like[text]):
            main.add(text)
    return {
        text: min((-similarity, other) for other, similarity in like[text].items() if other in main)[1]
        for text in ranked
        if text not in main
    }


def _new_texts(con: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[str, str]]]:
    for start in range(0, _count(con, "new_texts"), TEXTS_AT_ONCE):
        yield con.execute(
            """
            select fingerprint, any_value(text) from article_versions
            where fingerprint in (select fingerprint from new_texts where place >= $1 and place < $2)
            group by fingerprint
            """,
            [start, start + TEXTS_AT_ONCE],
        ).fetchall()


def _candidates(con: duckdb.DuckDBPyConnection) -> Iterator[Sequence[tuple[str, str]]]:
    con.execute(
        """
        create or replace temp table candidates as
        with new as (
            select fingerprint, unnest(bands) as band from signatures semi join new_texts using (fingerprint)
        ), met as (
            select fingerprint, unnest(bands) as band from signatures
        ), shared as (
            select band from met semi join new using (band) group by band having count(*) > 1
        ), dated as (
            select fingerprint, min(coalesce(published_on, date '9999-12-31')) as published_on
            from article_versions group by fingerprint
        ), ranked as (
            select fingerprint, band, row_number() over (partition by band order by published_on, fingerprint) as age
            from met semi join shared using (band) join dated using (fingerprint)
        ), pairs as (
            select distinct least(new.fingerprint, met.fingerprint) as one,
                   greatest(new.fingerprint, met.fingerprint) as other
            from ranked new join ranked met using (band)
            where new.fingerprint <> met.fingerprint and least(new.age, met.age) <= $1
              and new.fingerprint in (select fingerprint from new_texts)
        )
        select *, row_number() over (order by one, other) - 1 as place from pairs
        """,
        [ALL_COMPARED],
    )
    for start in range(0, _count(con, "candidates"), PAIRS_AT_ONCE):
        yield con.execute(
            "select one, other from candidates where place >= $1 and place < $2", [start, start + PAIRS_AT_ONCE]
        ).fetchall()
    con.execute("drop table candidates")


def _near(con: duckdb.DuckDBPyConnection, pairs: Sequence[tuple[str, str]]) -> list[Row]:
    """Those of the pairs that are nearly the same. Each text is read once, and not kept longer than this."""
    found = con.execute(
        """
        select fingerprint, any_value(text) from article_versions
        where fingerprint in (select unnest($1::varchar[])) group by fingerprint
        """,
        [sorted({fingerprint for pair in pairs for fingerprint in pair})],
    )
    read: dict[str, Compared] = {}
    while texts := found.fetchmany(TEXTS_AT_ONCE):
        read |= {fingerprint: Compared.of(text) for fingerprint, text in texts}
    return [
        {"fingerprint": one, "other_fingerprint": other, "similarity": round(similarity, 6)}
        for one, other in pairs
        if (similarity := likeness(read[one], read[other])) is not None
    ]


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    row = con.execute(f"select count(*) from {table}").fetchone()  # noqa: S608
    return int(row[0]) if row else 0

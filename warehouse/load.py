"""Loading: what was collected and read becomes rows. Each function belongs into one transaction (``Warehouse.write``).

A load takes away what it is about to say again and then says it, so loading twice is loading once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

import duckdb

from corpus.article import Fetch, Listing
from nlp.analysis import Analysis
from warehouse.bulk import delete, insert, insert_new, replace
from warehouse.near_texts import find_near_texts, stands_for
from warehouse.pending import PendingText
from warehouse.readings import OF_ONE_ANALYSIS, SHARED, analysis_rows
from warehouse.rows import (
    AddressRow,
    ArticleRow,
    Row,
    SourceRecord,
    Verdict,
    addresses_of,
    fetch_row,
    met_addresses,
    met_articles,
    source_row,
    version_row,
)
from warehouse.suppression import kept_analysis, kept_fetches, redactor


def save_sources(con: duckdb.DuckDBPyConnection, sources: Iterable[SourceRecord]) -> None:
    """Register sources; those that are not given stay, since articles name them."""
    replace(con, "sources", ("source_id",), [source_row(source) for source in sources])


def save_fetches(con: duckdb.DuckDBPyConnection, run_id: str, fetches: Sequence[Fetch]) -> list[Fetch]:
    """Keep a batch of what collecting found: a row for each address tried, and the articles among them.

    Returns:
        The fetches as they are kept: what somebody asked to forget is taken out.
    """
    fetches = kept_fetches(con, fetches)
    if not fetches:
        return fetches
    replace(con, "fetches", ("run_id", "source_id", "url"), [fetch_row(run_id, fetch) for fetch in fetches])
    known = _known_addresses(con, {url for fetch in fetches for url in addresses_of(fetch)})
    addresses = met_addresses(known, fetches)
    ids = {row.article_id for row in addresses if row.article_id}
    ids |= {row.article_id for row in known if row.article_id}
    ids |= {fetch.article.article_id for fetch in fetches if fetch.article}
    articles = met_articles(_known_articles(con, ids), fetches, addresses)
    replace(con, "addresses", ("url", "source_id"), [asdict(row) for row in addresses])
    replace(con, "articles", ("article_id",), [asdict(row) for row in articles])
    # The wording that came first stays: analyses point into it, and one fingerprint may be two spacings of a text.
    versions = [version_row(fetch.article, fetch.fetched_at) for fetch in fetches if fetch.article]
    insert_new(con, "article_versions", "version_id", versions)
    return fetches


def save_listings(con: duckdb.DuckDBPyConnection, listings: Iterable[Listing]) -> None:
    """Remember the state of feeds and sitemaps whose items were all dealt with."""
    replace(con, "listings", ("url",), [asdict(listing) for listing in listings])


def settle_duplicates(con: duckdb.DuckDBPyConnection) -> int:
    """Of articles with the same or nearly the same words let one stand for all, and link the others to it.

    The main one is the one already read, else the one published first, else the first address in the alphabet; one that
    is like several main ones belongs to the one that it is most like. Nothing in it depends on the order of collecting.

    Returns:
        How many articles changed.
    """
    find_near_texts(con)
    con.register("stands_for", stands_for(con))
    row = con.execute(
        """
        with current as (
            select a.article_id, a.canonical_url, v.fingerprint, v.published_on,
                   exists (from analyses n where n.version_id = a.version_id) as analysed
            from articles a join article_versions v using (version_id)
        ), first as (
            select *, first_value(article_id) over (
                partition by fingerprint order by analysed desc, published_on nulls last, canonical_url
            ) as first_id
            from current
        ), settled as (
            select f.article_id, nullif(coalesce(main.first_id, f.first_id), f.article_id) as main_id
            from first f
            left join stands_for s on s.fingerprint = f.fingerprint
            left join (select distinct fingerprint, first_id from first) main on main.fingerprint = s.main_fingerprint
        )
        update articles set duplicate_of = settled.main_id
        from settled
        where settled.article_id = articles.article_id and settled.main_id is distinct from articles.duplicate_of
        """
    ).fetchone()
    con.unregister("stands_for")
    return int(row[0]) if row else 0


def settle_outcomes(con: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, Counter[str]]:
    """Say of this run's new articles which are saved and which are duplicates, after `settle_duplicates`.

    On arrival nobody can tell: hosts are collected side by side, and the one that should stand for both may come last.

    Returns:
        How many of each (``saved``, ``duplicate``) every source has.
    """
    con.execute(
        """
        update fetches set outcome = if(articles.duplicate_of is null, 'saved', 'duplicate')
        from addresses join articles using (article_id)
        where fetches.run_id = $1 and fetches.outcome in ('saved', 'duplicate')
          and addresses.url = fetches.url and addresses.source_id = fetches.source_id
        """,
        [run_id],
    )
    rows = con.execute(
        """
        select source_id, outcome, count(*) from fetches
        where run_id = $1 and outcome in ('saved', 'duplicate') group by all
        """,
        [run_id],
    ).fetchall()
    settled: dict[str, Counter[str]] = {}
    for source_id, outcome, count in rows:
        settled.setdefault(source_id, Counter())[outcome] = count
    return settled


def save_analyses(
    con: duckdb.DuckDBPyConnection, run_id: str, read: Sequence[tuple[PendingText, Analysis]], now: datetime
) -> None:
    """Keep what was read from texts, in place of what the same model read from them before.

    Raises:
        ValueError: an analysis whose ``text_id`` is not the ``version_id`` of the text beside it.
    """
    tables: dict[str, list[Row]] = {}
    forgets = redactor(con)
    if forgets is not None:
        read = [(pending, kept_analysis(forgets, pending.text, analysis)) for pending, analysis in read]
    for pending, analysis in read:
        for table, rows in analysis_rows(pending, analysis, run_id, now).items():
            tables.setdefault(table, []).extend(rows)
    ids = [str(row["analysis_id"]) for row in tables.get("analyses", [])]
    again = con.execute("select count(*) from analyses where analysis_id in (select unnest($1::varchar[]))", [ids])
    if again.fetchone() != (0,):  # else spare the search through millions of mentions
        for table in ("analyses", *OF_ONE_ANALYSIS):
            delete(con, table, "analysis_id", ids)
    for table in ("analyses", *OF_ONE_ANALYSIS):
        insert(con, table, tables.get(table, []))
    for table, key in SHARED.items():
        insert_new(con, table, key, tables.get(table, []))


def save_verdicts(con: duckdb.DuckDBPyConnection, verdicts: Iterable[Verdict]) -> None:
    """Take in the reviewers' journal: rows that are there already stay as they are."""
    insert_new(con, "verdicts", "verdict_id", [asdict(verdict) for verdict in verdicts])


def _known_addresses(con: duckdb.DuckDBPyConnection, urls: Iterable[str]) -> list[AddressRow]:
    rows = con.execute(
        """
        select url, source_id, article_id, reason, first_seen_at, fetched_at, etag, last_modified
        from addresses where url in (select unnest($1::varchar[]))
        """,
        [list(urls)],
    ).fetchall()
    return [AddressRow(**dict(zip(AddressRow.__dataclass_fields__, row, strict=True))) for row in rows]


def _known_articles(con: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> dict[str, ArticleRow]:
    rows = con.execute(
        """
        select article_id, source_id, canonical_url, url, version_id, duplicate_of, first_seen_at, fetched_at, gone_at
        from articles where article_id in (select unnest($1::varchar[]))
        """,
        [list(ids)],
    ).fetchall()
    return {row[0]: ArticleRow(**dict(zip(ArticleRow.__dataclass_fields__, row, strict=True))) for row in rows}

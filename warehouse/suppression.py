"""What is not kept again: forgotten names are taken out of what arrives, forgotten addresses are not collected.

A connection of a ``Warehouse`` carries the key of its data folder as a variable, so that nobody who loads rows can
leave this out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import duckdb

from corpus.article import Fetch, Known
from nlp.analysis import Analysis, Measure, Quote
from warehouse.errors import KeyMissing
from warehouse.names import Hashing
from warehouse.redaction import PLACEHOLDER, URL, Redactor

FORGOTTEN = "forgotten"
"""The reason of a page that is not collected because somebody asked for it."""

_KEY = "forgotten_key"
_NEVER_NEWER = datetime(9999, 1, 1, tzinfo=UTC)


def carry_key(con: duckdb.DuckDBPyConnection, key: bytes) -> None:
    """Let a connection carry the key."""
    con.execute(f"set variable {_KEY} = '{key.hex()}'")  # a prepared parameter is refused here


def hashing_of(con: duckdb.DuckDBPyConnection) -> Hashing:
    """What makes hashes of names here.

    Raises:
        KeyMissing: the connection carries no key.
    """
    row = con.execute(f"select getvariable('{_KEY}')").fetchone()
    if row is None or row[0] is None:
        raise KeyMissing
    return Hashing(bytes.fromhex(row[0]))


def redactor(con: duckdb.DuckDBPyConnection) -> Redactor | None:
    """What takes forgotten names out of texts; ``None`` when nobody is forgotten.

    Raises:
        KeyMissing: somebody is forgotten, but the key that tells whom is gone.
    """
    rows = con.execute("select hash, subject, scope, words from forgotten").fetchall()
    return Redactor.of(hashing_of(con), rows) if rows else None


def forgotten_addresses(con: duckdb.DuckDBPyConnection, urls: Sequence[str]) -> dict[str, Known]:
    """Those of the addresses that are not to be collected again, as the memory tells of a page that ended for good."""
    row = con.execute("select exists (from forgotten where scope = $1)", [URL]).fetchone()
    forgets = redactor(con) if row and row[0] else None
    if forgets is None:
        return {}
    return {url: Known(reason=FORGOTTEN, fetched_at=_NEVER_NEWER) for url in urls if forgets.forgets_url(url)}


def kept_fetches(con: duckdb.DuckDBPyConnection, fetches: Sequence[Fetch]) -> list[Fetch]:
    """The fetches as they may be kept: without forgotten names and addresses. Counts stay: one for every page found."""
    forgets = redactor(con)
    return list(fetches) if forgets is None else [_kept(con, forgets, fetch) for fetch in fetches]


def _kept(con: duckdb.DuckDBPyConnection, forgets: Redactor, fetch: Fetch) -> Fetch:
    article = fetch.article
    addresses = [fetch.url] if article is None else [fetch.url, article.url, article.canonical_url]
    if any(forgets.forgets_url(url) for url in addresses):
        reason = fetch.reason or FORGOTTEN
        url = forgotten_url(forgets.hashing, fetch.url)
        return replace(fetch, url=url, outcome="skipped", reason=reason, status_code=None, article=None, retry=False)
    if article is None:
        return fetch
    redacted = forgets.article(article)
    if redacted == article:
        return fetch
    # Collecting compared the page as it stands there; what counts is whether the words that we keep are the same.
    same = con.execute(
        "select count(*) from articles where article_id = $1 and version_id = $2",
        [redacted.article_id, redacted.version_id],
    ).fetchone()
    return replace(fetch, article=redacted, outcome="unchanged" if same and same[0] else fetch.outcome)


def forgotten_url(hashing: Hashing, url: str) -> str:
    """What is kept of a forgotten address, so that the counts of runs still add up."""
    return f"{FORGOTTEN}:{hashing.url(url)}"


def kept_analysis(forgets: Redactor, text: str, analysis: Analysis) -> Analysis:
    """What was read from a redacted text as it may be kept: nobody who is forgotten, no quotes by or about them."""

    def named(name: str) -> str:
        return "" if forgets.is_forgotten(name) else name

    def kept_measure(measure: Measure) -> Measure:
        return replace(measure, proposer=named(measure.proposer), addressee=named(measure.addressee))

    def is_kept(quote: Quote) -> bool:
        if forgets.is_forgotten(quote.speaker) or forgets.is_forgotten(quote.text):
            return False
        start, end = text.rfind("\n", 0, quote.start) + 1, text.find("\n", quote.end)
        return bool(quote.speaker) or PLACEHOLDER not in text[start : end if end >= 0 else len(text)]

    return replace(
        analysis,
        mentions=tuple(mention for mention in analysis.mentions if not forgets.is_forgotten(mention.name)),
        people=tuple(
            replace(person, aliases=tuple(alias for alias in person.aliases if named(alias)))
            for person in analysis.people
            if named(person.name)
        ),
        organisations=tuple(body for body in analysis.organisations if named(body.name)),
        measures=tuple(map(kept_measure, analysis.measures)),
        quotes=tuple(filter(is_kept, analysis.quotes)),
    )

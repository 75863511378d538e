"""From articles and fetches to rows: pure decisions about what is kept, whatever the order in which it comes.

A row is a dict with the columns of its table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from corpus.article import TAKEN_DOWN, Article, Fetch

Row = dict[str, object]


class SourceRecord(Protocol):
    """What the warehouse keeps of a source; ``corpus.sources.Source`` is one."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def url(self) -> str | None: ...
    @property
    def path(self) -> Path | None: ...
    @property
    def group(self) -> str | None: ...
    @property
    def verified(self) -> bool: ...
    @property
    def enabled(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRow:
    """What is remembered of an address that a source led to: its article, or the reason why it has none.

    ``fetched_at`` is when it was last read or ended for good; not when it was last listed, or failed for now.
    """

    url: str
    source_id: str
    article_id: str | None
    reason: str | None
    first_seen_at: datetime
    fetched_at: datetime
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """An article as the warehouse knows it; ``version_id`` is the wording last read.

    ``gone_at`` is when its page was found taken down, as long as it is.
    """

    article_id: str
    source_id: str
    canonical_url: str
    url: str
    version_id: str
    duplicate_of: str | None
    first_seen_at: datetime
    fetched_at: datetime
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a person decided about something the machine read; ``wrong`` takes it out of what people see.

    ``target_kind`` is measure, quote, person or organisation; ``target_id`` its id.
    """

    verdict_id: str
    target_kind: str
    target_id: str
    verdict: str
    reviewer: str
    decided_at: datetime
    value: str | None = None
    note: str | None = None


def source_row(source: SourceRecord) -> Row:
    """The row of table ``sources``."""
    return {
        "source_id": source.id,
        "name": source.name,
        "kind": source.kind,
        "url": source.url,
        "path": None if source.path is None else str(source.path),
        "group": source.group,
        "verified": source.verified,
        "enabled": source.enabled,
    }


def fetch_row(run_id: str, fetch: Fetch) -> Row:
    """The row of table ``fetches``."""
    return {
        "run_id": run_id,
        "source_id": fetch.source_id,
        "url": fetch.url,
        "outcome": fetch.outcome,
        "reason": fetch.reason,
        "status_code": fetch.status_code,
        "fetched_at": fetch.fetched_at,
        "reserved_by": fetch.reserved.where if fetch.reserved else None,
        "reservation": fetch.reserved.said if fetch.reserved else None,
    }


def version_row(article: Article, collected_at: datetime) -> Row:
    """The row of table ``article_versions``."""
    return {
        "version_id": article.version_id,
        "article_id": article.article_id,
        "fingerprint": article.fingerprint,
        "title": article.title,
        "byline": list(article.byline),
        "published_on": article.published_on,
        "published_at": article.published_at,
        "published_from": article.published_from,
        "modified_at": article.modified_at,
        "language": article.language,
        "section": article.section,
        "text": article.text,
        "blocks": [{"kind": block.kind, "text": block.text} for block in article.blocks],
        "collected_at": collected_at,
        "is_stub": article.is_stub,
    }


def addresses_of(fetch: Fetch) -> set[str]:
    """Every address that a fetch tells something of: as it was found, as it was read, and the canonical one."""
    article = fetch.article
    return {fetch.url} if article is None else {fetch.url, article.url, article.canonical_url}


def met_addresses(known: Iterable[AddressRow], fetches: Sequence[Fetch]) -> list[AddressRow]:
    """The address rows that these fetches add or change, given what was known of the same addresses."""
    before = {(row.url, row.source_id): row for row in known}
    after = dict(before)
    with_article = {row.url: row for row in before.values() if row.article_id}
    for fetch in sorted(fetches, key=lambda fetch: fetch.fetched_at):
        for url in addresses_of(fetch):
            own, met = after.get((url, fetch.source_id)), _met(fetch, url, with_article.get(url))
            if met is None or (own is not None and fetch.outcome == "unchanged" and not _asked(fetch)):
                continue
            after[url, fetch.source_id] = met = met if own is None else _both(own, met)
            if met.article_id:
                with_article[url] = met
    return [row for key, row in after.items() if row != before.get(key)]


def _asked(fetch: Fetch) -> bool:
    return fetch.article is not None or fetch.status_code is not None


def _met(fetch: Fetch, url: str, elsewhere: AddressRow | None) -> AddressRow | None:
    tried = fetch.outcome == "failed" or fetch.status_code is not None
    asked = fetch.article is None or url in (fetch.url, fetch.article.url)  # and not only named as the canonical one
    if fetch.article is not None or (tried and not fetch.retry and fetch.outcome != "unchanged"):
        return AddressRow(
            url=url,
            source_id=fetch.source_id,
            article_id=fetch.article.article_id if fetch.article else None,
            reason=None if fetch.article else fetch.reason,
            first_seen_at=fetch.fetched_at,
            fetched_at=fetch.fetched_at,
            etag=fetch.etag if asked else None,
            last_modified=fetch.last_modified if asked else None,
        )
    if fetch.outcome == "unchanged" and elsewhere is not None and _asked(fetch):  # not modified: seen as it was
        return replace(elsewhere, source_id=fetch.source_id, fetched_at=max(elsewhere.fetched_at, fetch.fetched_at))
    if fetch.outcome == "unchanged" and elsewhere is not None:
        # Found again without being asked for: noted for this source too, since which sources carry an article must
        # not depend on who came first.
        return replace(elsewhere, source_id=fetch.source_id, first_seen_at=fetch.fetched_at)
    # Failed for now, or skipped without being asked for (robots.txt, "as before"): nothing to remember.
    return None


def _both(one: AddressRow, other: AddressRow) -> AddressRow:
    older, newer = sorted((one, other), key=lambda row: row.fetched_at)
    article_id = newer.article_id or older.article_id  # an article whose page has gone stays an article
    return replace(
        newer,
        article_id=article_id,
        reason=None if article_id else newer.reason,
        first_seen_at=min(one.first_seen_at, other.first_seen_at),
    )


def met_articles(
    known: Mapping[str, ArticleRow], fetches: Sequence[Fetch], addresses: Sequence[AddressRow]
) -> list[ArticleRow]:
    """The article rows that these fetches add or change; ``addresses`` are those that the same fetches changed."""
    after = dict(known)
    for fetch in fetches:
        if fetch.article is not None:
            after[fetch.article.article_id] = _read_again(after.get(fetch.article.article_id), fetch, fetch.article)
    at = {url: row.article_id for row in after.values() for url in (row.url, row.canonical_url)}
    for fetch in sorted(fetches, key=lambda fetch: fetch.fetched_at):
        if fetch.url in at:
            met = after[at[fetch.url]]
            after[met.article_id] = replace(met, gone_at=_gone_at(met, fetch))
    for address in addresses:
        row = after.get(address.article_id or "")
        if row is not None and address.source_id < row.source_id:
            after[row.article_id] = replace(row, source_id=address.source_id)
    return [row for article_id, row in after.items() if row != known.get(article_id)]


def _gone_at(row: ArticleRow, fetch: Fetch) -> datetime | None:
    if fetch.reason == TAKEN_DOWN or fetch.status_code in (404, 410):
        return row.gone_at or (fetch.fetched_at if fetch.fetched_at > row.fetched_at else None)
    return None if fetch.status_code in (200, 304) and fetch.outcome != "failed" else row.gone_at


def _read_again(row: ArticleRow | None, fetch: Fetch, article: Article) -> ArticleRow:
    version_id, fetched_at = article.version_id, fetch.fetched_at
    if row is not None:
        fetched_at, version_id = max((row.fetched_at, row.version_id), (fetched_at, version_id))
    return ArticleRow(
        article_id=article.article_id,
        source_id=min(fetch.source_id, row.source_id) if row else fetch.source_id,
        canonical_url=row.canonical_url if row else article.canonical_url,  # another one only where it has moved
        url=min(article.url, row.url) if row else article.url,
        version_id=version_id,
        duplicate_of=row.duplicate_of if row else None,
        first_seen_at=min(fetch.fetched_at, row.first_seen_at) if row else fetch.fetched_at,
        fetched_at=fetched_at,
        gone_at=row.gone_at if row else None,
    )

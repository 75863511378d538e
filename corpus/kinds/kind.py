"""What collecting must know of a kind of source: where its list begins, and what an answer holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from corpus.article import Article
from corpus.connection import Limits
from corpus.links import Link, Next, Ready
from corpus.page import Page
from corpus.sitemaps import Sitemap
from corpus.sources import Source

NO_ITEMS = "no items in the listing"

Entry = Link | Ready | Sitemap | Next


Detail = Callable[[Page], Article]


class Extractor(Protocol):
    """Makes an article of a page; raises ExtractionError (``corpus.extract.extract_page`` is one)."""

    def __call__(
        self,
        html: bytes | str,
        *,
        source_id: str,
        url: str,
        fetched_at: datetime,
        content_type: str | None = None,
        link: Link | None = None,
    ) -> Article: ...


def _address(source: Source, now: datetime) -> str:
    return source.address


def _one_page(source: Source) -> int:
    return 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How one kind of source is read. All of it is decided without effects; ``corpus.collect`` fetches and keeps.

    Attributes:
        entries: what an answer holds, in its order; raises ListingError, also half-way. The next page comes last.
        start: the address at which the list of a source begins; what its state is remembered under.
        since: the address of what has changed after an instant, where a source can be asked that.
        pages: how many pages of the list are read in one run at most.
        essence: of an answer, what tells whether it is the same as last time.
        detail: makes an article of what links lead to, where these are no web pages; raises ExtractionError.
        looks_after: whether links lead to pages that are looked at again for some days after they were first met.
        none_yet: the status by which a further list says that it is still empty.
    """

    entries: Callable[[Page, Source, Limits], Iterable[Entry]]
    start: Callable[[Source, datetime], str] = _address
    since: Callable[[str, datetime], str] | None = None
    pages: Callable[[Source], int] = _one_page
    essence: Callable[[bytes], bytes] = bytes
    detail: Detail | None = None
    looks_after: bool = False
    none_yet: int | None = None

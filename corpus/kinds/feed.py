"""``feed``: RSS, Atom and JSON Feed."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.connection import Limits
from corpus.errors import ListingError
from corpus.feeds import TOO_MANY_ITEMS, first_entries, read_feed
from corpus.kinds.kind import Entry, Kind
from corpus.page import Page
from corpus.sources import Source


def entries(page: Page, source: Source, limits: Limits) -> Iterator[Entry]:
    """The entries of a feed; the first ones where there are far too many."""
    content, more = first_entries(page.content)
    yield from read_feed(content, page.url, page.content_type)
    if more:
        raise ListingError(page.url, TOO_MANY_ITEMS)


KIND = Kind(entries=entries, looks_after=True)

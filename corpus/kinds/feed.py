"""``feed``: RSS, Atom and JSON Feed."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.connection import Limits
from corpus.errors import ListingError
from corpus.feeds import TOO_MANY_ITEMS, first_entries, read_entries
from corpus.kinds.kind import Entry, Kind
from corpus.links import Link, Ready
from corpus.page import Page
from corpus.sources import Source

NO_ADDRESS = "no web address"


def entries(page: Page, source: Source, limits: Limits) -> Iterator[Entry]:
    """The entries of a feed; the first ones where there are far too many."""
    content, more = first_entries(page.content)
    for number, link in enumerate(read_entries(content, page.url, page.content_type), start=1):
        # An entry that leads nowhere has no address to be counted under but its place in the feed.
        yield link or Ready(link=Link(url=f"{page.url}#entry-{number}"), reason=NO_ADDRESS)
    if more:
        raise ListingError(page.url, TOO_MANY_ITEMS)


KIND = Kind(entries=entries, looks_after=True)

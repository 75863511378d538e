"""``feed``: RSS, Atom and JSON Feed."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.client import Page
from corpus.connection import Limits
from corpus.feeds import read_feed
from corpus.kinds.kind import Entry, Kind
from corpus.sources import Source


def entries(page: Page, source: Source, limits: Limits) -> Iterable[Entry]:
    """The entries of a feed."""
    return read_feed(page.content, page.url, page.content_type)


KIND = Kind(entries=entries)

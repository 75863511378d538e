"""``sitemap``: of pages, of news, or an index of further ones; as XML or gzip file."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.connection import Limits
from corpus.kinds.kind import Entry, Kind
from corpus.page import Page
from corpus.sitemaps import read_sitemap
from corpus.sources import Source


def entries(page: Page, source: Source, limits: Limits) -> Iterable[Entry]:
    """The pages of a sitemap, or the sitemaps of an index."""
    return read_sitemap(page.content, page.url, decompressed_bytes=limits.decompressed_bytes)


KIND = Kind(entries=entries, looks_after=True)

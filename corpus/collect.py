"""From a source to what became of every address it leads to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from corpus.article import Fetch, Listing
from corpus.client import Client, Page
from corpus.errors import FetchError, ListingError
from corpus.extract import extract_page
from corpus.feeds import TOO_MANY_ITEMS, first_entries, read_feed
from corpus.files import walk_files
from corpus.links import Link
from corpus.memory import Memory
from corpus.reading import Extractor, Reading
from corpus.sitemaps import Sitemap, read_sitemap
from corpus.sources import Source

__all__ = ["Memory", "collect"]

NO_SUCH_FOLDER = "no such folder"
NESTED_TOO_DEEP = "sitemaps nested too deep"
TOO_MANY_SITEMAPS = "too many sitemaps"

LINKS_AT_ONCE = 200  # looked up in memory together
DEEPEST_SITEMAP = 2  # an index of indexes is against the protocol, but met
MOST_ITEMS = 50_000  # of one listing, as the sitemaps' protocol has it
MOST_SITEMAPS = 500  # read for one source in one run

# Some feeds answer "not modified" for ever. Every so often a listing is fetched without a condition.
TRUST_VALIDATORS = timedelta(days=3)


def collect(
    source: Source,
    client: Client,
    memory: Memory,
    *,
    now: Callable[[], datetime],
    limit: int | None = None,
    extract: Extractor = extract_page,
) -> Iterator[Fetch | Listing]:
    """What became of every address that a source leads to, one by one as it is settled.

    Whatever the web or the files do comes out as a ``Fetch`` with its reason, never as an exception. A ``Listing``
    comes after its last item, and only when none of them is left for the next run; so a run that is killed anywhere
    loses nothing, if what came out before was kept.

    Args:
        source: of kind ``feed``, ``sitemap`` or ``folder``.
        client: fetches pages.
        memory: what earlier runs left behind.
        now: the clock, in UTC.
        limit: at most so many pages or files are read; further new ones are skipped and left for the next run.
        extract: makes an article of a page.
    """
    reading = Reading(source, client, memory, now, limit, extract)
    if source.kind == "folder":
        yield from _folder(source, reading)
    else:
        yield from _Listings(source, client, memory, now, reading).read(source.address)


def _folder(source: Source, reading: Reading) -> Iterator[Fetch]:
    root = source.path
    if root is None or not root.exists():
        yield reading.fetch(source.address, "failed", NO_SUCH_FOLDER, retry=True)
        return
    met: set[Path] = set()  # a link in the folder may lead to another file of it
    for path in walk_files(root):
        if path.resolve() not in met:
            met.add(path.resolve())
            yield reading.file(path)


class _Listings:
    """The feed or the sitemaps of a source in one run."""

    def __init__(
        self, source: Source, client: Client, memory: Memory, now: Callable[[], datetime], reading: Reading
    ) -> None:
        self._source = source
        self._client = client
        self._memory = memory
        self._now = now
        self._reading = reading
        self._asked = 0  # listings
        self._met: set[str] = set()  # addresses of items and listings: what is found twice counts once

    def read(self, url: str, depth: int = 0) -> Iterator[Fetch | Listing]:
        """What became of the items of a listing, and of the sitemaps it names."""
        self._met.add(url)
        self._asked += 1
        before = self._state_before(url)
        trusted = before if before is not None and self._now() - before.fetched_at < TRUST_VALIDATORS else None
        try:
            page = self._client.get(
                url,
                allow_private=self._source.allow_private_addresses,
                etag=None if trusted is None else trusted.etag,
                last_modified=None if trusted is None else trusted.last_modified,
            )
        except FetchError as exc:
            yield self._reading.fetch(url, "failed", exc.reason, status_code=exc.status_code, retry=True)
            return
        if page.not_modified:
            return
        after = self._state(url, page)
        if before is not None and before.content_hash == after.content_hash:
            if trusted is None or (before.etag, before.last_modified) != (after.etag, after.last_modified):
                yield after
            return
        inner: list[Sitemap] = []
        settled = True
        try:
            for fetch in self._items(_at_most(MOST_ITEMS, self._links(page, inner), url)):
                yield fetch
                settled = settled and not fetch.retry
        except ListingError as exc:
            yield self._reading.fetch(url, "failed", exc.reason, status_code=page.status_code, retry=True)
            return
        if inner:  # an index is read every time: what stands in its sitemaps may change while it does not
            yield from self._inner(inner, depth + 1)
        elif settled:
            yield after

    def _inner(self, sitemaps: Sequence[Sitemap], depth: int) -> Iterator[Fetch | Listing]:
        for sitemap in sitemaps:
            if self._asked > MOST_SITEMAPS:
                yield self._reading.fetch(sitemap.url, "failed", TOO_MANY_SITEMAPS, retry=True)
                return  # the others are not looked at, be they ten or ten million
            before = self._state_before(sitemap.url)
            untouched = before and sitemap.modified_at and sitemap.modified_at <= before.fetched_at
            if sitemap.url in self._met or untouched:
                continue
            if depth > DEEPEST_SITEMAP:
                yield self._reading.fetch(sitemap.url, "failed", NESTED_TOO_DEEP, retry=True)
            else:
                yield from self.read(sitemap.url, depth)

    def _links(self, page: Page, inner: list[Sitemap]) -> Iterator[Link]:
        if self._source.kind == "feed":
            content, more = first_entries(page.content)
            yield from read_feed(content, page.url, page.content_type)
            if more:
                raise ListingError(page.url, TOO_MANY_ITEMS)
            return
        for entry in read_sitemap(page.content, page.url, decompressed_bytes=self._client.limits.decompressed_bytes):
            if isinstance(entry, Sitemap):
                inner.append(entry)
            else:
                yield entry

    def _items(self, links: Iterable[Link]) -> Iterator[Fetch]:
        for batch in _batches(links):
            remembered = self._memory.known([link.url for link in batch])
            for link in batch:
                if link.url not in self._met:
                    self._met.add(link.url)
                    yield self._reading.page(link, remembered.get(link.url))

    def _state_before(self, url: str) -> Listing | None:
        """The state in which this source has dealt with a listing; what another source has seen is new to this one."""
        before = self._memory.listing(url)
        return before if before is not None and before.source_id == self._source.id else None

    def _state(self, url: str, page: Page) -> Listing:
        return Listing(
            source_id=self._source.id,
            url=url,
            etag=page.headers.get("etag"),
            last_modified=page.headers.get("last-modified"),
            content_hash=hashlib.sha256(page.content).hexdigest(),
            fetched_at=self._now(),
        )


def _at_most(most: int, links: Iterable[Link], url: str) -> Iterator[Link]:
    """The first links; raises ListingError where there are more."""
    for number, link in enumerate(links):
        if number == most:
            raise ListingError(url, TOO_MANY_ITEMS)
        yield link


def _batches(links: Iterable[Link]) -> Iterator[list[Link]]:
    """The links in lists; those before a listing breaks off still come, then its error."""
    batch: list[Link] = []
    try:
        for link in links:
            batch.append(link)
            if len(batch) == LINKS_AT_ONCE:
                yield batch
                batch = []
    except ListingError:
        yield batch
        raise
    yield batch

"""Back in time: the pages of a feed, and the sitemaps of an index, from the newest to a given day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

import httpx

from corpus.article import Fetch, Walked
from corpus.client import Client
from corpus.collect import DEEPEST_SITEMAP, MOST_SITEMAPS, NESTED_TOO_DEEP, TOO_MANY_SITEMAPS, collect
from corpus.decide import OVER_THE_LIMIT
from corpus.errors import FetchError, ListingError
from corpus.extract import extract_page
from corpus.feeds import TOO_MANY_ITEMS, first_entries, read_feed
from corpus.glance import DAWN, date_of, sitemap_entries
from corpus.kinds.kind import Extractor
from corpus.links import Link
from corpus.memory import Memory
from corpus.page import Page
from corpus.reading import Reading
from corpus.sitemaps import Sitemap
from corpus.sources import Source
from corpus.walk import LINKS_AT_ONCE, MOST_ITEMS

MOST_PAGES = 2_000  # of one feed; at ten items a page this is a decade of a busy newspaper
# Pages in a row that lead to nothing older: then it is no archive, but a site that has an answer to every number.
STANDING_STILL = 5
# A walk that was cut off goes on within this time where a sitemap does not say when it changed.
SAME_WALK = timedelta(days=1)
NO_SUCH_PAGE = (400, 404, 410)  # what systems answer for the page after the last


def walk(
    source: Source,
    client: Client,
    memory: Memory,
    walked: Sequence[Walked],
    *,
    since: date,
    now: Callable[[], datetime],
    limit: int | None = None,
    extract: Extractor = extract_page,
) -> Iterator[Fetch | Walked]:
    """What became of every address that a source's archive leads to, back to a day.

    A feed is asked for its further pages as WordPress numbers them (``?paged=2``), until they are older, repeat
    themselves or end. Of a sitemap index those sitemaps are read that changed since that day, the newest first. A
    ``Walked`` comes after the items of a page or sitemap, only when none of them is left for later; given back next
    time, the walk goes on behind it. Other kinds are collected as in a run; folders have no archive.

    Args:
        source: of any kind.
        client: fetches pages.
        memory: what earlier runs left behind.
        walked: what earlier walks of this source have done.
        since: items older than this are left out; those without a date are not.
        now: the clock, in UTC.
        limit: at most so many pages are read; the walk ends there and can go on later.
        extract: makes an article of a page.
    """
    reading = Reading(source, client, memory, now, limit, extract)
    if source.kind in ("feed", "sitemap"):
        archive = _Archive(source, client, memory, walked, since, now, reading)
        yield from archive.feed() if source.kind == "feed" else archive.sitemap(source.address)
    elif source.kind != "folder":
        found = collect(source, client, memory, now=now, limit=limit, extract=extract)
        yield from (item for item in found if isinstance(item, Fetch))


def page_address(feed: str, number: int) -> str:
    """The address of a further page of a feed, as WordPress numbers them."""
    return feed if number == 1 else str(httpx.URL(feed).copy_merge_params({"paged": str(number)}))


class _Archive:
    """The archive of a source on one walk."""

    def __init__(
        self,
        source: Source,
        client: Client,
        memory: Memory,
        walked: Sequence[Walked],
        since: date,
        now: Callable[[], datetime],
        reading: Reading,
    ) -> None:
        self._source = source
        self._client = client
        self._memory = memory
        self._walked = {one.url: one for one in walked}
        self._since = since
        self._now = now
        self._reading = reading
        self._met: set[str] = set()  # what is found twice counts once
        self._over = False  # a limit is reached
        self._sitemaps = 0  # asked for
        self._settled = True  # of the part in hand nothing is left for later …
        self._nothing_new = True  # … nothing had to be fetched …
        self._left_out = False  # … and something was too old

    def feed(self) -> Iterator[Fetch | Walked]:
        goes_on_at = self._goes_on_at()
        number = 1
        oldest: date | None = None
        still = 0
        while number <= MOST_PAGES:
            address = page_address(self._source.address, number)
            try:
                page = self._get(address)
                content, has_more = first_entries(page.content)
                links = read_feed(content, page.url, page.content_type)
            except (FetchError, ListingError) as exc:
                if number > 1 and (isinstance(exc, ListingError) or exc.status_code in NO_SUCH_PAGE):
                    yield self._done(address, number, None, is_last=True)
                else:
                    yield self._failed(address, exc)
                return
            new = [link for link in links if link.url not in self._met]
            if not new:  # empty, or the first page again: it has no archive behind it
                yield self._done(address, number, None, is_last=True)
                return
            days = [day for link in new if (day := self._day(link)) is not None]
            newest = max(days, default=None)
            yield from self._items(new)
            if has_more:
                yield self._failed(address, ListingError(address, TOO_MANY_ITEMS))
            elif self._settled:
                yield self._done(address, number, newest)
            still = still + 1 if newest is None or (oldest is not None and newest >= oldest) else 0
            oldest = min([*days, *([oldest] if oldest else [])], default=None)
            if self._over or still == STANDING_STILL or (newest is not None and newest < self._since):
                return
            if self._nothing_new and goes_on_at is None:
                return
            number = max(number + 1, goes_on_at or 0) if self._nothing_new else number + 1

    def sitemap(self, url: str, depth: int = 0) -> Iterator[Fetch | Walked]:
        self._met.add(url)
        self._sitemaps += 1
        if self._sitemaps > MOST_SITEMAPS:  # the others are left for the next walk
            self._over = True
            yield self._failed(url, ListingError(url, TOO_MANY_SITEMAPS))
            return
        try:
            links, inner = sitemap_entries(self._get(url), self._client)
        except (FetchError, ListingError) as exc:
            yield self._failed(url, exc)
            return
        if links:
            links.sort(key=lambda link: date_of(link, self._now()) or DAWN, reverse=True)
            yield from self._items(links[:MOST_ITEMS])
            if len(links) > MOST_ITEMS:
                yield self._failed(url, ListingError(url, TOO_MANY_ITEMS))
            elif self._settled:
                yield self._done(url, None, None)
        for sitemap in sorted(inner, key=lambda sitemap: sitemap.modified_at or DAWN, reverse=True):
            if self._over:
                return
            if sitemap.url in self._met or self._is_old_or_done(sitemap):
                continue
            if depth == DEEPEST_SITEMAP:
                yield self._reading.fetch(sitemap.url, "failed", NESTED_TOO_DEEP, retry=True)
            else:
                yield from self.sitemap(sitemap.url, depth + 1)

    def _goes_on_at(self) -> int | None:
        """The page after which an earlier walk stopped, which is looked at again, for items move on to later pages as
        new ones come; ``None`` if that walk came to its end. What came since is in front, up to the first known page.
        """
        number = 1
        last: Walked | None = None
        while (one := self._walked.get(page_address(self._source.address, number))) is not None and self._covers(one):
            last, number = one, number + 1
        if last is not None and (last.is_last or (last.newest_on is not None and last.newest_on < self._since)):
            return None
        return max(number - 1, 1)

    def _is_old_or_done(self, sitemap: Sitemap) -> bool:
        if sitemap.modified_at is not None and sitemap.modified_at.date() < self._since:
            return True
        before = self._walked.get(sitemap.url)
        if before is None or not self._covers(before):
            return False
        if sitemap.modified_at is None:
            return self._now() - before.walked_at < SAME_WALK
        return sitemap.modified_at <= before.walked_at

    def _covers(self, before: Walked) -> bool:
        """Whether an earlier walk, perhaps to a later day, left nothing out here that this one wants."""
        return before.since is None or before.since <= self._since

    def _items(self, links: Sequence[Link]) -> Iterator[Fetch]:
        self._settled = self._nothing_new = True
        wanted = [link for link in links if (day := self._day(link)) is None or day >= self._since]
        self._left_out = len(wanted) < len(links)
        for first in range(0, len(wanted), LINKS_AT_ONCE):
            batch = wanted[first : first + LINKS_AT_ONCE]
            remembered = self._memory.known([link.url for link in batch])
            for link in batch:
                if link.url in self._met:
                    continue
                self._met.add(link.url)
                fetch = self._reading.page(link, remembered.get(link.url))
                self._settled = self._settled and not fetch.retry
                self._nothing_new = self._nothing_new and fetch.outcome in ("unchanged", "skipped") and not fetch.retry
                self._over = self._over or fetch.reason == OVER_THE_LIMIT
                yield fetch

    def _day(self, link: Link) -> date | None:
        given = date_of(link, self._now())
        return None if given is None else given.date()

    def _get(self, url: str) -> Page:
        return self._client.get(url, allow_private=self._source.allow_private_addresses)

    def _failed(self, url: str, exc: FetchError | ListingError) -> Fetch:
        status_code = exc.status_code if isinstance(exc, FetchError) else None
        return self._reading.fetch(url, "failed", exc.reason, status_code=status_code, retry=True)

    def _done(self, url: str, page: int | None, newest_on: date | None, *, is_last: bool = False) -> Walked:
        return Walked(
            source_id=self._source.id,
            url=url,
            page=page,
            since=self._since if self._left_out else None,
            newest_on=newest_on,
            is_last=is_last,
            walked_at=self._now(),
        )

"""From a source to what became of every address it leads to."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from corpus.addresses import same_site
from corpus.article import Fetch, Listing
from corpus.client import Client
from corpus.errors import FetchError, ListingError
from corpus.extract import extract_page
from corpus.feeds import instant
from corpus.files import walk_files
from corpus.kinds import WEB_KINDS
from corpus.kinds.kind import NO_ITEMS, Extractor, Kind
from corpus.kinds.warc import read_archive, walk_archives
from corpus.links import Link, Next, Ready
from corpus.memory import Memory
from corpus.page import Page
from corpus.reading import UNREADABLE, Reading
from corpus.sitemaps import Sitemap
from corpus.sources import Source
from corpus.walk import Walk, at_most, batches, link_of

__all__ = ["Memory", "collect"]

NO_SUCH_FOLDER = "no such folder"
NESTED_TOO_DEEP = "sitemaps nested too deep"
NONE_YET = "nothing there yet"
TOO_MANY_PAGES = "too many pages"
TOO_MANY_SITEMAPS = "too many sitemaps"

_PAST_THE_END = (400, 404)
DEEPEST_SITEMAP = 2  # an index of indexes is against the protocol, but met
MOST_SITEMAPS = 500  # read for one source in one run

# Some feeds answer "not modified" for ever. Every so often a listing is fetched without a condition.
TRUST_VALIDATORS = timedelta(days=3)

log = logging.getLogger(__name__)


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
        source: of any kind.
        client: fetches pages.
        memory: what earlier runs left behind.
        now: the clock, in UTC.
        limit: at most so many pages or files are read; further new ones are skipped and left for the next run.
        extract: makes an article of a page.
    """
    kind = WEB_KINDS.get(source.kind, Kind(entries=lambda *_: ()))
    reading = Reading(source, client, memory, now, limit, extract, kind.detail, looks_after=kind.looks_after)
    listings = _Listings(source, kind, client, memory, now, reading)
    if source.kind == "folder":
        yield from _folder(source, reading)
    elif source.kind == "warc":
        yield from listings.archives()
    else:
        yield from listings.read(kind.start(source, now()))
        yield from listings.look_again()


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
    """The listings of a source in one run: feeds, sitemaps, answers of an API, pages that list, archives."""

    def __init__(
        self,
        source: Source,
        kind: Kind,
        client: Client,
        memory: Memory,
        now: Callable[[], datetime],
        reading: Reading,
    ) -> None:
        self._source = source
        self._kind = kind
        self._client = client
        self._memory = memory
        self._now = now
        self._reading = reading
        self._asked = 0  # listings
        self._met: set[str] = set()  # addresses of items and listings: what is found twice counts once
        self._articles: set[str] = set()  # known ones that a listing spoke of
        self._failed = False  # some listing did

    def read(self, url: str, depth: int = 0) -> Iterator[Fetch | Listing]:
        """What became of the items of a listing, and of the further listings it names."""
        self._met.add(url)
        self._asked += 1
        before = self._state_before(url)
        trusted = before if before is not None and self._now() - before.fetched_at < TRUST_VALIDATORS else None
        ask_since = self._kind.since
        since = None if trusted is None or ask_since is None else instant(trusted.last_modified)
        validators = trusted if ask_since is None else None
        try:
            page = self._client.get(
                url if since is None or ask_since is None else ask_since(url, since),
                allow_private=self._source.allow_private_addresses,
                etag=validators.etag if validators else None,
                last_modified=validators.last_modified if validators else None,
            )
        except FetchError as exc:
            if depth and exc.status_code is not None and exc.status_code == self._kind.none_yet:
                yield self._reading.fetch(url, "skipped", NONE_YET, status_code=exc.status_code, retry=True)
                yield self._state(url, "")
            else:
                self._failed = True
                yield self._reading.fetch(url, "failed", exc.reason, status_code=exc.status_code, retry=True)
            return
        if page.not_modified:
            return
        after = self._state_of(url, page)
        if ask_since is None and before is not None and before.content_hash == after.content_hash:
            if trusted is None or (before.etag, before.last_modified) != (after.etag, after.last_modified):
                yield after
            return
        walk = Walk(before, since)
        yield from self._pages(url, page, walk)
        if self._kind.pages(self._source) > 1:  # what was read until now need not be walked past again
            after = replace(after, fetched_at=self._now())
        if walk.inner:  # an index is read every time: what stands in its sitemaps may change while it does not
            yield from self._inner(walk.inner, depth + 1)
        elif walk.settled and ask_since is None:
            yield after
        elif walk.settled and (since is None or walk.newest is not None):
            yield walk.state_of_changes(after)

    def archives(self) -> Iterator[Fetch | Listing]:
        """What became of the pages in the archives of a source; an archive that was read and is the same is left."""
        root = self._source.path
        if root is None or not root.exists():
            yield self._reading.fetch(self._source.address, "failed", NO_SUCH_FOLDER, retry=True)
            return
        for path in walk_archives(root):
            url = path.resolve().as_uri()
            if url in self._met:
                continue
            self._met.add(url)
            before, walk = self._state_before(url), Walk(None, None)
            try:
                with path.open("rb") as file:
                    after = self._state(url, hashlib.file_digest(file, "sha256").hexdigest())
                if before is not None and before.content_hash == after.content_hash:
                    continue
                yield from self._items(read_archive(path, self._client.limits), walk)
            except ListingError as exc:
                yield self._reading.fetch(url, "failed", exc.reason, retry=True)
            except OSError:
                yield self._reading.fetch(url, "failed", UNREADABLE, retry=True)
            else:
                if walk.settled:
                    yield after

    def _pages(self, url: str, page: Page, walk: Walk) -> Iterator[Fetch]:
        """What became of the items of a listing, page after page.

        It ends with the last page, after as many as the source allows, or with one that has nothing new: all of it was
        met before in this run (calendars go on for ever), or dealt with when the whole listing last was. What a run
        that was killed has read since then does not end it.
        """
        for number in range(1, self._kind.pages(self._source) + 1):
            walk.next, walk.fresh = None, False
            try:
                yield from self._items(at_most(self._links(page, walk), url), walk)
            except ListingError as exc:
                if number == 1 or exc.reason != NO_ITEMS:
                    walk.settled = False
                    yield self._reading.fetch(url, "failed", exc.reason, status_code=page.status_code, retry=True)
                return
            following = walk.next
            if following is None or not walk.fresh:
                return
            if following.url in self._met or not same_site(following.url, page.url):
                return
            if self._reading.is_full:  # what follows is left for the next run
                walk.settled = False
                return
            url = following.url
            self._met.add(url)
            if number == self._kind.pages(self._source):
                break
            try:
                page = self._client.get(url, allow_private=self._source.allow_private_addresses)
            except FetchError as exc:
                if not (following.may_be_missing and exc.status_code in _PAST_THE_END):
                    walk.settled = False
                    yield self._reading.fetch(url, "failed", exc.reason, status_code=exc.status_code, retry=True)
                return
        if walk.next is not None:
            yield self._reading.fetch(url, "skipped", TOO_MANY_PAGES)

    def look_again(self) -> Iterator[Fetch]:
        """What became of pages of recent articles of which no listing spoke: they may have changed, or be gone."""
        if self._kind.looks_after and not self._failed:
            for url, known in self._memory.due(self._source.id, self._now()).items():
                spoken_of = url in self._met or known.article_id in self._articles
                if self._reading.may_look_again and not spoken_of:
                    self._met.add(url)
                    yield self._reading.again(url, known)

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

    def _links(self, page: Page, walk: Walk) -> Iterator[Link | Ready]:
        try:
            for entry in self._kind.entries(page, self._source, self._client.limits):
                if isinstance(entry, Sitemap):
                    walk.inner.append(entry)
                elif isinstance(entry, Next):
                    walk.next = entry
                else:
                    yield entry
        except ListingError:
            raise
        except Exception as exc:  # whatever a parser stumbled over in this answer, the run goes on
            log.warning("%s: the listing could not be read", page.url, exc_info=True)
            raise ListingError(page.url, UNREADABLE) from exc

    def _items(self, entries: Iterable[Link | Ready], walk: Walk) -> Iterator[Fetch]:
        for batch in batches(entries):
            remembered = self._memory.known([link_of(entry).url for entry in batch])
            for entry in batch:
                link = link_of(entry)
                if link.url in self._met:
                    continue
                self._met.add(link.url)
                known = remembered.get(link.url)
                self._articles |= {known.article_id} if known and known.article_id else set()
                settle = (
                    self._reading.ready(entry, known) if isinstance(entry, Ready) else self._reading.page(entry, known)
                )
                yield settle
                walk.meet(link, known, settle)

    def _state_before(self, url: str) -> Listing | None:
        """The state in which this source has dealt with a listing; what another source has seen is new to this one."""
        before = self._memory.listing(url)
        return before if before is not None and before.source_id == self._source.id else None

    def _state_of(self, url: str, page: Page) -> Listing:
        content_hash = hashlib.sha256(self._kind.essence(page.content)).hexdigest()
        return replace(
            self._state(url, content_hash),
            etag=page.headers.get("etag"),
            last_modified=page.headers.get("last-modified"),
        )

    def _state(self, url: str, content_hash: str) -> Listing:
        return Listing(
            source_id=self._source.id,
            url=url,
            etag=None,
            last_modified=None,
            content_hash=content_hash,
            fetched_at=self._now(),
        )

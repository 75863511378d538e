"""What one reading of a listing, over all its pages, has met so far; it decides whether there is more to find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from corpus.article import Fetch, Known, Listing
from corpus.errors import ListingError
from corpus.feeds import TOO_MANY_ITEMS
from corpus.links import Link, Next, Ready
from corpus.sitemaps import Sitemap

LINKS_AT_ONCE = 200  # looked up in memory together
MOST_ITEMS = 50_000  # of one listing, as the sitemaps' protocol has it
BYTES_AT_ONCE = 8_000_000  # of pages that entries bring along


@dataclass(slots=True)
class Walk:
    """What has been met while reading one listing, page after page.

    Attributes:
        before: the state in which the whole listing was last dealt with.
        since: the instant whose later changes were asked for, if that was possible.
        inner: further listings that it names.
        next: the next page, as the page in hand has it.
        fresh: whether the page in hand had something that was not dealt with when the listing last was.
        settled: whether nothing is left for the next run.
        newest: the latest change seen.
    """

    before: Listing | None
    since: datetime | None
    inner: list[Sitemap] = field(default_factory=list)
    next: Next | None = None
    fresh: bool = False
    settled: bool = True
    newest: datetime | None = None

    def meet(self, link: Link, known: Known | None, fetch: Fetch) -> None:
        """Take in what became of an entry."""
        self.settled = self.settled and not fetch.retry
        if link.modified_at is not None:
            self.newest = max(self.newest or link.modified_at, link.modified_at)
        settled_before = (
            self.before is not None
            and fetch.outcome in ("unchanged", "skipped")
            and (known is None or known.fetched_at <= self.before.fetched_at)
            and not (self.since is not None and link.modified_at is not None and link.modified_at > self.since)
        )
        self.fresh = self.fresh or not settled_before

    def state_of_changes(self, after: Listing) -> Listing:
        """The state of a listing that can be asked for changes: the last one seen stands for its ``Last-Modified``.

        It still counts as fetched when it was last read without asking for changes alone: a post that was written
        earlier than it was published is in no list of changes.
        """
        seen = [each for each in (self.since, self.newest) if each is not None]
        last = min(max(seen), after.fetched_at).isoformat() if seen else None
        in_full_at = after.fetched_at if self.since is None or self.before is None else self.before.fetched_at
        return replace(after, etag=None, last_modified=last, fetched_at=in_full_at)


def link_of(entry: Link | Ready) -> Link:
    """The link of an entry."""
    return entry.link if isinstance(entry, Ready) else entry


def batches(entries: Iterable[Link | Ready]) -> Iterator[list[Link | Ready]]:
    """The entries in lists; those before a listing breaks off still come, then its error."""
    batch: list[Link | Ready] = []
    weight = 0
    try:
        for entry in entries:
            batch.append(entry)
            weight += len(entry.html) if isinstance(entry, Ready) else 0
            if len(batch) == LINKS_AT_ONCE or weight > BYTES_AT_ONCE:
                yield batch
                batch, weight = [], 0
    except ListingError:
        yield batch
        raise
    yield batch


def at_most(entries: Iterable[Link | Ready], url: str) -> Iterator[Link | Ready]:
    """The first entries; raises ListingError where there are more."""
    for number, entry in enumerate(entries):
        if number == MOST_ITEMS:
            raise ListingError(url, TOO_MANY_ITEMS)
        yield entry

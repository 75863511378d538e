"""What one reading of a listing, over all its pages, has met so far; it decides whether there is more to find."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from corpus.article import Fetch, Known, Listing
from corpus.links import Link, Next
from corpus.sitemaps import Sitemap


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

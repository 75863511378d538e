"""Whether a source answers as its entry says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Literal

from corpus.article import Fetch, Known, Listing
from corpus.client import Client
from corpus.collect import NO_SUCH_FOLDER, collect
from corpus.errors import FetchError, ListingError
from corpus.files import walk_files
from corpus.glance import LISTING_KINDS, Glance, glance
from corpus.robots import ROBOTS_TXT
from corpus.sources import Source

EMPTY = "no items"
ROBOTS_ITEMS = "robots.txt, for its pages"

ENOUGH = 100  # items that are counted where a kind has no listing of its own to look at


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What a source answered.

    Attributes:
        source: the source.
        reason: why it gives nothing, in the words of a run; ``None`` when all is well.
        allowed: whether robots.txt lets us have the listing and the newest page; ``None`` where it could not be asked.
        items: how many items it has now; of a sitemap index those of its newest sitemap.
        newest: title or address of the newest.
        newest_at: the newest item's date in UTC.
        moved_to: where its address has moved for good.
    """

    source: Source
    reason: str | None = None
    allowed: bool | None = None
    items: int | None = None
    newest: str | None = None
    newest_at: datetime | None = None
    moved_to: str | None = None

    @property
    def status(self) -> Literal["ok", "barred", "dead"]:
        """``barred`` where robots.txt keeps us out, ``dead`` where nothing comes for another reason."""
        if self.allowed is False:
            return "barred"
        return "ok" if self.reason is None else "dead"


def check_source(source: Source, client: Client, *, now: Callable[[], datetime]) -> Check:
    """Ask a source once, as a run would, and keep nothing. Never raises for what the web does.

    Args:
        source: of any kind.
        client: fetches its listing.
        now: the clock, in UTC.
    """
    if source.kind == "folder":
        return _folder(source)
    if source.kind not in LISTING_KINDS:
        return _collected(source, client, now)
    private = source.allow_private_addresses
    found: Glance | None = None
    allowed: bool | None = None
    reason: str | None = None
    try:
        page = client.get(source.address, allow_private=private)
        allowed = True
        found = glance(source.kind, page, client, allow_private=private, now=now())
        if found.newest is None:
            reason = EMPTY
        elif not client.allows(found.newest.url, allow_private=private):
            allowed, reason = False, ROBOTS_ITEMS
    except FetchError as exc:
        reason = exc.reason
        allowed = False if reason == ROBOTS_TXT else allowed
    except ListingError as exc:
        reason = exc.reason
    newest = None if found is None else found.newest
    return Check(
        source=source,
        reason=reason,
        allowed=allowed,
        items=None if found is None else found.items,
        newest=None if newest is None else newest.title or newest.url,
        newest_at=None if found is None else found.newest_at,
        moved_to=client.moved_to(source.address),
    )


def _folder(source: Source) -> Check:
    if source.path is None or not source.path.exists():
        return Check(source=source, reason=NO_SUCH_FOLDER)
    files = list(walk_files(source.path))
    if not files:
        return Check(source=source, reason=EMPTY, items=0)
    newest = max(files, key=lambda file: file.stat().st_mtime)
    changed_at = datetime.fromtimestamp(newest.stat().st_mtime, UTC)
    return Check(source=source, items=len(files), newest=newest.name, newest_at=changed_at)


def _collected(source: Source, client: Client, now: Callable[[], datetime]) -> Check:
    """A kind that is more than one listing: collected with room for no page, which leads to its items alone."""
    found = [
        item
        for item in islice(collect(source, client, _Nothing(), now=now, limit=0), ENOUGH)
        if isinstance(item, Fetch)
    ]
    failed = next((fetch for fetch in found if fetch.outcome == "failed"), None)
    items = [fetch for fetch in found if fetch.outcome != "failed"]
    reason = failed.reason if failed and not items else None if items else EMPTY
    return Check(
        source=source,
        reason=reason,
        allowed=False if reason == ROBOTS_TXT else bool(items) or None,
        items=len(items),
        newest=items[0].url if items else None,
        moved_to=client.moved_to(source.address),
    )


class _Nothing:
    """A memory of nothing."""

    def listing(self, url: str) -> Listing | None:  # noqa: ARG002
        return None

    def known(self, urls: Sequence[str]) -> dict[str, Known]:  # noqa: ARG002
        return {}

    def article_with(self, fingerprint: str) -> str | None:  # noqa: ARG002
        return None

    def due(self, source_id: str, now: datetime) -> dict[str, Known]:  # noqa: ARG002
        return {}
